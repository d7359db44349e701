package org.anfinsen.pipeline.feature;

import java.util.random.RandomGenerator;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.ResidueCode;

/**
 * Masks a share of the cluster centres' positions: Jumper et al. 2021, Suppl. 1.2.7. Of the chosen ones, 10 % become a
 * uniformly drawn residue, 10 % a letter drawn from the column, 10 % stay, 70 % become the mask token.
 */
final class BertMasking {

    /** The mask token's code, after the gap. */
    static final byte MASK = 22;

    private static final double UNIFORM = 0.1;
    private static final double PROFILE = 0.1;
    private static final double SAME = 0.1;
    private static final int STANDARD_RESIDUES = 20;

    private final double fraction;
    private final RandomGenerator random;

    BertMasking(double fraction, RandomGenerator random) {
        this.fraction = fraction;
        this.random = random;
    }

    /** Changes {@code codes}, {@code [N_seq][N_res]}, in place. */
    void mask(byte[][] codes, Alignment alignment) {
        if (fraction == 0) {
            return;
        }
        float[] profile = columnFrequencies(alignment);
        for (byte[] row : codes) {
            for (int i = 0; i < row.length; i++) {
                if (random.nextDouble() < fraction) {
                    row[i] = replacement(row[i], profile, i);
                }
            }
        }
    }

    private byte replacement(byte code, float[] profile, int column) {
        double kind = random.nextDouble();
        if (kind < UNIFORM) {
            return (byte) random.nextInt(STANDARD_RESIDUES);
        }
        if (kind < UNIFORM + PROFILE) {
            return drawn(profile, column);
        }
        return kind < UNIFORM + PROFILE + SAME ? code : MASK;
    }

    private byte drawn(float[] profile, int column) {
        double left = random.nextDouble();
        byte last = ResidueCode.GAP;
        for (byte code = 0; code < ResidueCode.COUNT; code++) {
            float frequency = profile[column * ResidueCode.COUNT + code];
            if (frequency > 0) {
                left -= frequency;
                last = code;
                if (left < 0) {
                    return code;
                }
            }
        }
        return last;
    }

    /** Unweighted frequencies of the 22 letters in each column, {@code [N_res, 22]}. */
    private static float[] columnFrequencies(Alignment alignment) {
        float[] frequencies = new float[alignment.columns() * ResidueCode.COUNT];
        float share = 1f / alignment.rows();
        for (int row = 0; row < alignment.rows(); row++) {
            for (int column = 0; column < alignment.columns(); column++) {
                frequencies[column * ResidueCode.COUNT + alignment.at(row, column)] += share;
            }
        }
        return frequencies;
    }
}
