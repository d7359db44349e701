package org.anfinsen.msa.coevolution;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Frobenius norms of the blocks (i, j) of {@code K = (X - 1 m^T)^T Q (X - 1 m^T)}, where X are the one-hot rows, m their
 * mean and Q is a symmetric [N, N] matrix.
 *
 * <p>K is never held: a group of columns j of {@code C = Q (X - 1 m^T)} is made, then for each i the rows of C are summed
 * by the state that they have in column i. That uses that X is one-hot: N additions a state instead of N multiplications
 * a state pair, twenty times less than the matrix product. Memory is N² + N · {@value #GROUP_STATES} numbers a core.
 */
final class BlockNorms {

    /** States in a group: its part of C stays in the second-level cache. */
    private static final int GROUP_STATES = 128;

    private final OneHotRows oneHot;

    BlockNorms(OneHotRows oneHot) {
        this.oneHot = oneHot;
    }

    /**
     * The norms for i ≠ j, symmetric, 0 on the diagonal: {@code [L, L]}.
     *
     * @param q the matrix Q, row-major; null for the diagonal matrix of the rows' shares, which makes K the covariance
     */
    double[] of(double @Nullable [] q) {
        int columns = oneHot.columns;
        double[] norms = new double[columns * columns];
        int[] groups = groups();
        int count = groups.length - 1;
        // Later groups meet more columns i: taking first and last by turns gives the cores equal work.
        IntStream.range(0, count)
                .map(k -> k % 2 == 0 ? k / 2 : count - 1 - k / 2)
                .parallel()
                .forEach(g -> new Group(groups[g], groups[g + 1], q).addNorms(norms));
        for (int i = 0; i < columns; i++) {
            for (int j = 0; j < i; j++) {
                norms[i * columns + j] = norms[j * columns + i];
            }
        }
        return norms;
    }

    /** The first column of each group, and L. */
    private int[] groups() {
        int[] starts = new int[oneHot.columns + 1];
        int count = 0;
        int column = 0;
        while (column < oneHot.columns) {
            starts[count++] = column;
            int limit = oneHot.firstState[column] + GROUP_STATES;
            do {
                column++;
            } while (column < oneHot.columns && oneHot.firstState[column + 1] <= limit);
        }
        starts[count] = oneHot.columns;
        return Arrays.copyOf(starts, count + 1);
    }

    /** The columns j of one group. */
    private final class Group {
        private final int from;
        private final int to;
        private final int firstState;
        private final int width;
        /** {@code [N, width]}. */
        private final double[] c;
        /** {@code [width]}: sums of C over rows. */
        private final double[] columnSum;

        Group(int from, int to, double @Nullable [] q) {
            this.from = from;
            this.to = to;
            firstState = oneHot.firstState[from];
            width = oneHot.firstState[to] - firstState;
            c = q == null ? sharesTimesX() : transposed(qTimesX(q));
            columnSum = new double[width];
            for (int n = 0; n < oneHot.rows; n++) {
                add(c, n * width, columnSum, 0, width);
            }
        }

        private double[] sharesTimesX() {
            double[] product = new double[oneHot.rows * width];
            for (int n = 0; n < oneHot.rows; n++) {
                for (int k = 0; k < width; k++) {
                    product[n * width + k] = -oneHot.share[n] * oneHot.mean[firstState + k];
                }
                for (int j = from; j < to; j++) {
                    byte state = oneHot.stateOf[j][n];
                    if (state >= 0) {
                        product[n * width + oneHot.firstState[j] - firstState + state] += oneHot.share[n];
                    }
                }
            }
            return product;
        }

        /** C transposed, {@code [width, N]}: the sum of those rows of Q whose row has the state. */
        private double[] qTimesX(double[] q) {
            int rows = oneHot.rows;
            double[] product = new double[width * rows];
            double[] rowSum = new double[rows];
            for (int m = 0; m < rows; m++) {
                add(q, m * rows, rowSum, 0, rows);
                for (int j = from; j < to; j++) {
                    byte state = oneHot.stateOf[j][m];
                    if (state >= 0) {
                        add(q, m * rows, product, (oneHot.firstState[j] - firstState + state) * rows, rows);
                    }
                }
            }
            for (int k = 0; k < width; k++) {
                double mean = oneHot.mean[firstState + k];
                for (int n = 0; n < rows; n++) {
                    product[k * rows + n] -= mean * rowSum[n];
                }
            }
            return product;
        }

        private double[] transposed(double[] product) {
            int rows = oneHot.rows;
            double[] transposed = new double[product.length];
            for (int k = 0; k < width; k++) {
                for (int n = 0; n < rows; n++) {
                    transposed[n * width + k] = product[k * rows + n];
                }
            }
            return transposed;
        }

        void addNorms(double[] norms) {
            double[] block = new double[OneHotRows.AMINO_ACIDS * width];
            for (int i = 0; i < to; i++) {
                int states = oneHot.firstState[i + 1] - oneHot.firstState[i];
                Arrays.fill(block, 0, states * width, 0);
                byte[] stateOf = oneHot.stateOf[i];
                for (int n = 0; n < oneHot.rows; n++) {
                    if (stateOf[n] >= 0) {
                        add(c, n * width, block, stateOf[n] * width, width);
                    }
                }
                for (int state = 0; state < states; state++) {
                    double mean = oneHot.mean[oneHot.firstState[i] + state];
                    for (int k = 0; k < width; k++) {
                        block[state * width + k] -= mean * columnSum[k];
                    }
                }
                for (int j = Math.max(from, i + 1); j < to; j++) {
                    norms[i * oneHot.columns + j] = norm(block, states, j);
                }
            }
        }

        private double norm(double[] block, int states, int j) {
            double sum = 0;
            for (int state = 0; state < states; state++) {
                int start = state * width - firstState;
                for (int k = start + oneHot.firstState[j]; k < start + oneHot.firstState[j + 1]; k++) {
                    sum += block[k] * block[k];
                }
            }
            return Math.sqrt(sum);
        }
    }

    private static void add(double[] from, int fromOffset, double[] to, int toOffset, int length) {
        for (int k = 0; k < length; k++) {
            to[toOffset + k] += from[fromOffset + k];
        }
    }
}
