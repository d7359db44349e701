package org.anfinsen.pipeline.artifact;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.function.Consumer;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.BondFigures;
import org.anfinsen.structure.score.Clashes;
import org.anfinsen.structure.score.RamachandranFigures;
import org.anfinsen.structure.score.StructureQuality;
import org.anfinsen.structure.secondary.SecondaryStructureAssignment;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** What can be measured on the coordinates of a structure by themselves, as JSON. */
final class StructureJson {

    private static final JsonFactory JSON = new JsonFactory();

    private StructureJson() {}

    /** Secondary structure: {@code method}, and {@code states}, one DSSP letter a residue, {@code -} for coil. */
    static byte[] secondaryStructure(ProteinStructure structure) {
        StringBuilder states = new StringBuilder(structure.length());
        SecondaryStructureAssignment.assign(structure).forEach(state -> states.append(state.code()));
        return write(json -> {
            json.writeStringProperty("method", "DSSP (Kabsch and Sander 1983) on the predicted coordinates");
            json.writeStringProperty("states", states.toString());
        });
    }

    /**
     * How sound the geometry is: {@code clashes} (van der Waals radii less 1.5 Å), {@code ramachandran} (residues counted
     * from 1), {@code bonds} and {@code peptides}.
     */
    static byte[] quality(ProteinStructure structure) {
        StructureQuality quality = StructureQuality.of(structure);
        return write(json -> {
            writeClashes(json, quality.clashes());
            writeRamachandran(json, structure, quality.ramachandran());
            writeBonds(json, quality.bonds());
        });
    }

    private static void writeClashes(JsonGenerator json, Clashes clashes) {
        json.writeObjectPropertyStart("clashes");
        json.writeNumberProperty("count", clashes.count());
        json.writeNumberProperty("per_1000_atoms", rounded(clashes.perThousand()));
        json.writeNumberProperty("worst_angstrom", rounded(clashes.worstAngstrom()));
        json.writeEndObject();
    }

    private static void writeRamachandran(JsonGenerator json, ProteinStructure structure, RamachandranFigures figures) {
        json.writeObjectPropertyStart("ramachandran");
        json.writeNumberProperty("favoured", figures.favoured());
        json.writeNumberProperty("allowed", figures.allowed());
        List<Integer> outliers = figures.outliers();
        json.writeArrayPropertyStart("outliers");
        for (int outlier : outliers) {
            json.writeNumber(structure.residueNumber(outlier).number());
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private static void writeBonds(JsonGenerator json, BondFigures figures) {
        json.writeObjectPropertyStart("bonds");
        json.writeNumberProperty("rms_deviation_angstrom", rounded(figures.rmsDeviationAngstrom()));
        json.writeNumberProperty("worst_deviation_angstrom", rounded(figures.worstDeviationAngstrom()));
        json.writeNumberProperty("outliers", figures.outliers());
        json.writeNumberProperty("chain_breaks", figures.chainBreaks());
        json.writeEndObject();
        json.writeObjectPropertyStart("peptides");
        json.writeNumberProperty("cis_before_proline", figures.cisPeptides());
        json.writeNumberProperty("cis_elsewhere", figures.cisPeptidesNotProline());
        json.writeNumberProperty("twisted", figures.twistedPeptides());
        json.writeEndObject();
    }

    private static byte[] write(Consumer<JsonGenerator> properties) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            properties.accept(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private static BigDecimal rounded(double value) {
        return BigDecimal.valueOf(value).setScale(3, RoundingMode.HALF_EVEN);
    }
}
