package org.anfinsen.msa.alignment;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anfinsen.protein.ProteinSequence;

/** Puts an alignment together from rows in A3M letters, the query first. */
public final class AlignmentBuilder {

    private final RowEncoder encoder;
    private final List<AlignedRow> rows = new ArrayList<>();

    /** Starts with the query as row 0. */
    public AlignmentBuilder(ProteinSequence query) {
        byte[] letters = query.residues().getBytes(StandardCharsets.US_ASCII);
        encoder = RowEncoder.ofQuery(letters, letters.length, RowEncoder.Columns.MATCH);
        rows.add(encoder.encode(query.name(), letters, letters.length));
    }

    /**
     * Adds a row: upper case and {@code -} stand in the query's columns, lower case between them.
     *
     * @throws IllegalArgumentException if it has not as many columns as the query, or a letter is none of a protein
     */
    public AlignmentBuilder add(String name, String a3mLetters) {
        byte[] letters = a3mLetters.getBytes(StandardCharsets.ISO_8859_1);
        int column = encoder.firstBadLetter(letters, letters.length);
        if (column >= 0) {
            throw new IllegalArgumentException(
                    "row " + name + ", column " + (column + 1) + ": '" + a3mLetters.charAt(column) + "'");
        }
        int columns = encoder.columnsOf(letters, letters.length);
        if (columns != encoder.fileColumns()) {
            throw new IllegalArgumentException(
                    "row " + name + " has " + columns + " columns, the query " + encoder.fileColumns());
        }
        rows.add(encoder.encode(name, letters, letters.length));
        return this;
    }

    /** The alignment of the rows so far. */
    public Alignment build() {
        return new Alignment(new ArrayList<>(rows));
    }
}
