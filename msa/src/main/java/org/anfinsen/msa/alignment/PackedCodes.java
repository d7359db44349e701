package org.anfinsen.msa.alignment;

/**
 * Compares rows eight codes at a time. A {@code long} holds eight codes; since codes are below 128, the high bit of each
 * byte of {@code (a ^ b) + 0x7f…7f} says whether the two differ there. Five operations a word, no branches, which the
 * compiler turns into vector instructions where the machine has them.
 */
public final class PackedCodes {

    private static final int CODES_PER_WORD = 8;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;
    private static final long HIGH_BITS = 0x8080808080808080L;
    private static final int WORDS_BETWEEN_CHECKS = 8;

    private PackedCodes() {}

    /** Packs codes; what the last word has too many is 0, which is equal in all rows. */
    public static long[] pack(byte[] codes) {
        long[] packed = new long[(codes.length + CODES_PER_WORD - 1) / CODES_PER_WORD];
        for (int i = 0; i < codes.length; i++) {
            packed[i / CODES_PER_WORD] |= (long) codes[i] << (8 * (i % CODES_PER_WORD));
        }
        return packed;
    }

    /** Marks the columns whose code is at most {@code last}, for {@link #agreement}. */
    public static long[] columnsUpTo(byte[] codes, byte last) {
        long[] marked = new long[(codes.length + CODES_PER_WORD - 1) / CODES_PER_WORD];
        for (int i = 0; i < codes.length; i++) {
            if (codes[i] <= last) {
                marked[i / CODES_PER_WORD] |= 0x80L << (8 * (i % CODES_PER_WORD));
            }
        }
        return marked;
    }

    /** How many of the marked columns have equal codes. */
    public static int agreement(long[] a, long[] b, long[] marked) {
        int agreement = 0;
        for (int w = 0; w < a.length; w++) {
            agreement += Long.bitCount(~((a[w] ^ b[w]) + LOW_BITS) & marked[w]);
        }
        return agreement;
    }

    /** Whether two rows differ in at most so many columns; stops counting soon after it is clear that they do not. */
    public static boolean differInAtMost(int columns, long[] a, long[] b) {
        int differing = 0;
        int w = 0;
        while (w < a.length && differing <= columns) {
            int end = Math.min(a.length, w + WORDS_BETWEEN_CHECKS);
            for (; w < end; w++) {
                differing += Long.bitCount(((a[w] ^ b[w]) + LOW_BITS) & HIGH_BITS);
            }
        }
        return differing <= columns;
    }
}
