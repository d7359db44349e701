package org.anfinsen.pipeline.confidence;

import org.anfinsen.network.tensor.FloatTensor;

/**
 * Predicted aligned error in Å and the pTM that follows from it: Jumper et al. 2021, Suppl. 1.9.7. Entry (i, j) is the
 * expected error of residue j when prediction and truth are aligned on the frame of residue i. Bin edges are 63 values from
 * 0 to 31 Å; the last bin is open and stands for 31.75 Å.
 */
public final class PredictedAlignedError {

    private static final double LAST_EDGE_ANGSTROM = 31.0;
    private static final int PTM_RESIDUES_MIN = 19;

    private final int nRes;
    private final float[] expectedErrorAngstrom;
    private final double maxAngstrom;
    private final double ptm;

    private PredictedAlignedError(int nRes, float[] expectedErrorAngstrom, double maxAngstrom, double ptm) {
        this.nRes = nRes;
        this.expectedErrorAngstrom = expectedErrorAngstrom;
        this.maxAngstrom = maxAngstrom;
        this.ptm = ptm;
    }

    /**
     * Decodes the head.
     *
     * @param logits {@code [N_res, N_res, bins]}, 64 bins in the published network
     */
    public static PredictedAlignedError ofLogits(FloatTensor logits) {
        int nRes = logits.dimension(0);
        int bins = logits.dimension(2);
        double step = LAST_EDGE_ANGSTROM / (bins - 2);
        double[] centres = new double[bins];
        double[] tmTerm = new double[bins];
        double d0 = 1.24 * Math.cbrt(Math.max(nRes, PTM_RESIDUES_MIN) - 15.0) - 1.8;
        for (int b = 0; b < bins; b++) {
            centres[b] = (b + 0.5) * step;
            tmTerm[b] = 1 / (1 + (centres[b] / d0) * (centres[b] / d0));
        }
        float[] expected = new float[nRes * nRes];
        double[] probabilities = new double[bins];
        double ptm = 0;
        for (int i = 0; i < nRes; i++) {
            double alignedOnI = 0;
            for (int j = 0; j < nRes; j++) {
                Softmax.row(logits.data(), (i * nRes + j) * bins, probabilities);
                double error = 0;
                for (int b = 0; b < bins; b++) {
                    error += probabilities[b] * centres[b];
                    alignedOnI += probabilities[b] * tmTerm[b];
                }
                expected[i * nRes + j] = (float) error;
            }
            ptm = Math.max(ptm, alignedOnI / nRes);
        }
        return new PredictedAlignedError(nRes, expected, centres[bins - 1], ptm);
    }

    /** N_res. */
    public int length() {
        return nRes;
    }

    /** Expected error of residue j, aligned on residue i, in Å. */
    public double at(int i, int j) {
        return expectedErrorAngstrom[i * nRes + j];
    }

    /** The largest error that the head can express, in Å: 31.75 in the published network. */
    public double maxAngstrom() {
        return maxAngstrom;
    }

    /** The largest entry, in Å. */
    public double largest() {
        float largest = 0;
        for (float error : expectedErrorAngstrom) {
            largest = Math.max(largest, error);
        }
        return largest;
    }

    /** Predicted TM-score of the whole chain, 0-1. */
    public double ptm() {
        return ptm;
    }
}
