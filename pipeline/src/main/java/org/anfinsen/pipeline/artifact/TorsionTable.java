package org.anfinsen.pipeline.artifact;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.TorsionAngles;

/**
 * The torsion angles of a structure in degrees, as IUPAC counts them: omega of residue i is about the peptide bond that
 * follows it (CA, C, N of the next, CA of the next). An angle that does not exist (phi of the first residue, psi and omega
 * of the last, the chi angles of short side chains) is empty.
 */
public final class TorsionTable {

    /** The columns, in order. */
    public static final List<String> ANGLES = List.of("phi", "psi", "omega", "chi1", "chi2", "chi3", "chi4");

    private static final int DECIMALS = 3;

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

    /** As CSV with a header: {@code residue_number,residue,phi,psi,omega,chi1,chi2,chi3,chi4}. */
    byte[] csv() {
        return table().csv();
    }

    /** As one JSON object: {@code unit}, {@code residue_number}, {@code residue}, and an array for each angle. */
    byte[] json() {
        return table().json(Map.of("unit", "degrees"));
    }

    private ResidueTable table() {
        ResidueTable table = new ResidueTable(sequence);
        for (String angle : ANGLES) {
            table.column(angle, DECIMALS, i -> degrees(i, angle));
        }
        return table;
    }
}
