package org.anfinsen.msa.search.embedded;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.anfinsen.msa.alignment.ResidueCode;

/**
 * The sequences of a FASTA file in batches, one after the other: a database may be larger than memory. Letters outside
 * the alphabet are read as in alignments, anything else as X; gaps, blanks and records without residues are passed over.
 */
final class FastaStream implements AutoCloseable {

    private static final int BUFFER_BYTES = 1 << 18;

    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int filled;
    private String nextName = "";

    /** A sequence of the database; codes are 0 to 20. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; a batch lives for one scan.
    record Entry(String name, byte[] codes) {}

    FastaStream(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER_BYTES);
        raw.mark(2);
        byte[] start = raw.readNBytes(2);
        raw.reset();
        boolean gzip = start.length == 2 && (start[0] & 0xff) == 0x1f && (start[1] & 0xff) == 0x8b;
        in = gzip ? new GZIPInputStream(raw, BUFFER_BYTES) : raw;
        skipToHeader();
    }

    /** The next sequences, of so many residues or a little more together; empty at the end. */
    List<Entry> next(int residues) throws IOException {
        List<Entry> batch = new ArrayList<>();
        int taken = 0;
        while (!nextName.isEmpty() && taken < residues) {
            String name = nextName;
            byte[] codes = readResidues();
            if (codes.length > 0) {
                batch.add(new Entry(name, codes));
                taken += codes.length;
            }
        }
        return batch;
    }

    private void skipToHeader() throws IOException {
        int b = read();
        while (b >= 0 && b != '>') {
            b = read();
        }
        nextName = b < 0 ? "" : readName();
    }

    private String readName() throws IOException {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int b = read(); b >= 0 && b != '\n' && b != '\r'; b = read()) {
            name.write(b);
        }
        String text = name.toString(StandardCharsets.UTF_8).strip();
        return text.isEmpty() ? "unnamed" : text;
    }

    /** Reads up to the next header, whose name it keeps. */
    private byte[] readResidues() throws IOException {
        ByteArrayOutputStream codes = new ByteArrayOutputStream(512);
        boolean lineStart = true;
        for (int b = read(); b >= 0; b = read()) {
            if (lineStart && b == '>') {
                nextName = readName();
                return codes.toByteArray();
            }
            lineStart = b == '\n' || b == '\r';
            int code = ResidueCode.of(b);
            if (code != ResidueCode.GAP && b > ' ') {
                codes.write(code < 0 ? ResidueCode.UNKNOWN : code);
            }
        }
        nextName = "";
        return codes.toByteArray();
    }

    private int read() throws IOException {
        if (position == filled) {
            filled = in.read(buffer);
            position = 0;
            if (filled <= 0) {
                filled = 0;
                return -1;
            }
        }
        return buffer[position++] & 0xff;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
