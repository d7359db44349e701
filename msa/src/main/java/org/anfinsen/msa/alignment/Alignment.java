package org.anfinsen.msa.alignment;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.anfinsen.protein.ProteinSequence;

/**
 * Rows aligned to a query. Row 0 is the query itself, without gaps; the other rows have a residue or a gap in each of
 * its columns, and what they have more is kept as insertions. Immutable; one byte a residue, so that 100,000 rows of
 * 300 columns take some 40 MB with their names.
 */
public final class Alignment {

    private final List<AlignedRow> rows;
    private final int columns;

    /** The caller gives up the list. */
    Alignment(List<AlignedRow> rows) {
        if (rows.isEmpty() || rows.getFirst().codes.length == 0) {
            throw new IllegalArgumentException("an alignment needs a query");
        }
        this.rows = rows;
        this.columns = rows.getFirst().codes.length;
    }

    /** The alignment of a sequence that has no homologues: itself. */
    public static Alignment ofQuery(ProteinSequence query) {
        return new AlignmentBuilder(query).build();
    }

    /** Number of rows, the query included: N_seq. */
    public int rows() {
        return rows.size();
    }

    /** Number of columns, the query's length: N_res. */
    public int columns() {
        return columns;
    }

    /** The header of a row as it was in the file, without {@code >}. */
    public String name(int row) {
        return rows.get(row).name;
    }

    /** What a row has in a column: see {@link ResidueCode}. */
    public byte at(int row, int column) {
        return rows.get(row).codes[column];
    }

    /** Copies the codes of a row, {@code [N_res]}, to a place in an array. */
    public void copyRow(int row, byte[] target, int offset) {
        System.arraycopy(rows.get(row).codes, 0, target, offset, columns);
    }

    /**
     * How many residues a row has between this column and the one before: AlphaFold's deletion matrix. Residues after
     * the last column have no place in it.
     */
    public int deletions(int row, int column) {
        Objects.checkIndex(column, columns);
        return rows.get(row).insertedBefore(column);
    }

    /** Adds the deletion counts of a row, {@code [N_res]}, to an array from an offset on. */
    public void addDeletions(int row, float[] target, int offset) {
        AlignedRow aligned = rows.get(row);
        for (int k = 0; k < aligned.insertionColumns.length; k++) {
            if (aligned.insertionColumns[k] < columns) {
                target[offset + aligned.insertionColumns[k]] += aligned.insertionEnds[k] - aligned.insertionStart(k);
            }
        }
    }

    /** The query with its name up to the first blank. */
    public ProteinSequence query() {
        String[] words = name(0).strip().split("\\s+", 2);
        return new ProteinSequence(words[0].isEmpty() ? "query" : words[0], aligned(0));
    }

    /** A row's letters in the query's columns, {@code -} for gaps, without insertions. */
    public String aligned(int row) {
        StringBuilder letters = new StringBuilder(columns);
        for (byte code : rows.get(row).codes) {
            letters.append(ResidueCode.letter(code));
        }
        return letters.toString();
    }

    /**
     * The same columns with some of the rows, in the order given. Rows are shared, not copied.
     *
     * @throws IllegalArgumentException if the first one is not row 0
     */
    public Alignment select(int... selected) {
        if (selected.length == 0 || selected[0] != 0) {
            throw new IllegalArgumentException("the query (row 0) must come first");
        }
        List<AlignedRow> kept = new ArrayList<>(selected.length);
        for (int row : selected) {
            kept.add(rows.get(row));
        }
        return new Alignment(kept);
    }

    /** The same alignment with another name for one row. */
    public Alignment withName(int row, String name) {
        List<AlignedRow> renamed = new ArrayList<>(rows);
        AlignedRow old = rows.get(row);
        renamed.set(row, new AlignedRow(name, old.codes, old.insertionColumns, old.insertionEnds, old.insertedLetters));
        return new Alignment(renamed);
    }

    /**
     * The rows of several alignments of one query, in their order, its own row once.
     *
     * @throws IllegalArgumentException if their queries differ
     */
    public static Alignment merged(List<Alignment> alignments) {
        List<AlignedRow> all = new ArrayList<>(alignments.getFirst().rows);
        for (Alignment other : alignments.subList(1, alignments.size())) {
            if (!other.aligned(0).equals(alignments.getFirst().aligned(0))) {
                throw new IllegalArgumentException(
                        "alignments of two queries: " + alignments.getFirst().name(0) + " and " + other.name(0));
            }
            all.addAll(other.rows.subList(1, other.rows()));
        }
        return new Alignment(all);
    }

    /** Rows, for this package's writers. */
    AlignedRow row(int row) {
        return rows.get(row);
    }

    /** Equal names, residues and insertions in every row. */
    @Override
    public boolean equals(Object other) {
        if (!(other instanceof Alignment that) || that.rows() != rows() || that.columns != columns) {
            return false;
        }
        for (int row = 0; row < rows(); row++) {
            if (!rows.get(row).sameAs(that.rows.get(row))) {
                return false;
            }
        }
        return true;
    }

    @Override
    public int hashCode() {
        return 31 * rows() + aligned(0).hashCode();
    }

    @Override
    public String toString() {
        return "Alignment of " + name(0) + ", " + rows() + " rows, " + columns + " columns";
    }
}
