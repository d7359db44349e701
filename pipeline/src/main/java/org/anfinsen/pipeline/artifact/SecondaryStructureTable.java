package org.anfinsen.pipeline.artifact;

import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.anfinsen.pipeline.confidence.SecondaryStructure;
import org.anfinsen.pipeline.confidence.SecondaryStructure.State;
import org.anfinsen.protein.ProteinSequence;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Predicted secondary structure as files: probabilities of helix, strand and coil, and the likeliest of them by DSSP's letters
 * {@code H}, {@code E} and {@code C}. Residues are numbered as in the torsion tables.
 */
final class SecondaryStructureTable {

    private static final List<State> COLUMNS = List.of(State.HELIX, State.STRAND, State.COIL);
    private static final JsonFactory JSON = new JsonFactory();

    private final ProteinSequence sequence;
    private final SecondaryStructure predicted;

    SecondaryStructureTable(ProteinSequence sequence, SecondaryStructure predicted) {
        if (sequence.length() != predicted.length()) {
            throw new IllegalArgumentException(
                    sequence.length() + " residues, " + predicted.length() + " of them predicted");
        }
        this.sequence = sequence;
        this.predicted = predicted;
    }

    /** As CSV with a header: {@code residue_number,residue,state,helix,strand,coil}. */
    byte[] csv() {
        StringBuilder csv = new StringBuilder("residue_number,residue,state,helix,strand,coil\n");
        for (int i = 0; i < sequence.length(); i++) {
            csv.append(i + 1).append(',').append(sequence.at(i).threeLetterCode());
            csv.append(',').append(letter(predicted.mostLikely(i)));
            for (State state : COLUMNS) {
                csv.append(',').append(rounded(i, state).toPlainString());
            }
            csv.append('\n');
        }
        return csv.toString().getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * As one JSON object: arrays {@code residue_number}, {@code residue}, {@code helix}, {@code strand} and {@code coil}, and
     * {@code states}, a string of one letter for each residue.
     */
    byte[] json() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
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
            json.writeName("states");
            json.writeString(states());
            for (State state : COLUMNS) {
                json.writeName(name(state));
                json.writeStartArray();
                for (int i = 0; i < sequence.length(); i++) {
                    json.writeNumber(rounded(i, state));
                }
                json.writeEndArray();
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private String states() {
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < predicted.length(); i++) {
            states.append(letter(predicted.mostLikely(i)));
        }
        return states.toString();
    }

    private BigDecimal rounded(int index, State state) {
        return BigDecimal.valueOf(predicted.at(index, state)).setScale(4, RoundingMode.HALF_EVEN);
    }

    private static String name(State state) {
        return switch (state) {
            case HELIX -> "helix";
            case STRAND -> "strand";
            case COIL -> "coil";
        };
    }

    private static char letter(State state) {
        return switch (state) {
            case HELIX -> 'H';
            case STRAND -> 'E';
            case COIL -> 'C';
        };
    }
}
