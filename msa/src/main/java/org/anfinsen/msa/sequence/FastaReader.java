package org.anfinsen.msa.sequence;

import static org.anfinsen.msa.sequence.InputFault.Kind;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads what a user pasted or uploaded as FASTA. A bare sequence without a header is taken as one record. The answer
 * names all faults together; a good record says what was changed in it (case, blanks, a trailing {@code *},
 * {@code U} and {@code O}).
 */
public final class FastaReader {

    /** Faults that one answer lists at most; more are counted only. */
    public static final int FAULTS_MAX = 50;

    private static final String[] OTHER_FORMATS = {
        "HEADER ", "ATOM  ", "data_", "# STOCKHOLM", "CLUSTAL", "LOCUS ", "ID   ", "{", "[", "<"
    };

    private final SequenceLimits limits;

    public FastaReader(SequenceLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Reads at most one byte more than the limit allows.
     *
     * @throws IOException if the stream fails; what is in it never throws
     */
    public FastaResult read(InputStream in) throws IOException {
        return read(in.readNBytes(limits.bytesMax() + 1));
    }

    /** As {@link #read(InputStream)}. */
    public FastaResult read(String text) {
        return read(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As {@link #read(InputStream)}. */
    public FastaResult read(byte[] bytes) {
        if (bytes.length > limits.bytesMax()) {
            return refused(InputText.file(
                    Kind.INPUT_TOO_LARGE,
                    "more than " + limits.bytesMax() + " bytes",
                    "Send fewer sequences at a time, and only protein sequences"));
        }
        InputText input = InputText.decode(bytes);
        if (input.fault().isPresent()) {
            return refused(input.fault().get());
        }
        Optional<String> firstLine =
                input.text().lines().filter(line -> !line.isBlank()).findFirst();
        if (firstLine.isEmpty()) {
            return refused(InputText.file(Kind.EMPTY_INPUT, "the input is empty", "Send a sequence in FASTA format"));
        }
        for (String start : OTHER_FORMATS) {
            if (firstLine.get().startsWith(start)) {
                return refused(InputText.file(
                        Kind.WRONG_FORMAT,
                        "the first line begins with '" + start.strip() + "': this is not FASTA",
                        "Send a line '>name' and the residues below it"));
            }
        }
        return readRecords(input.text());
    }

    private FastaResult readRecords(String text) {
        Faults faults = new Faults();
        List<FastaRecord> records = new ArrayList<>();
        Map<String, RecordReader> byName = new HashMap<>();
        RecordReader current = null;
        int lineNumber = 0;
        int count = 0;
        for (String line : (Iterable<String>) text.lines()::iterator) {
            lineNumber++;
            if (line.isBlank()) {
                continue;
            }
            boolean header = line.startsWith(">");
            if (header || current == null) {
                finish(current, faults, records);
                if (++count > limits.recordsMax()) {
                    faults.add(new InputFault(
                            Kind.TOO_MANY_RECORDS,
                            count,
                            null,
                            lineNumber,
                            0,
                            "more than " + limits.recordsMax() + " records",
                            "Send fewer at a time"));
                    return faults.refused();
                }
                current = start(header ? line.substring(1).strip() : "", lineNumber, count);
                checkName(current, byName, faults);
            }
            if (!header) {
                current.readLine(line, lineNumber);
            }
        }
        finish(current, faults, records);
        return faults.isEmpty() ? new FastaResult.Accepted(records) : faults.refused();
    }

    private RecordReader start(String header, int lineNumber, int count) {
        String[] words = header.split("\\s+", 2);
        boolean named = !words[0].isEmpty();
        String name = named ? words[0] : String.format(Locale.ROOT, "sequence_%d", count);
        return new RecordReader(count, name, words.length > 1 ? words[1] : "", lineNumber, named, limits);
    }

    private static void checkName(RecordReader record, Map<String, RecordReader> byName, Faults faults) {
        RecordReader earlier = byName.putIfAbsent(record.name(), record);
        if (earlier != null) {
            faults.add(new InputFault(
                    Kind.DUPLICATE_NAME,
                    record.number(),
                    record.name(),
                    record.line(),
                    0,
                    "record " + earlier.number() + " on line " + earlier.line() + " has the same name",
                    "Give each record a name of its own"));
        }
    }

    private static void finish(@Nullable RecordReader record, Faults faults, List<FastaRecord> records) {
        if (record != null) {
            record.finish(faults).ifPresent(records::add);
        }
    }

    private static FastaResult refused(InputFault fault) {
        return new FastaResult.Refused(List.of(fault), 1);
    }
}
