package org.anfinsen.msa.coevolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.msa.weight.RowWeights;
import org.anfinsen.protein.ProteinSequence;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.junit.jupiter.api.Test;

/** Compares the fast way with the definition, written down with dense matrices. */
class BlockNormsTest {

    private static final int ROWS = 29;
    private static final int COLUMNS = 37;

    private final Alignment alignment = alignment();
    private final OneHotRows oneHot = new OneHotRows(alignment, RowWeights.of(alignment));

    @Test
    void equalsTheInverseOfTheWholeMatrix() {
        DMatrixRMaj covariance = covariance();
        for (int k = 0; k < covariance.getNumRows(); k++) {
            covariance.add(k, k, 0.7);
        }
        assertThat(CommonOps_DDRM.invert(covariance)).isTrue();
        double[] norms = new BlockNorms(oneHot).of(new RowSpaceInverse(oneHot).scaledInverse(0.7));
        assertNorms(norms, covariance, 1 / 0.7);
    }

    @Test
    void equalsTheCovariance() {
        assertNorms(new BlockNorms(oneHot).of(null), covariance(), 1);
    }

    private static void assertNorms(double[] norms, DMatrixRMaj matrix, double factor) {
        for (int i = 0; i < COLUMNS; i++) {
            for (int j = 0; j < COLUMNS; j++) {
                double squares = 0;
                for (int k = 0; k < 400 && i != j; k++) {
                    double value = matrix.get(20 * i + k / 20, 20 * j + k % 20);
                    squares += value * value;
                }
                assertThat(norms[i * COLUMNS + j] * factor)
                        .as("block %d, %d", i, j)
                        .isCloseTo(Math.sqrt(squares), within(1e-12));
            }
        }
    }

    /** A^T A. */
    private DMatrixRMaj covariance() {
        DMatrixRMaj a = dense();
        DMatrixRMaj covariance = new DMatrixRMaj(20 * COLUMNS, 20 * COLUMNS);
        CommonOps_DDRM.multTransA(a, a, covariance);
        return covariance;
    }

    /** A of the definition, {@code [N, 20 L]}, with all its zero columns. */
    private DMatrixRMaj dense() {
        RowWeights weights = RowWeights.of(alignment);
        DMatrixRMaj x = new DMatrixRMaj(ROWS, 20 * COLUMNS);
        double[] mean = new double[20 * COLUMNS];
        for (int n = 0; n < ROWS; n++) {
            for (int i = 0; i < COLUMNS; i++) {
                if (alignment.at(n, i) < 20) {
                    int state = 20 * i + alignment.at(n, i);
                    x.set(n, state, 1);
                    mean[state] += weights.at(n) / weights.neff();
                }
            }
        }
        for (int n = 0; n < ROWS; n++) {
            double root = Math.sqrt(weights.at(n) / weights.neff());
            for (int k = 0; k < 20 * COLUMNS; k++) {
                x.set(n, k, root * (x.get(n, k) - mean[k]));
            }
        }
        return x;
    }

    private static Alignment alignment() {
        SplittableRandom random = new SplittableRandom(5);
        String letters = "ARNDCQEGHILKMFPSTWYVX-";
        AlignmentBuilder builder = new AlignmentBuilder(
                new ProteinSequence("q", "ACDEFGHIKLMNPQRSTVWY".repeat(2).substring(0, COLUMNS)));
        for (int row = 1; row < ROWS; row++) {
            StringBuilder codes = new StringBuilder();
            for (int i = 0; i < COLUMNS; i++) {
                int kind = i == 4 ? 0 : random.nextInt(3);
                codes.append(kind == 0 ? builder.build().aligned(0).charAt(i) : letters.charAt(random.nextInt(22)));
            }
            builder.add("r" + row, codes.toString());
        }
        return builder.build();
    }
}
