package org.anfinsen.structure.score;

import java.util.Arrays;
import org.anfinsen.structure.geometry.RigidFrame;

/**
 * Global distance test (Zemla, Nucleic Acids Res. 31, 3370, 2003): for each distance the largest share of the native's
 * residues that one superposition brings that near, each distance with a superposition of its own. GDT_TS is the mean for
 * 1, 2, 4 and 8 Å, GDT_HA for 0.5, 1, 2 and 4 Å.
 *
 * <p>The superpositions are those of the TM-score program's search, so that values compare with published ones. A search
 * that also follows the pairs within 1, 1.5, 2, 3 and 4 Å takes three times as long and finds up to 0.011 more GDT_TS and
 * 0.020 more GDT_HA on the 120 pairs of the test.
 */
final class GdtScore implements SuperpositionSearch.Visitor {

    private static final double[] DISTANCES = {0.5, 1, 2, 4, 8};

    private final int nativeLength;
    private final int[] largest = new int[DISTANCES.length];

    /**
     * Starts at 0.
     *
     * @param nativeLength number of residues of the native, which the shares are of
     */
    GdtScore(int nativeLength) {
        this.nativeLength = nativeLength;
    }

    @Override
    public void visit(RigidFrame motion, double[] squared) {
        int within05 = 0;
        int within1 = 0;
        int within2 = 0;
        int within4 = 0;
        int within8 = 0;
        for (double d2 : squared) {
            within05 += d2 <= 0.25 ? 1 : 0;
            within1 += d2 <= 1 ? 1 : 0;
            within2 += d2 <= 4 ? 1 : 0;
            within4 += d2 <= 16 ? 1 : 0;
            within8 += d2 <= 64 ? 1 : 0;
        }
        largest[0] = Math.max(largest[0], within05);
        largest[1] = Math.max(largest[1], within1);
        largest[2] = Math.max(largest[2], within2);
        largest[3] = Math.max(largest[3], within4);
        largest[4] = Math.max(largest[4], within8);
    }

    /** Total score, 0-1: 1, 2, 4, 8 Å. */
    double totalScore() {
        return mean(1);
    }

    /** High accuracy, 0-1: 0.5, 1, 2, 4 Å. */
    double highAccuracy() {
        return mean(0);
    }

    private double mean(int first) {
        return Arrays.stream(largest, first, first + 4).sum() / (4.0 * nativeLength);
    }
}
