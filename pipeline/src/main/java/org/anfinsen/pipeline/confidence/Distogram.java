package org.anfinsen.pipeline.confidence;

import org.anfinsen.network.tensor.FloatTensor;

/**
 * Probabilities of the distance between the C-beta atoms (C-alpha for glycine) of each pair of residues: Jumper et al.
 * 2021, Suppl. 1.9.8. The bins are divided by 63 edges from 2.3125 to 21.6875 Å; the first and last are open.
 */
public final class Distogram {

    private static final float FIRST_EDGE_ANGSTROM = 2.3125f;
    private static final float LAST_EDGE_ANGSTROM = 21.6875f;

    private final int nRes;
    private final float[] edgesAngstrom;
    private final float[] probabilities;

    private Distogram(int nRes, float[] edgesAngstrom, float[] probabilities) {
        this.nRes = nRes;
        this.edgesAngstrom = edgesAngstrom;
        this.probabilities = probabilities;
    }

    /**
     * Decodes the head.
     *
     * @param logits symmetric, {@code [N_res, N_res, bins]}, 64 bins in the published network
     */
    public static Distogram ofLogits(FloatTensor logits) {
        int nRes = logits.dimension(0);
        int bins = logits.dimension(2);
        float[] edges = new float[bins - 1];
        for (int b = 0; b < edges.length; b++) {
            edges[b] = FIRST_EDGE_ANGSTROM + b * (LAST_EDGE_ANGSTROM - FIRST_EDGE_ANGSTROM) / (bins - 2);
        }
        float[] probabilities = new float[logits.size()];
        double[] row = new double[bins];
        for (int pair = 0; pair < nRes * nRes; pair++) {
            Softmax.row(logits.data(), pair * bins, row);
            for (int b = 0; b < bins; b++) {
                probabilities[pair * bins + b] = (float) row[b];
            }
        }
        return new Distogram(nRes, edges, probabilities);
    }

    /** N_res. */
    public int length() {
        return nRes;
    }

    /** How many bins a pair has. */
    public int bins() {
        return edgesAngstrom.length + 1;
    }

    /** The edges between the bins, in Å, a copy. */
    public float[] edgesAngstrom() {
        return edgesAngstrom.clone();
    }

    /** Probability that the distance of residues i and j lies in a bin. */
    public double at(int i, int j, int bin) {
        return probabilities[(i * nRes + j) * bins() + bin];
    }

    /** All probabilities, {@code [N_res, N_res, bins]}, row-major: read only. */
    public float[] probabilities() {
        return probabilities;
    }

    /**
     * Probability that residues i and j are closer than a distance; a bin that the distance divides counts in proportion.
     *
     * @param distanceAngstrom such as 8 for a contact
     */
    public double closerThan(int i, int j, double distanceAngstrom) {
        double sum = 0;
        double lower = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < bins(); b++) {
            double upper = b < edgesAngstrom.length ? edgesAngstrom[b] : Double.POSITIVE_INFINITY;
            if (upper <= distanceAngstrom) {
                sum += at(i, j, b);
            } else if (lower < distanceAngstrom && !Double.isInfinite(lower) && !Double.isInfinite(upper)) {
                sum += at(i, j, b) * (distanceAngstrom - lower) / (upper - lower);
            }
            lower = upper;
        }
        return sum;
    }
}
