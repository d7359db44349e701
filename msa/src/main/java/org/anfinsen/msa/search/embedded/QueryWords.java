package org.anfinsen.msa.search.embedded;

import java.util.Arrays;

/**
 * Where in the query each word of three residues has a similar one: BLOSUM62 score {@value #SCORE_MIN} or more, as in
 * BLAST. Words of the query in stretches of low complexity are left out, since they find half a database.
 */
final class QueryWords {

    /** Residues in a word. */
    static final int LENGTH = 3;

    private static final int SCORE_MIN = 11;
    private static final int AMINO_ACIDS = 20;
    private static final int WORDS = AMINO_ACIDS * AMINO_ACIDS * AMINO_ACIDS;
    private static final int WINDOW = 12;
    private static final double ENTROPY_MIN_BITS = 2.2;

    /** {@code [WORDS + 1]}: where the positions of a word begin in {@link #positions}. */
    final int[] start;
    /** Positions in the query, word after word. */
    final int[] positions;

    QueryWords(byte[] query) {
        boolean[] simple = lowComplexity(query);
        int[] count = new int[WORDS + 1];
        forEachNeighbour(query, simple, (word, position) -> count[word + 1]++);
        for (int word = 0; word < WORDS; word++) {
            count[word + 1] += count[word];
        }
        start = count;
        positions = new int[start[WORDS]];
        int[] next = start.clone();
        forEachNeighbour(query, simple, (word, position) -> positions[next[word]++] = position);
    }

    /** The number of the word that begins with three codes, all below 20. */
    static int word(int a, int b, int c) {
        return (a * AMINO_ACIDS + b) * AMINO_ACIDS + c;
    }

    private interface Visitor {
        void visit(int word, int position);
    }

    private static void forEachNeighbour(byte[] query, boolean[] simple, Visitor visitor) {
        for (int i = 0; i + LENGTH <= query.length; i++) {
            byte[] first = Blosum62.row(query[i]);
            byte[] second = Blosum62.row(query[i + 1]);
            byte[] third = Blosum62.row(query[i + 2]);
            if (simple[i] || simple[i + 1] || simple[i + 2]) {
                continue;
            }
            for (int a = 0; a < AMINO_ACIDS; a++) {
                for (int b = 0; b < AMINO_ACIDS; b++) {
                    int scored = first[a] + second[b];
                    for (int c = 0; c < AMINO_ACIDS; c++) {
                        if (scored + third[c] >= SCORE_MIN) {
                            visitor.visit(word(a, b, c), i);
                        }
                    }
                }
            }
        }
    }

    /** Residues in a window of {@value #WINDOW} whose composition has less than {@value #ENTROPY_MIN_BITS} bits. */
    static boolean[] lowComplexity(byte[] query) {
        boolean[] simple = new boolean[query.length];
        for (int from = 0; from + WINDOW <= query.length; from++) {
            int[] count = new int[Blosum62.CODES];
            for (int i = from; i < from + WINDOW; i++) {
                count[query[i]]++;
            }
            double entropy = 0;
            for (int n : count) {
                double share = n / (double) WINDOW;
                entropy -= n == 0 ? 0 : share * Math.log(share) / Math.log(2);
            }
            if (entropy < ENTROPY_MIN_BITS) {
                Arrays.fill(simple, from, from + WINDOW, true);
            }
        }
        return simple;
    }
}
