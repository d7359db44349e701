package org.anfinsen.msa.coevolution;

import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.weight.RowWeights;

/**
 * Coevolution features of an alignment. {@code anfinsen.data.coevolution} of the training code has the same definition.
 *
 * <p>Of at most the first {@value #ROWS_MAX} rows, with weights w_n and Neff of {@link RowWeights}: x_n is the one-hot
 * vector of the 20 amino acids in each column (gap and X all zero), m its mean weighted by w_n / Neff, and row n of A is
 * {@code sqrt(w_n / Neff) (x_n - m)}.
 *
 * <ol>
 *   <li>Maps 0 and 1: F_ij is the Frobenius norm of the 20 × 20 block (i, j) of {@code (A^T A + λ I)^-1}, for λ = 4.5 /
 *       sqrt(Neff) and 1.35 / sqrt(Neff); map 2: the same of A^T A.
 *   <li>Average product correction: F_ij - F_i F_j / F, with means over off-diagonal entries; 0 where F is 0.
 *   <li>Each map is divided by s, its standard deviation over off-diagonal entries; all 0 if s is below 1e-12.
 * </ol>
 *
 * The seven channels are the three maps, ln(s + 1e-6) of the three, and ln Neff. The diagonal of the maps is 0. With
 * fewer than two rows or columns everything is 0.
 */
public final class Coevolution {

    /** Rows that are used at most. */
    public static final int ROWS_MAX = 1_024;

    /** Channels of {@link #features()}. */
    public static final int CHANNELS = 7;

    /** Maps among the channels. */
    public static final int MAPS = 3;

    private static final double[] SHRINKAGES = {4.5, 1.35};
    private static final double DEVIATION_MIN = 1e-12;
    private static final double DEVIATION_OFFSET = 1e-6;

    private final int nRes;
    private final float[][] maps = new float[MAPS][];
    private final float[] scales = new float[CHANNELS - MAPS];

    private Coevolution(Alignment alignment, RowWeights weights) {
        nRes = alignment.columns();
        if (alignment.rows() < 2 || nRes < 2) {
            IntStream.range(0, MAPS).forEach(map -> maps[map] = new float[nRes * nRes]);
            return;
        }
        OneHotRows oneHot = new OneHotRows(alignment, weights);
        RowSpaceInverse inverse = new RowSpaceInverse(oneHot);
        BlockNorms norms = new BlockNorms(oneHot);
        for (int map = 0; map < SHRINKAGES.length; map++) {
            double lambda = SHRINKAGES[map] / Math.sqrt(weights.neff());
            double[] found = norms.of(inverse.scaledInverse(lambda));
            for (int k = 0; k < found.length; k++) {
                found[k] /= lambda;
            }
            keep(map, found);
        }
        keep(MAPS - 1, norms.of(null));
        scales[MAPS] = (float) Math.log(weights.neff());
    }

    /**
     * Computes on all cores. Processor time of 1,024 rows on two cores of an AMD EPYC: 1.7 s for 100 residues, 3.1 s for
     * 300, 19 s for 1,000 (in a heap of 1 GiB); of it 1.3 s are the inverses, which depend on the rows only.
     */
    public static Coevolution of(Alignment alignment) {
        Alignment used = used(alignment);
        return new Coevolution(used, RowWeights.of(used));
    }

    /** As {@link #of(Alignment)}, with the weights of all rows where they are known already. */
    public static Coevolution of(Alignment alignment, RowWeights weights) {
        return alignment.rows() > ROWS_MAX ? of(alignment) : new Coevolution(alignment, weights);
    }

    private static Alignment used(Alignment alignment) {
        int rows = Math.min(alignment.rows(), ROWS_MAX);
        return alignment.select(IntStream.range(0, rows).toArray());
    }

    private void keep(int map, double[] norms) {
        double[] corrected = averageProductCorrected(norms, nRes);
        double deviation = offDiagonalDeviation(corrected, nRes);
        maps[map] = new float[nRes * nRes];
        if (deviation >= DEVIATION_MIN) {
            for (int k = 0; k < corrected.length; k++) {
                maps[map][k] = (float) (corrected[k] / deviation);
            }
        }
        scales[map] = (float) Math.log(deviation + DEVIATION_OFFSET);
    }

    static double[] averageProductCorrected(double[] norms, int nRes) {
        double[] rowMean = new double[nRes];
        double mean = 0;
        for (int i = 0; i < nRes; i++) {
            for (int j = 0; j < nRes; j++) {
                rowMean[i] += norms[i * nRes + j] / (nRes - 1);
            }
            mean += rowMean[i] / nRes;
        }
        double[] corrected = new double[norms.length];
        if (mean > 0) {
            for (int i = 0; i < nRes; i++) {
                for (int j = 0; j < nRes; j++) {
                    corrected[i * nRes + j] = i == j ? 0 : norms[i * nRes + j] - rowMean[i] * rowMean[j] / mean;
                }
            }
        }
        return corrected;
    }

    /** The diagonal must be 0; it is not counted. */
    private static double offDiagonalDeviation(double[] map, int nRes) {
        double count = (double) nRes * (nRes - 1);
        double mean = 0;
        for (double value : map) {
            mean += value / count;
        }
        double squares = 0;
        for (int k = 0; k < map.length; k++) {
            boolean diagonal = k % (nRes + 1) == 0;
            squares += diagonal ? 0 : (map[k] - mean) * (map[k] - mean);
        }
        return Math.sqrt(squares / count);
    }

    /** N_res. */
    public int nRes() {
        return nRes;
    }

    /** One of the maps 0 to 2 at a pair of residues: standard deviations over the mean of all pairs, 0 for i = j. */
    public float at(int map, int i, int j) {
        return maps[map][i * nRes + j];
    }

    /** Channel 3 to 6, which is the same for all pairs. */
    public float scale(int channel) {
        return scales[channel - MAPS];
    }

    /** The seven channels, {@code [N_res, N_res, 7]}, a fresh array. */
    public float[] features() {
        float[] features = new float[Math.multiplyExact(nRes * nRes, CHANNELS)];
        for (int pair = 0; pair < nRes * nRes; pair++) {
            for (int map = 0; map < MAPS; map++) {
                features[pair * CHANNELS + map] = maps[map][pair];
            }
            System.arraycopy(scales, 0, features, pair * CHANNELS + MAPS, scales.length);
        }
        return features;
    }
}
