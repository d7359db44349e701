package org.anfinsen.msa.alignment;

import java.util.Arrays;

/**
 * Turns a row's letters as they stand in a file into codes and insertions. Columns of the file in which the query has
 * a gap are no columns of the alignment: what other rows have there becomes an insertion, as AlphaFold does it.
 */
final class RowEncoder {

    /** What takes a column of the file. */
    enum Columns {
        /** Upper case and {@code -}; lower case is an insertion and {@code .} padding: A3M, A2M. */
        MATCH,
        /** Every character: Stockholm, ClustalW, PSICOV, aligned FASTA. */
        EVERY
    }

    private final Columns style;
    private final boolean[] queryHas;
    private final int queryColumns;

    private int[] insertionColumns = new int[16];
    private int[] insertionEnds = new int[16];
    private byte[] inserted = new byte[64];

    private RowEncoder(Columns style, boolean[] queryHas) {
        this.style = style;
        this.queryHas = queryHas;
        int count = 0;
        for (boolean has : queryHas) {
            count += has ? 1 : 0;
        }
        this.queryColumns = count;
    }

    static RowEncoder ofQuery(byte[] letters, int length, Columns style) {
        boolean[] queryHas = new boolean[length];
        int column = 0;
        for (int i = 0; i < length; i++) {
            if (style == Columns.EVERY || isMatch(letters[i])) {
                queryHas[column++] = ResidueCode.of(letters[i]) != ResidueCode.GAP;
            }
        }
        return new RowEncoder(style, Arrays.copyOf(queryHas, column));
    }

    private static boolean isMatch(byte letter) {
        return letter != '.' && !(letter >= 'a' && letter <= 'z');
    }

    /** Columns of the file, those in which the query has a gap included. */
    int fileColumns() {
        return queryHas.length;
    }

    /** Columns of the alignment. */
    int queryColumns() {
        return queryColumns;
    }

    /** How many columns of the file these letters take. */
    int columnsOf(byte[] letters, int length) {
        if (style == Columns.EVERY) {
            return length;
        }
        int count = 0;
        for (int i = 0; i < length; i++) {
            count += isMatch(letters[i]) ? 1 : 0;
        }
        return count;
    }

    /** Index of the first letter that no alignment has; -1 if all are good. */
    int firstBadLetter(byte[] letters, int length) {
        for (int i = 0; i < length; i++) {
            if (ResidueCode.of(letters[i]) < 0) {
                return i;
            }
        }
        return -1;
    }

    /** Needs good letters that take as many columns as the query. */
    AlignedRow encode(String name, byte[] letters, int length) {
        byte[] codes = new byte[queryColumns];
        int column = 0;
        int fileColumn = 0;
        int insertions = 0;
        int insertedCount = 0;
        for (int i = 0; i < length; i++) {
            byte letter = letters[i];
            byte code = ResidueCode.of(letter);
            boolean takesColumn = style == Columns.EVERY || isMatch(letter);
            if (takesColumn && queryHas[fileColumn++]) {
                codes[column++] = code;
            } else if (code != ResidueCode.GAP) {
                boolean opens = insertions == 0 || insertionColumns[insertions - 1] != column;
                insertions += opens ? 1 : 0;
                grow(insertions, insertedCount + 1);
                inserted[insertedCount++] = (byte) Character.toLowerCase(letter);
                insertionColumns[insertions - 1] = column;
                insertionEnds[insertions - 1] = insertedCount;
            }
        }
        if (insertions == 0) {
            return AlignedRow.withoutInsertions(name, codes);
        }
        return new AlignedRow(
                name,
                codes,
                Arrays.copyOf(insertionColumns, insertions),
                Arrays.copyOf(insertionEnds, insertions),
                Arrays.copyOf(inserted, insertedCount));
    }

    private void grow(int insertions, int letters) {
        if (insertions > insertionColumns.length) {
            insertionColumns = Arrays.copyOf(insertionColumns, 2 * insertions);
            insertionEnds = Arrays.copyOf(insertionEnds, 2 * insertions);
        }
        if (letters > inserted.length) {
            inserted = Arrays.copyOf(inserted, 2 * letters);
        }
    }
}
