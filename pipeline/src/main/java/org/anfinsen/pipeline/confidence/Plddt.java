package org.anfinsen.pipeline.confidence;

import java.util.Arrays;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * Predicted lDDT-C-alpha of each residue, 0-100: Jumper et al. 2021, Suppl. Alg. 29. The head's bins divide 0-1 evenly; the
 * value is the mean of their centres under the predicted probabilities.
 */
public final class Plddt {

    private final double[] perResidue;

    private Plddt(double[] perResidue) {
        this.perResidue = perResidue;
    }

    /**
     * Decodes the head.
     *
     * @param logits {@code [N_res, bins]}, 50 bins in the published network
     */
    public static Plddt ofLogits(FloatTensor logits) {
        int nRes = logits.dimension(0);
        int bins = logits.dimension(1);
        double[] probabilities = new double[bins];
        double[] values = new double[nRes];
        for (int i = 0; i < nRes; i++) {
            Softmax.row(logits.data(), i * bins, probabilities);
            for (int b = 0; b < bins; b++) {
                values[i] += 100 * probabilities[b] * (b + 0.5) / bins;
            }
        }
        return new Plddt(values);
    }

    /**
     * Of a fold that the head has not seen.
     *
     * @param perResidue {@code [N_res]}, 0-100
     * @throws IllegalArgumentException if a value is out of range
     */
    public static Plddt of(double[] perResidue) {
        for (double value : perResidue) {
            if (!(value >= 0 && value <= 100)) {
                throw new IllegalArgumentException("a pLDDT of " + value);
            }
        }
        return new Plddt(perResidue.clone());
    }

    /** N_res. */
    public int length() {
        return perResidue.length;
    }

    /** pLDDT of a residue, 0-100. */
    public double at(int index) {
        return perResidue[index];
    }

    /** A copy of all values, 0-100, {@code [N_res]}. */
    public double[] toArray() {
        return perResidue.clone();
    }

    /** The mean over the residues, 0-100: what models are ranked by. */
    public double mean() {
        return Arrays.stream(perResidue).average().orElseThrow();
    }
}
