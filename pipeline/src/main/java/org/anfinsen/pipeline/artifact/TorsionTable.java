package org.anfinsen.pipeline.artifact;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.TorsionAngles;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * The torsion angles of a structure in degrees, as IUPAC counts them: omega of residue i is about the peptide bond that
 * follows it (CA, C, N of the next, CA of the next). An angle that does not exist (phi of the first residue, psi and omega
 * of the last, the chi angles of short side chains) is empty.
 */
public final class TorsionTable {

    /** The columns, in order. */
    public static final List<String> ANGLES = List.of("phi", "psi", "omega", "chi1", "chi2", "chi3", "chi4");

    private static final JsonFactory JSON = new JsonFactory();

    private final ProteinSequence sequence;
    private final TorsionAngles angles;

    private TorsionTable(ProteinSequence sequence, TorsionAngles angles) {
        this.sequence = sequence;
        this.angles = angles;
    }

    /** Measures a structure. */
    public static TorsionTable of(ProteinSequence sequence, AtomPositions positions) {
        return new TorsionTable(sequence, TorsionAngles.measure(sequence, positions));
    }

    /**
     * One angle of one residue in degrees, -180 to 180; empty if it does not exist.
     *
     * @param residue counts from 0
     * @param angle   one of {@link #ANGLES}
     */
    public OptionalDouble degrees(int residue, String angle) {
        boolean last = residue == sequence.length() - 1;
        OptionalDouble radians = switch (angle) {
            case "phi" -> angles.at(residue, Torsion.PHI);
            case "psi" -> last ? OptionalDouble.empty() : angles.at(residue, Torsion.PSI);
            case "omega" -> last ? OptionalDouble.empty() : angles.at(residue + 1, Torsion.OMEGA);
            default -> angles.at(residue, Torsion.valueOf(angle.toUpperCase(Locale.ROOT)));
        };
        return radians.isEmpty() ? radians : OptionalDouble.of(Math.toDegrees(radians.getAsDouble()));
    }

    /** A column for plotting, {@code [N_res]}, NaN where there is no angle. */
    public double[] column(String angle) {
        double[] column = new double[sequence.length()];
        for (int i = 0; i < column.length; i++) {
            column[i] = degrees(i, angle).orElse(Double.NaN);
        }
        return column;
    }

    /** As CSV with a header: {@code residue_number,residue,phi,psi,omega,chi1,chi2,chi3,chi4}. */
    byte[] csv() {
        StringBuilder csv = new StringBuilder("residue_number,residue,");
        csv.append(String.join(",", ANGLES)).append('\n');
        for (int i = 0; i < sequence.length(); i++) {
            csv.append(i + 1).append(',').append(sequence.at(i).threeLetterCode());
            for (String angle : ANGLES) {
                csv.append(',');
                degrees(i, angle)
                        .ifPresent(degrees -> csv.append(rounded(degrees).toPlainString()));
            }
            csv.append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /** As one JSON object: {@code unit}, {@code residue_number}, {@code residue}, and an array for each angle. */
    byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            json.writeName("unit");
            json.writeString("degrees");
            json.writeName("residue_number");
            json.writeStartArray();
            for (int i = 0; i < sequence.length(); i++) {
                json.writeNumber(i + 1);
            }
            json.writeEndArray();
            json.writeName("residue");
            json.writeStartArray();
            for (int i = 0; i < sequence.length(); i++) {
                json.writeString(sequence.at(i).threeLetterCode());
            }
            json.writeEndArray();
            for (String angle : ANGLES) {
                json.writeName(angle);
                json.writeStartArray();
                for (int i = 0; i < sequence.length(); i++) {
                    OptionalDouble degrees = degrees(i, angle);
                    if (degrees.isPresent()) {
                        json.writeNumber(rounded(degrees.getAsDouble()));
                    } else {
                        json.writeNull();
                    }
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static BigDecimal rounded(double degrees) {
        return BigDecimal.valueOf(degrees).setScale(3, RoundingMode.HALF_EVEN);
    }
}
