package org.anfinsen.msa.coevolution;

import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.PackedCodes;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * The covariance seen from the rows. With A [N, states], whose row n is {@code sqrt(share_n) (x_n - mean)}, the inverse
 * of {@code A^T A + λ I} is by Woodbury {@code (I - A^T (A A^T + λ I)^-1 A) / λ}: a matrix of N rows is inverted, never
 * one of 20 L.
 */
final class RowSpaceInverse {

    private static final byte NO_STATE = 127;

    private final OneHotRows oneHot;
    private final double[] gram;

    RowSpaceInverse(OneHotRows oneHot) {
        this.oneHot = oneHot;
        this.gram = gram(oneHot);
    }

    /** {@code S (A A^T + λ I)^-1 S} with S the diagonal of {@code sqrt(share)}: symmetric, {@code [N, N]}. */
    double[] scaledInverse(double lambda) {
        int n = oneHot.rows;
        DMatrixRMaj matrix = new DMatrixRMaj(n, n, true, gram.clone());
        for (int row = 0; row < n; row++) {
            matrix.add(row, row, lambda);
        }
        DMatrixRMaj inverse = new DMatrixRMaj(n, n);
        if (!CommonOps_DDRM.invertSPD(matrix, inverse)) {
            throw new IllegalStateException("A A^T + " + lambda + " I is not positive definite");
        }
        double[] scaled = inverse.data;
        for (int row = 0; row < n; row++) {
            for (int other = 0; other < n; other++) {
                scaled[row * n + other] *= Math.sqrt(oneHot.share[row] * oneHot.share[other]);
            }
        }
        return scaled;
    }

    /** A A^T from {@code (x_n - m)(x_k - m) = x_n x_k - x_n m - x_k m + m m}; x_n x_k counts states in common. */
    private static double[] gram(OneHotRows oneHot) {
        int n = oneHot.rows;
        long[][] packed = new long[n][];
        long[][] marked = new long[n][];
        double[] projected = new double[n];
        byte[] states = new byte[oneHot.columns];
        for (int row = 0; row < n; row++) {
            for (int column = 0; column < oneHot.columns; column++) {
                byte state = oneHot.stateOf[column][row];
                states[column] = state < 0 ? NO_STATE : state;
                projected[row] += state < 0 ? 0 : oneHot.mean[oneHot.firstState[column] + state];
            }
            packed[row] = PackedCodes.pack(states);
            marked[row] = PackedCodes.columnsUpTo(states, (byte) (OneHotRows.AMINO_ACIDS - 1));
        }
        double meanSquared = 0;
        for (double m : oneHot.mean) {
            meanSquared += m * m;
        }
        double meanProduct = meanSquared;
        double[] gram = new double[n * n];
        IntStream.range(0, n).parallel().forEach(row -> {
            for (int other = 0; other < n; other++) {
                int common = PackedCodes.agreement(packed[row], packed[other], marked[row]);
                gram[row * n + other] = Math.sqrt(oneHot.share[row] * oneHot.share[other])
                        * (common - projected[row] - projected[other] + meanProduct);
            }
        });
        return gram;
    }
}
