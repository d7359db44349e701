package org.anfinsen.msa.weight;

import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.PackedCodes;

/**
 * Row weights: {@code w_n = 1 / (number of rows, itself included, that are equal to row n in at least 80 % of all
 * columns)}. All 22 codes count as letters: a gap equals a gap, X equals X; the denominator is the query's length.
 *
 * <p>Example: AAAAA, AAAAC and CCCCC. The first two are equal in 4 of 5 columns, so the weights are 1/2, 1/2 and 1, and
 * Neff is 2.
 */
public final class RowWeights {

    private final double[] weights;
    private final double neff;

    private RowWeights(double[] weights) {
        this.weights = weights;
        this.neff = Arrays.stream(weights).sum();
    }

    /** The weights of all rows. Every pair of rows is compared: N_seq² N_res / 8 steps, on all cores. */
    public static RowWeights of(Alignment alignment) {
        int rows = alignment.rows();
        int mayDiffer = alignment.columns() / 5;
        long[][] packed = new long[rows][];
        byte[] codes = new byte[alignment.columns()];
        for (int row = 0; row < rows; row++) {
            alignment.copyRow(row, codes, 0);
            packed[row] = PackedCodes.pack(codes);
        }
        AtomicIntegerArray similar = new AtomicIntegerArray(rows);
        IntStream.range(0, rows).parallel().forEach(row -> {
            int count = 1;
            for (int other = row + 1; other < rows; other++) {
                if (PackedCodes.differInAtMost(mayDiffer, packed[row], packed[other])) {
                    count++;
                    similar.incrementAndGet(other);
                }
            }
            similar.addAndGet(row, count);
        });
        return new RowWeights(IntStream.range(0, rows)
                .mapToDouble(row -> 1.0 / similar.get(row))
                .toArray());
    }

    /** N_seq. */
    public int rows() {
        return weights.length;
    }

    /** The weight of a row, more than 0 and at most 1. */
    public double at(int row) {
        return weights[row];
    }

    /** The effective number of sequences: the sum of the weights. */
    public double neff() {
        return neff;
    }
}
