package org.anfinsen.msa.alignment;

import static org.anfinsen.msa.sequence.InputFault.Kind;

import java.io.IOException;
import java.util.Arrays;
import java.util.Set;
import org.anfinsen.msa.sequence.InputNote;
import org.jspecify.annotations.Nullable;

/**
 * A3M, A2M and aligned FASTA: {@code >name} and the row, on one line or several. A first line {@code #59<TAB>1} is
 * ColabFold's (lengths and copies of the chains); other {@code #} lines before the first record are comments.
 * Secondary structure records, which hhsuite puts first, are passed over.
 */
final class FastaRows {

    private static final Set<String> ANNOTATIONS =
            Set.of("ss_dssp", "sa_dssp", "ss_pred", "ss_conf", "ss_conf2", "aa_dssp", "aa_pred");

    private final LineSource lines;
    private final RowCollector collector;
    private byte[] letters = new byte[1024];
    private int length;
    private @Nullable String name;
    private int nameLine;
    private boolean good;
    private int skipped;

    FastaRows(LineSource lines, RowCollector collector) {
        this.lines = lines;
        this.collector = collector;
    }

    /** Starts at the line that is current. */
    void read() throws IOException {
        do {
            if (lines.startsWith(">")) {
                finishRow();
                name = lines.text().substring(1).stripTrailing();
                nameLine = lines.number();
                length = 0;
                good = true;
            } else if (name != null) {
                appendLine(name);
            } else if (lines.startsWith("#")) {
                readColabFoldHeader(lines.text());
            } else if (!lines.isBlank()) {
                collector.fileFault(
                        Kind.WRONG_FORMAT,
                        lines.number(),
                        "a line before the first '>'",
                        "Every row needs a line '>name' above it");
                return;
            }
        } while (!collector.isFull() && lines.next());
        finishRow();
        if (skipped > 0) {
            collector.note(new InputNote(
                    InputNote.Kind.SKIPPED_RECORDS, skipped + " secondary structure records were passed over"));
        }
    }

    private boolean isAnnotation(String header) {
        return ANNOTATIONS.contains(header.split("\\s", 2)[0]);
    }

    private void appendLine(String current) {
        byte[] bytes = lines.bytes();
        int end = lines.length();
        while (end > 0 && bytes[end - 1] == ' ') {
            end--;
        }
        if (good && !isAnnotation(current)) {
            good = collector.checkLetters(current, bytes, 0, end, lines.number());
        }
        if (length + end > letters.length) {
            letters = Arrays.copyOf(letters, 2 * (length + end));
        }
        System.arraycopy(bytes, 0, letters, length, end);
        length += end;
    }

    private void finishRow() {
        if (name == null) {
            return;
        }
        if (isAnnotation(name)) {
            skipped++;
        } else if (good) {
            collector.add(name, letters, length, nameLine);
        }
    }

    private void readColabFoldHeader(String line) {
        String[] fields = line.substring(1).split("\t", -1);
        if (fields.length != 2 || !fields[0].matches("\\d+(,\\d+)*") || !fields[1].matches("\\d+(,\\d+)*")) {
            return;
        }
        if (fields[0].contains(",")) {
            collector.fileFault(
                    Kind.COMPLEX_ALIGNMENT,
                    lines.number(),
                    "the alignment is of a complex, chains of " + fields[0] + " residues",
                    "Send an alignment of one chain");
        } else if (!fields[1].equals("1")) {
            collector.note(new InputNote(
                    InputNote.Kind.COPIES_IGNORED,
                    "the file asks for " + fields[1] + " copies; one chain is predicted"));
        }
    }
}
