package org.anfinsen.msa.sequence;

import static org.anfinsen.msa.sequence.InputFault.Kind;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;

/**
 * Reads one record letter by letter under the residue policy.
 *
 * <p>The twenty standard letters are taken in either case. {@code X} is taken: it has a row in AlphaFold's features,
 * but no atoms. {@code U} (selenocysteine) is predicted as cysteine and {@code O} (pyrrolysine) as lysine, their
 * standard parents. {@code B}, {@code Z} and {@code J} stand for one of two residues with different side chains;
 * choosing is the user's, so they are refused. A {@code *} at the end is dropped; inside it is refused.
 */
final class RecordReader {

    private static final int NUCLEOTIDES_MIN = 16;
    private static final String NUCLEOTIDES = "ACGTUN";
    private static final int DISTINCT_FAULTS_MAX = 20;

    private final int number;
    private final String name;
    private final String description;
    private final int line;
    private final SequenceLimits limits;
    private final boolean named;
    private final StringBuilder residues = new StringBuilder();
    private final Map<Character, BadLetter> badLetters = new LinkedHashMap<>();
    private int lowerCase;
    private int whitespace;
    private int stops;
    private int stopLine;
    private int stopColumn;
    private boolean stopInside;
    private int selenocysteines;
    private int pyrrolysines;
    private final List<Integer> unknown = new ArrayList<>();
    private long length;
    private boolean onlyNucleotides = true;

    RecordReader(int number, String name, String description, int line, boolean named, SequenceLimits limits) {
        this.number = number;
        this.name = name;
        this.description = description;
        this.line = line;
        this.named = named;
        this.limits = limits;
    }

    String name() {
        return name;
    }

    int number() {
        return number;
    }

    int line() {
        return line;
    }

    void readLine(String text, int lineNumber) {
        int end = text.stripTrailing().length();
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (Character.isWhitespace(c) || Character.isSpaceChar(c)) {
                whitespace++;
            } else {
                readLetter(c, lineNumber, i + 1);
            }
        }
    }

    private void readLetter(char c, int lineNumber, int column) {
        if (c == '*') {
            if (stops++ == 0) {
                stopLine = lineNumber;
                stopColumn = column;
            }
            return;
        }
        stopInside |= stops > 0;
        char upper = c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
        lowerCase += upper == c ? 0 : 1;
        char residue = upper == 'U' ? 'C' : upper == 'O' ? 'K' : upper;
        length++;
        onlyNucleotides &= NUCLEOTIDES.indexOf(upper) >= 0;
        if (AminoAcid.ofCode(residue).isEmpty()) {
            noteBadLetter(c, lineNumber, column);
            return;
        }
        selenocysteines += upper == 'U' ? 1 : 0;
        pyrrolysines += upper == 'O' ? 1 : 0;
        if (length <= limits.residuesMax()) {
            if (upper == 'X') {
                unknown.add((int) length);
            }
            residues.append(residue);
        }
    }

    private void noteBadLetter(char c, int lineNumber, int column) {
        BadLetter earlier = badLetters.get(c);
        if (earlier != null) {
            badLetters.put(c, new BadLetter(earlier.line, earlier.column, earlier.count + 1));
        } else if (badLetters.size() < DISTINCT_FAULTS_MAX) {
            badLetters.put(c, new BadLetter(lineNumber, column, 1));
        }
    }

    /** The record, or nothing if faults were added. */
    Optional<FastaRecord> finish(Faults faults) {
        List<InputFault> found = faults();
        if (!found.isEmpty()) {
            found.forEach(faults::add);
            return Optional.empty();
        }
        return Optional.of(new FastaRecord(new ProteinSequence(name, residues.toString()), description, line, notes()));
    }

    private List<InputFault> faults() {
        List<InputFault> found = new ArrayList<>();
        if (name.length() > limits.nameCharactersMax()) {
            found.add(fault(
                    Kind.NAME_TOO_LONG,
                    line,
                    0,
                    "the name has " + name.length() + " characters, limit " + limits.nameCharactersMax(),
                    "Shorten the header's first word"));
        }
        if (length == 0) {
            found.add(fault(
                    Kind.RECORD_WITHOUT_SEQUENCE,
                    line,
                    0,
                    "a header without a sequence",
                    "Put the residues on the lines below it, or remove the record"));
            return found;
        }
        badLetters.forEach((c, bad) -> found.add(badLetterFault(c, bad)));
        if (stopInside) {
            found.add(fault(
                    Kind.STOP_INSIDE_SEQUENCE,
                    stopLine,
                    stopColumn,
                    "'*' (a stop codon) inside the sequence",
                    "Send the protein up to the stop, or each part as a record of its own"));
        }
        if (length > limits.residuesMax()) {
            found.add(fault(
                    Kind.SEQUENCE_TOO_LONG,
                    line,
                    0,
                    length + " residues, limit " + limits.residuesMax(),
                    "Send its domains as separate records"));
        } else if (badLetters.isEmpty()) {
            checkComposition(found);
        }
        return found;
    }

    private void checkComposition(List<InputFault> found) {
        if (unknown.size() == residues.length()) {
            found.add(fault(
                    Kind.ONLY_UNKNOWN_RESIDUES,
                    line,
                    0,
                    "every residue is X (unknown)",
                    "Send the residues; an X has no atoms to place"));
        }
        long distinct = residues.chars().distinct().count();
        if (onlyNucleotides && length >= NUCLEOTIDES_MIN && distinct >= 3) {
            found.add(fault(
                    Kind.NUCLEOTIDE_SEQUENCE,
                    line,
                    0,
                    "all " + length + " letters are of " + NUCLEOTIDES + ": this looks like DNA or RNA",
                    "Translate it and send the protein"));
        }
    }

    private InputFault badLetterFault(char c, BadLetter bad) {
        String times = bad.count == 1 ? "" : ", " + bad.count + " times in this record";
        String shown = c > ' ' && c < 0x7f ? "'" + c + "'" : "U+%04X".formatted((int) c);
        return switch (c) {
            case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' ->
                fault(
                        Kind.DIGIT_IN_SEQUENCE,
                        bad.line,
                        bad.column,
                        "digit " + shown + times,
                        "Remove position numbers from the sequence");
            case '-', '.', '~', '_' ->
                fault(
                        Kind.GAP_IN_SEQUENCE,
                        bad.line,
                        bad.column,
                        "gap " + shown + times,
                        "Remove the gaps, or send the alignment as A3M");
            case 'B', 'b' -> ambiguous(bad, shown + " (D or N)" + times, "D or N");
            case 'Z', 'z' -> ambiguous(bad, shown + " (E or Q)" + times, "E or Q");
            case 'J', 'j' -> ambiguous(bad, shown + " (I or L)" + times, "I or L");
            case ':', '/' ->
                fault(
                        Kind.CHAIN_SEPARATOR,
                        bad.line,
                        bad.column,
                        "chain separator " + shown + times,
                        "Complexes are not predicted: send each chain as a record of its own");
            default ->
                fault(
                        Kind.INVALID_CHARACTER,
                        bad.line,
                        bad.column,
                        shown + " is not a one-letter residue code" + times,
                        "Use the letters ACDEFGHIKLMNPQRSTVWY, and X for an unknown residue");
        };
    }

    private InputFault ambiguous(BadLetter bad, String found, String choice) {
        return fault(
                Kind.AMBIGUOUS_RESIDUE,
                bad.line,
                bad.column,
                "ambiguous residue " + found,
                "Write " + choice + ", or X if it is not known");
    }

    private InputFault fault(Kind kind, int atLine, int column, String found, String remedy) {
        return new InputFault(kind, number, name, atLine, column, found, remedy);
    }

    private List<InputNote> notes() {
        List<InputNote> notes = new ArrayList<>();
        if (!named) {
            notes.add(new InputNote(InputNote.Kind.NAMED, "the sequence had no name and was called " + name));
        }
        addNote(notes, InputNote.Kind.LOWER_CASE, lowerCase, "lower-case letters were read as upper case");
        addNote(notes, InputNote.Kind.WHITESPACE, whitespace, "blanks inside the sequence were removed");
        addNote(notes, InputNote.Kind.TRAILING_STOP, stops, "trailing * (stop) was removed");
        addNote(notes, InputNote.Kind.SELENOCYSTEINE, selenocysteines, "U (selenocysteine) predicted as C");
        addNote(notes, InputNote.Kind.PYRROLYSINE, pyrrolysines, "O (pyrrolysine) predicted as K");
        if (!unknown.isEmpty()) {
            String where = unknown.size() <= 10 ? unknown.toString() : unknown.subList(0, 10) + " and more";
            String text = unknown.size() + " unknown residues X will have no atoms, at " + where;
            notes.add(new InputNote(InputNote.Kind.UNKNOWN_RESIDUE, text));
        }
        return notes;
    }

    private static void addNote(List<InputNote> notes, InputNote.Kind kind, int count, String text) {
        if (count > 0) {
            notes.add(new InputNote(kind, count + " " + text));
        }
    }

    /** Where a letter that is not taken stood first, and how often it came. */
    private record BadLetter(int line, int column, int count) {}
}
