package org.anfinsen.pipeline.confidence;

import org.anfinsen.network.tensor.FloatTensor;

/**
 * How likely each residue is in a helix, in a strand or in neither, as the network's head for it says. The head is asked apart
 * from the structure, so the two can disagree.
 */
public final class SecondaryStructure {

    /** The states, in the order of the head's logits. */
    public enum State {
        COIL,
        HELIX,
        STRAND
    }

    private static final int STATES = State.values().length;

    private final double[] probabilities;

    private SecondaryStructure(double[] probabilities) {
        this.probabilities = probabilities;
    }

    /**
     * Decodes the head.
     *
     * @param logits {@code [N_res, 3]}
     * @throws IllegalArgumentException if there are not three states; the message gives their number
     */
    public static SecondaryStructure ofLogits(FloatTensor logits) {
        if (logits.dimension(1) != STATES) {
            throw new IllegalArgumentException(logits.dimension(1) + " states, expected " + STATES);
        }
        int nRes = logits.dimension(0);
        double[] probabilities = new double[nRes * STATES];
        double[] row = new double[STATES];
        for (int i = 0; i < nRes; i++) {
            Softmax.row(logits.data(), i * STATES, row);
            System.arraycopy(row, 0, probabilities, i * STATES, STATES);
        }
        return new SecondaryStructure(probabilities);
    }

    /** N_res. */
    public int length() {
        return probabilities.length / STATES;
    }

    /**
     * Probability of a state, 0 to 1; the three of a residue sum to 1.
     *
     * @param index of the residue, from 0
     */
    public double at(int index, State state) {
        return probabilities[index * STATES + state.ordinal()];
    }

    /** The most probable state of a residue; of equal ones the first. */
    public State mostLikely(int index) {
        State best = State.COIL;
        for (State state : State.values()) {
            if (at(index, state) > at(index, best)) {
                best = state;
            }
        }
        return best;
    }
}
