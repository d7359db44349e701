package org.anfinsen.pipeline.benchmark;

/**
 * How long predictions take relative to each other, from sizes alone: triangle attention and multiplication grow with
 * N_res³, attention along the rows of an alignment with its pair bias with N_seq N_res². Decides what is begun first.
 */
final class PredictionCost {

    /** Rows beyond those that networks look at cost nothing: AlphaFold's 512 clusters and 1024 extra rows, a narrower MSA. */
    private static final int ROWS_MAX = 640;

    private PredictionCost() {}

    /**
     * The cost of one pass, in units of its own.
     *
     * @param nRes residues
     * @param rows of the alignment, the query included
     */
    static double of(int nRes, int rows) {
        return (double) nRes * nRes * (nRes + Math.min(rows, ROWS_MAX));
    }
}
