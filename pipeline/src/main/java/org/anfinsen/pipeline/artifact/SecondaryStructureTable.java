package org.anfinsen.pipeline.artifact;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.anfinsen.pipeline.confidence.SecondaryStructure;
import org.anfinsen.pipeline.confidence.SecondaryStructure.State;
import org.anfinsen.protein.ProteinSequence;

/**
 * Predicted secondary structure as files: probabilities of helix, strand and coil, and the likeliest of them by DSSP's letters
 * {@code H}, {@code E} and {@code C}. Residues are numbered as in the torsion tables.
 */
final class SecondaryStructureTable {

    private static final List<State> COLUMNS = List.of(State.HELIX, State.STRAND, State.COIL);
    private static final int DECIMALS = 4;

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
        return table().csv("state", states());
    }

    /**
     * As one JSON object: {@code states}, a string of one letter for each residue, and arrays {@code residue_number},
     * {@code residue}, {@code helix}, {@code strand} and {@code coil}.
     */
    byte[] json() {
        return table().json(Map.of("states", states()));
    }

    private ResidueTable table() {
        ResidueTable table = new ResidueTable(sequence);
        for (State state : COLUMNS) {
            table.column(name(state), DECIMALS, i -> OptionalDouble.of(predicted.at(i, state)));
        }
        return table;
    }

    private String states() {
        StringBuilder states = new StringBuilder();
        for (int i = 0; i < predicted.length(); i++) {
            states.append(letter(predicted.mostLikely(i)));
        }
        return states.toString();
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
