package org.anfinsen.msa.alignment;

import static org.anfinsen.msa.sequence.InputFault.Kind;

import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.anfinsen.msa.sequence.InputFault;
import org.jspecify.annotations.Nullable;

/**
 * Reads alignments in all formats of {@link AlignmentFormat}, compressed with gzip or not. The first row is the query.
 * Broken files are refused with record, line and column; nothing in a file throws.
 */
public final class AlignmentReader {

    /** Faults after which reading stops. */
    public static final int FAULTS_MAX = 20;

    private final AlignmentLimits limits;

    public AlignmentReader(AlignmentLimits limits) {
        this.limits = Objects.requireNonNull(limits, "limits");
    }

    /**
     * Reads a file; its format is told by its name's ending, else by its first line.
     *
     * @throws IOException if the file cannot be read
     */
    public AlignmentResult read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return read(in, String.valueOf(file.getFileName()));
        }
    }

    /** As {@link #read(InputStream, String)}. */
    public AlignmentResult read(byte[] bytes, String source) {
        try {
            return read(new ByteArrayInputStream(bytes), source);
        } catch (IOException e) {
            throw new AssertionError("reading from memory does not fail", e);
        }
    }

    /**
     * Reads a stream to its end and leaves it open.
     *
     * @param source name of the file for messages; its ending tells the format where the first line leaves a choice
     * @throws IOException if the stream fails; what is in it never throws
     */
    public AlignmentResult read(InputStream in, String source) throws IOException {
        return read(in, source, null);
    }

    /** As {@link #read(InputStream, String)}, in a format that is known; null to find out. */
    public AlignmentResult read(InputStream in, String source, @Nullable AlignmentFormat known) throws IOException {
        try {
            LineSource lines = new LineSource(decompressed(in), limits.bytesMax());
            return readLines(lines, source, known);
        } catch (LineSource.BrokenInputException e) {
            return refused(source, e);
        }
    }

    private AlignmentResult readLines(LineSource lines, String source, @Nullable AlignmentFormat known)
            throws IOException {
        boolean any = lines.next();
        while (any && lines.isBlank()) {
            any = lines.next();
        }
        if (!any) {
            return new RowCollector(RowEncoder.Columns.EVERY, limits).result(source);
        }
        AlignmentFormat format = known != null ? known : format(lines, source);
        boolean match = format == AlignmentFormat.A3M;
        RowCollector collector = new RowCollector(match ? RowEncoder.Columns.MATCH : RowEncoder.Columns.EVERY, limits);
        switch (format) {
            case A3M, ALIGNED_FASTA -> new FastaRows(lines, collector).read();
            case STOCKHOLM -> new BlockRows(lines, collector, limits).readStockholm();
            case CLUSTAL -> new BlockRows(lines, collector, limits).readClustal();
            case PSICOV -> readPsicov(lines, collector);
        }
        return collector.result(source);
    }

    private static AlignmentFormat format(LineSource lines, String source) {
        AlignmentFormat byLine = AlignmentFormat.ofFirstLine(lines.text());
        // Only FASTA headers leave a choice: lower case is an insertion in A3M and a residue in aligned FASTA.
        return byLine == AlignmentFormat.A3M
                        && AlignmentFormat.ofFileName(source, byLine) == AlignmentFormat.ALIGNED_FASTA
                ? AlignmentFormat.ALIGNED_FASTA
                : byLine;
    }

    private static void readPsicov(LineSource lines, RowCollector collector) throws IOException {
        do {
            int end = lines.length();
            while (end > 0 && lines.bytes()[end - 1] == ' ') {
                end--;
            }
            String name = collector.record() == 1 ? "query" : "row_" + collector.record();
            if (end > 0 && collector.checkLetters(name, lines.bytes(), 0, end, lines.number())) {
                collector.add(name, lines.bytes(), end, lines.number());
            }
        } while (!collector.isFull() && lines.next());
    }

    private static InputStream decompressed(InputStream in) throws IOException {
        PushbackInputStream peeked = new PushbackInputStream(in, 2);
        byte[] start = peeked.readNBytes(2);
        peeked.unread(start);
        boolean gzip = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
        if (!gzip) {
            return peeked;
        }
        try {
            return new GZIPInputStream(peeked, 1 << 16);
        } catch (ZipException | EOFException e) {
            throw new LineSource.BrokenInputException(
                    LineSource.BrokenInputException.Reason.COMPRESSION, "the gzip header is broken: " + e.getMessage());
        }
    }

    private static AlignmentResult refused(String source, LineSource.BrokenInputException broken) {
        String found = String.valueOf(broken.getMessage());
        InputFault fault = switch (broken.reason) {
            case TOO_LARGE -> file(Kind.INPUT_TOO_LARGE, found, "Filter the alignment, for instance by identity");
            case COMPRESSION -> file(Kind.BROKEN_COMPRESSION, found, "Compress and send the file again");
            case CONTROL_CHARACTER -> file(Kind.NOT_TEXT, found, "Send an alignment as text");
        };
        return new AlignmentResult.Refused(source, List.of(fault));
    }

    private static InputFault file(Kind kind, String found, String remedy) {
        return new InputFault(kind, 0, null, 0, 0, found, remedy);
    }
}
