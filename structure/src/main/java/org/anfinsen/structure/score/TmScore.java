package org.anfinsen.structure.score;

import org.anfinsen.structure.geometry.RigidFrame;

/**
 * TM-score (Zhang and Skolnick, Proteins 57, 702, 2004): the mean over the native's residues of
 * {@code 1 / (1 + (d / d0)^2)}, the largest over the superpositions of {@link SuperpositionSearch}. 0 to 1; above 0.5
 * two chains have one fold.
 */
final class TmScore implements SuperpositionSearch.Visitor {

    private final double d0Squared;
    private final int nativeLength;
    private double best;
    private RigidFrame bestMotion = RigidFrame.IDENTITY;

    /**
     * Starts at 0.
     *
     * @param nativeLength number of residues of the native, which the score is normalised by
     */
    TmScore(int nativeLength) {
        double d0 = d0(nativeLength);
        this.d0Squared = d0 * d0;
        this.nativeLength = nativeLength;
    }

    /** The distance, in Å, at which a residue counts half; at least 0.5. */
    static double d0(int nativeLength) {
        return nativeLength > 15 ? Math.max(0.5, 1.24 * Math.cbrt(nativeLength - 15) - 1.8) : 0.5;
    }

    /** How near a pair must be to take part in the next superposition of the search: d0, but 4.5 to 8 Å. */
    static double searchCutoff(int nativeLength) {
        return Math.clamp(d0(nativeLength), 4.5, 8.0);
    }

    @Override
    public void visit(RigidFrame motion, double[] squared) {
        double sum = 0;
        for (double d2 : squared) {
            sum += 1 / (1 + d2 / d0Squared);
        }
        double score = sum / nativeLength;
        if (score > best) {
            best = score;
            bestMotion = motion;
        }
    }

    /** The largest score so far. */
    double score() {
        return best;
    }

    /** The motion of the model onto the native that has it. */
    RigidFrame motion() {
        return bestMotion;
    }
}
