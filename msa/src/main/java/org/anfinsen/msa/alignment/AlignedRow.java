package org.anfinsen.msa.alignment;

import java.util.Arrays;

/**
 * One row: a code for each query column and the residues that it has between them. Insertion k stands before column
 * {@code insertionColumns[k]} ({@code columns} for what follows the last one), its letters end at
 * {@code insertionEnds[k]} in {@code insertedLetters}. Columns rise.
 */
final class AlignedRow {

    private static final int[] NONE = {};
    private static final byte[] NO_LETTERS = {};

    final String name;
    final byte[] codes;
    final int[] insertionColumns;
    final int[] insertionEnds;
    final byte[] insertedLetters;

    AlignedRow(String name, byte[] codes, int[] insertionColumns, int[] insertionEnds, byte[] insertedLetters) {
        this.name = name;
        this.codes = codes;
        this.insertionColumns = insertionColumns;
        this.insertionEnds = insertionEnds;
        this.insertedLetters = insertedLetters;
    }

    static AlignedRow withoutInsertions(String name, byte[] codes) {
        return new AlignedRow(name, codes, NONE, NONE, NO_LETTERS);
    }

    /** Letters inserted directly before a column. */
    int insertedBefore(int column) {
        int k = insertionColumns.length == 0 ? -1 : Arrays.binarySearch(insertionColumns, column);
        return k < 0 ? 0 : insertionEnds[k] - insertionStart(k);
    }

    int insertionStart(int k) {
        return k == 0 ? 0 : insertionEnds[k - 1];
    }

    boolean sameAs(AlignedRow other) {
        return name.equals(other.name)
                && Arrays.equals(codes, other.codes)
                && Arrays.equals(insertionColumns, other.insertionColumns)
                && Arrays.equals(insertionEnds, other.insertionEnds)
                && Arrays.equals(insertedLetters, other.insertedLetters);
    }
}
