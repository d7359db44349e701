package org.anfinsen.msa.profile;

import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.ResidueCode;
import org.anfinsen.msa.weight.RowWeights;

/** Weighted frequencies of the 22 letters in each column; they sum to 1. */
public final class Profile {

    private static final int AMINO_ACIDS = 20;
    private static final double BITS_MAX = Math.log(AMINO_ACIDS) / Math.log(2);

    private final int columns;
    private final double[] frequencies;

    private Profile(int columns, double[] frequencies) {
        this.columns = columns;
        this.frequencies = frequencies;
    }

    /** @throws IllegalArgumentException if the weights are of another number of rows */
    public static Profile of(Alignment alignment, RowWeights weights) {
        if (weights.rows() != alignment.rows()) {
            throw new IllegalArgumentException(weights.rows() + " weights, " + alignment.rows() + " rows");
        }
        double[] frequencies = new double[alignment.columns() * ResidueCode.COUNT];
        for (int row = 0; row < alignment.rows(); row++) {
            double share = weights.at(row) / weights.neff();
            for (int column = 0; column < alignment.columns(); column++) {
                frequencies[column * ResidueCode.COUNT + alignment.at(row, column)] += share;
            }
        }
        return new Profile(alignment.columns(), frequencies);
    }

    /** N_res. */
    public int columns() {
        return columns;
    }

    /** The share of a letter in a column, 0 to 1; codes as in {@link ResidueCode}. */
    public double at(int column, int code) {
        return frequencies[column * ResidueCode.COUNT + code];
    }

    /** The share of rows, by weight, that have a residue in a column and no gap: 0 to 1. */
    public double occupancy(int column) {
        return 1 - at(column, ResidueCode.GAP);
    }

    /**
     * How conserved a column is, in bits: log2(20) minus the entropy of its amino acids, gaps and X left out. 0 where all
     * twenty are equally frequent or none is known, log2(20) = 4.32 where there is only one; the height of a sequence
     * logo without small-sample correction.
     */
    public double conservationBits(int column) {
        double known = 0;
        for (int code = 0; code < AMINO_ACIDS; code++) {
            known += at(column, code);
        }
        if (known <= 0) {
            return 0;
        }
        double entropy = 0;
        for (int code = 0; code < AMINO_ACIDS; code++) {
            double share = at(column, code) / known;
            entropy -= share > 0 ? share * Math.log(share) / Math.log(2) : 0;
        }
        return BITS_MAX - entropy;
    }
}
