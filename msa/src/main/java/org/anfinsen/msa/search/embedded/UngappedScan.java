package org.anfinsen.msa.search.embedded;

import java.util.Arrays;

/**
 * Looks in a sequence for a stretch that is similar to a stretch of the query without gaps: where two words hit one
 * diagonal within {@value #TWO_HIT_WINDOW} residues, the second is extended both ways until the score has dropped by
 * {@value #DROP_MAX}. One scan belongs to one thread.
 */
final class UngappedScan {

    private static final int TWO_HIT_WINDOW = 40;
    private static final int DROP_MAX = 16;

    private final byte[] query;
    private final QueryWords words;
    /** For each diagonal, the last hit's place in the sequence plus the base of the sequence. */
    private int[] lastHit = new int[0];
    /** For each diagonal, how far it has been extended, likewise. */
    private int[] extendedTo = new int[0];

    private int base;

    UngappedScan(byte[] query, QueryWords words) {
        this.query = query;
        this.words = words;
    }

    /** The best score of a stretch that two words pointed to; 0 if there is none. */
    int bestScore(byte[] sequence) {
        prepare(sequence.length);
        int best = 0;
        for (int j = 0; j + QueryWords.LENGTH <= sequence.length; j++) {
            int a = sequence[j];
            int b = sequence[j + 1];
            int c = sequence[j + 2];
            if (a >= 20 || b >= 20 || c >= 20) {
                continue;
            }
            int word = QueryWords.word(a, b, c);
            for (int k = words.start[word]; k < words.start[word + 1]; k++) {
                int i = words.positions[k];
                int diagonal = i - j + sequence.length;
                int distance = base + j - lastHit[diagonal];
                if (distance > TWO_HIT_WINDOW) {
                    lastHit[diagonal] = base + j;
                } else if (distance >= QueryWords.LENGTH) {
                    lastHit[diagonal] = base + j;
                    if (extendedTo[diagonal] <= base + j) {
                        best = Math.max(best, extend(sequence, i, j, diagonal));
                    }
                }
            }
        }
        return best;
    }

    private void prepare(int length) {
        int diagonals = query.length + length + 1;
        boolean overflows = base > Integer.MAX_VALUE - 2 * (length + TWO_HIT_WINDOW) - 2;
        if (diagonals > lastHit.length || overflows) {
            lastHit = new int[Math.max(diagonals, lastHit.length)];
            extendedTo = new int[lastHit.length];
            Arrays.fill(lastHit, -TWO_HIT_WINDOW - 1);
            base = 0;
        } else {
            base += lastLength + TWO_HIT_WINDOW + 1;
        }
        lastLength = length;
    }

    private int lastLength;

    private int extend(byte[] sequence, int i, int j, int diagonal) {
        int score = 0;
        for (int k = 0; k < QueryWords.LENGTH; k++) {
            score += Blosum62.score(query[i + k], sequence[j + k]);
        }
        int best = score;
        int bestEnd = j + QueryWords.LENGTH;
        for (int k = QueryWords.LENGTH;
                i + k < query.length && j + k < sequence.length && score > best - DROP_MAX;
                k++) {
            score += Blosum62.score(query[i + k], sequence[j + k]);
            if (score > best) {
                best = score;
                bestEnd = j + k + 1;
            }
        }
        extendedTo[diagonal] = base + bestEnd;
        score = best;
        for (int k = 1; k <= i && k <= j && score > best - DROP_MAX; k++) {
            score += Blosum62.score(query[i - k], sequence[j - k]);
            best = Math.max(best, score);
        }
        return best;
    }
}
