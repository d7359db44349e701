package org.anfinsen.msa.search.embedded;

import java.util.Arrays;

/**
 * The score of the best local alignment, without the alignment: Smith and Waterman 1981 with Gotoh's affine gaps. BioJava
 * gives the alignment as well and is some hundred times slower; it sees only the sequences that pass here.
 */
final class GappedScore {

    private static final int NEVER = Integer.MIN_VALUE / 2;

    private final byte[] query;
    private final int[] endingHere;
    private final int[] endingInGap;

    GappedScore(byte[] query) {
        this.query = query;
        this.endingHere = new int[query.length + 1];
        this.endingInGap = new int[query.length + 1];
    }

    /** 0 or more. */
    int of(byte[] sequence) {
        Arrays.fill(endingHere, 0);
        Arrays.fill(endingInGap, NEVER);
        int best = 0;
        for (byte residue : sequence) {
            byte[] scores = Blosum62.row(residue);
            int diagonal = 0;
            int gapInSequence = NEVER;
            for (int i = 1; i <= query.length; i++) {
                int gapInQuery = Math.max(
                        endingInGap[i] - KarlinAltschul.GAP_EXTEND,
                        endingHere[i] - KarlinAltschul.GAP_OPEN - KarlinAltschul.GAP_EXTEND);
                gapInSequence = Math.max(
                        gapInSequence - KarlinAltschul.GAP_EXTEND,
                        endingHere[i - 1] - KarlinAltschul.GAP_OPEN - KarlinAltschul.GAP_EXTEND);
                int score = Math.max(diagonal + scores[query[i - 1]], Math.max(gapInQuery, gapInSequence));
                score = Math.max(score, 0);
                diagonal = endingHere[i];
                endingHere[i] = score;
                endingInGap[i] = gapInQuery;
                best = Math.max(best, score);
            }
        }
        return best;
    }
}
