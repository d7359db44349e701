package org.anfinsen.pipeline.feature;

import java.util.stream.IntStream;

/**
 * Assigns rows to the cluster centre with which they agree in most columns: Jumper et al. 2021, Suppl. 1.2.7. Agreement
 * of gaps and of mask tokens does not count; of equal centres the first one wins.
 *
 * <p>Eight codes go into one {@code long}, so that a word costs five operations: codes are below 128, hence the high bit of
 * each byte of {@code (a ^ b) + 0x7f…} says whether the two differ.
 */
final class NearestCentre {

    private static final int CODES_PER_WORD = 8;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final byte LAST_RESIDUE_CODE = 20;

    private final int words;
    private final long[][] centres;
    private final long[][] counted;

    /** @param centreCodes codes of the centres, {@code [N_seq][N_res]}, mask tokens included */
    NearestCentre(byte[][] centreCodes) {
        words = (centreCodes[0].length + CODES_PER_WORD - 1) / CODES_PER_WORD;
        centres = new long[centreCodes.length][];
        counted = new long[centreCodes.length][];
        for (int s = 0; s < centreCodes.length; s++) {
            centres[s] = packed(centreCodes[s]);
            counted[s] = new long[words];
            for (int i = 0; i < centreCodes[s].length; i++) {
                if (centreCodes[s][i] <= LAST_RESIDUE_CODE) {
                    counted[s][i / CODES_PER_WORD] |= 0x80L << (8 * (i % CODES_PER_WORD));
                }
            }
        }
    }

    /** The centre of each row, {@code [N_other]}. */
    int[] of(byte[][] otherCodes) {
        return IntStream.range(0, otherCodes.length)
                .parallel()
                .map(row -> nearest(packed(otherCodes[row])))
                .toArray();
    }

    private int nearest(long[] row) {
        int best = 0;
        int bestAgreement = -1;
        for (int s = 0; s < centres.length; s++) {
            int agreement = agreement(row, centres[s], counted[s]);
            if (agreement > bestAgreement) {
                bestAgreement = agreement;
                best = s;
            }
        }
        return best;
    }

    private static int agreement(long[] row, long[] centre, long[] counts) {
        int agreement = 0;
        for (int w = 0; w < row.length; w++) {
            agreement += Long.bitCount(~((row[w] ^ centre[w]) + LOW_BITS) & counts[w]);
        }
        return agreement;
    }

    private long[] packed(byte[] codes) {
        long[] packed = new long[words];
        for (int i = 0; i < codes.length; i++) {
            packed[i / CODES_PER_WORD] |= (long) codes[i] << (8 * (i % CODES_PER_WORD));
        }
        return packed;
    }
}
