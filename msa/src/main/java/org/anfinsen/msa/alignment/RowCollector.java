package org.anfinsen.msa.alignment;

import static org.anfinsen.msa.sequence.InputFault.Kind;

import java.util.ArrayList;
import java.util.List;
import org.anfinsen.msa.sequence.InputFault;
import org.anfinsen.msa.sequence.InputNote;
import org.jspecify.annotations.Nullable;

/** Takes rows as a parser finds them, checks them against the query and the limits, keeps rows or faults. */
final class RowCollector {

    private static final String LETTERS_REMEDY = "Rows hold one-letter residue codes and '-' for a gap";

    private final RowEncoder.Columns style;
    private final AlignmentLimits limits;
    private final List<AlignedRow> rows = new ArrayList<>();
    private final List<InputFault> faults = new ArrayList<>();
    private final List<InputNote> notes = new ArrayList<>();
    private @Nullable RowEncoder encoder;
    private int records;
    private long replaced;

    RowCollector(RowEncoder.Columns style, AlignmentLimits limits) {
        this.style = style;
        this.limits = limits;
    }

    /** Number of the record that comes next or is being read, counted from 1. */
    int record() {
        return records + 1;
    }

    /** Whether reading on is of no use: too many faults or rows. */
    boolean isFull() {
        return faults.size() >= AlignmentReader.FAULTS_MAX || records > limits.rowsMax();
    }

    void note(InputNote note) {
        notes.add(note);
    }

    void fault(Kind kind, @Nullable String name, int line, int column, String found, String remedy) {
        if (faults.size() < AlignmentReader.FAULTS_MAX) {
            faults.add(new InputFault(kind, record(), name, line, column, found, remedy));
        }
    }

    /** A fault of the file, not of one record. */
    void fileFault(Kind kind, int line, String found, String remedy) {
        if (faults.size() < AlignmentReader.FAULTS_MAX) {
            faults.add(new InputFault(kind, 0, null, line, 0, found, remedy));
        }
    }

    /**
     * Checks the letters of a part of a row where they stand, so that a fault has its line and column.
     *
     * @return whether all are good; if not, a fault was kept
     */
    boolean checkLetters(String name, byte[] letters, int from, int to, int line) {
        for (int i = from; i < to; i++) {
            if (ResidueCode.of(letters[i]) < 0) {
                char c = (char) (letters[i] & 0xff);
                Kind kind = Character.isDigit(c) ? Kind.DIGIT_IN_SEQUENCE : Kind.INVALID_CHARACTER;
                String shown = c > ' ' && c < 0x7f ? "'" + c + "'" : "byte 0x%02x".formatted((int) c);
                fault(kind, name, line, i + 1, shown + " in a row", LETTERS_REMEDY);
                return false;
            }
        }
        return true;
    }

    /** Takes a whole row whose letters were checked. {@code line} is where it begins. */
    void add(String name, byte[] letters, int length, int line) {
        if (records > limits.rowsMax()) {
            return;
        }
        if (records == limits.rowsMax()) {
            fault(
                    Kind.TOO_MANY_RECORDS,
                    name,
                    line,
                    0,
                    "more than " + limits.rowsMax() + " rows",
                    "Filter the alignment, for instance by identity");
        } else if (length == 0) {
            fault(
                    Kind.RECORD_WITHOUT_SEQUENCE,
                    name,
                    line,
                    0,
                    "a name without a row",
                    "The file may be cut off; otherwise remove the name");
        } else if (records == 0) {
            addQuery(name, letters, length, line);
        } else if (encoder != null) {
            addHomologue(encoder, name, letters, length, line);
        }
        records++;
    }

    private void addQuery(String name, byte[] letters, int length, int line) {
        byte[] query = letters.clone();
        for (int i = 0; i < length; i++) {
            char c = (char) query[i];
            char upper = Character.toUpperCase(c);
            if (style == RowEncoder.Columns.MATCH && c != upper) {
                fault(
                        Kind.INSERTION_IN_QUERY,
                        name,
                        line,
                        0,
                        "residue " + (i + 1) + " of the query (the first record) is lower case, '" + c + "'",
                        "All residues of the query must be upper case in A3M");
                return;
            }
            if (upper == 'B' || upper == 'Z' || upper == 'J' || upper == '*') {
                fault(
                        Kind.AMBIGUOUS_RESIDUE,
                        name,
                        line,
                        0,
                        "'" + c + "' at residue " + (i + 1) + " of the query (the first record)",
                        "Write the residue that it stands for, or X");
                return;
            }
            if (upper == 'O') {
                query[i] = 'K';
                notes.add(new InputNote(InputNote.Kind.PYRROLYSINE, "O (pyrrolysine) of the query predicted as K"));
            }
        }
        RowEncoder created = RowEncoder.ofQuery(query, length, style);
        if (created.queryColumns() == 0 || created.queryColumns() > limits.columnsMax()) {
            boolean empty = created.queryColumns() == 0;
            fault(
                    empty ? Kind.RECORD_WITHOUT_SEQUENCE : Kind.SEQUENCE_TOO_LONG,
                    name,
                    line,
                    0,
                    "the query has " + created.queryColumns() + " residues, limit " + limits.columnsMax(),
                    empty ? "The first record must be the query" : "Send its domains one by one");
            return;
        }
        encoder = created;
        keep(created, name, query, length);
    }

    private void addHomologue(RowEncoder rowEncoder, String name, byte[] letters, int length, int line) {
        int columns = rowEncoder.columnsOf(letters, length);
        if (columns == rowEncoder.fileColumns()) {
            keep(rowEncoder, name, letters, length);
        } else {
            fault(
                    Kind.UNEQUAL_LENGTH,
                    name,
                    line,
                    0,
                    "the row has " + columns + " columns, the query (the first record) " + rowEncoder.fileColumns(),
                    style == RowEncoder.Columns.MATCH
                            ? "Upper-case letters and '-' must be as many as the query's residues"
                            : "All rows must have the same length");
        }
    }

    private void keep(RowEncoder rowEncoder, String name, byte[] letters, int length) {
        for (int i = 0; i < length; i++) {
            replaced += ResidueCode.isReplaced(letters[i]) ? 1 : 0;
        }
        rows.add(rowEncoder.encode(name, letters, length));
    }

    AlignmentResult result(String source) {
        if (faults.isEmpty() && rows.isEmpty()) {
            fileFault(Kind.EMPTY_INPUT, 0, "the alignment is empty", "Send the query as its first row");
        }
        if (!faults.isEmpty()) {
            return new AlignmentResult.Refused(source, faults);
        }
        if (replaced > 0) {
            notes.add(new InputNote(
                    InputNote.Kind.REPLACED_LETTERS,
                    replaced + " letters B, Z, U, J, O or * were read as D, E, C, X, X and X"));
        }
        return new AlignmentResult.Accepted(new Alignment(rows), notes);
    }
}
