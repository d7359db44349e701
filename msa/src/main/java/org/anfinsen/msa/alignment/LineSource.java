package org.anfinsen.msa.alignment;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;

/**
 * Lines of a stream as bytes, without their ends ({@code \n}, {@code \r\n} or {@code \r}). One buffer is reused: a line
 * is good until the next one is read.
 */
final class LineSource {

    private static final int BUFFER_BYTES = 1 << 16;

    private final InputStream in;
    private final long bytesMax;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int position;
    private int filled;
    private long bytesRead;
    private boolean skipLineFeed;

    private byte[] line = new byte[1024];
    private int length;
    private int number;

    LineSource(InputStream in, long bytesMax) {
        this.in = in;
        this.bytesMax = bytesMax;
    }

    /** Thrown where the bytes themselves are at fault, not the way they come. */
    static final class BrokenInputException extends IOException {
        enum Reason {
            TOO_LARGE,
            COMPRESSION,
            CONTROL_CHARACTER
        }

        final Reason reason;

        BrokenInputException(Reason reason, String message) {
            super(message);
            this.reason = reason;
        }
    }

    /** Moves to the next line; false at the end. */
    boolean next() throws IOException {
        length = 0;
        boolean any = false;
        while (true) {
            if (position == filled && !fill()) {
                number += any ? 1 : 0;
                return any;
            }
            byte b = buffer[position++];
            if (skipLineFeed && b == '\n') {
                skipLineFeed = false;
                continue;
            }
            skipLineFeed = b == '\r';
            any = true;
            if (b == '\n' || b == '\r') {
                number++;
                return true;
            }
            if (b >= 0 && b < ' ' && b != '\t' && b != '\f') {
                throw new BrokenInputException(
                        BrokenInputException.Reason.CONTROL_CHARACTER,
                        "control character 0x%02x in line %d, column %d".formatted(b, number + 1, length + 1));
            }
            append(b);
        }
    }

    private void append(byte b) {
        if (length == line.length) {
            line = Arrays.copyOf(line, 2 * length);
        }
        line[length++] = b;
    }

    private boolean fill() throws IOException {
        try {
            filled = in.read(buffer);
        } catch (ZipException | EOFException e) {
            throw new BrokenInputException(
                    BrokenInputException.Reason.COMPRESSION, "the gzip data are broken or cut off: " + e.getMessage());
        }
        position = 0;
        if (filled <= 0) {
            filled = 0;
            return false;
        }
        bytesRead += filled;
        if (bytesRead > bytesMax) {
            throw new BrokenInputException(
                    BrokenInputException.Reason.TOO_LARGE, "more than " + bytesMax + " bytes of text");
        }
        return true;
    }

    /** Counted from 1. */
    int number() {
        return number;
    }

    /** The buffer; {@link #length()} bytes of it count. */
    byte[] bytes() {
        return line;
    }

    int length() {
        return length;
    }

    boolean isBlank() {
        for (int i = 0; i < length; i++) {
            if (line[i] != ' ' && line[i] != '\t' && line[i] != '\f') {
                return false;
            }
        }
        return true;
    }

    boolean startsWith(String ascii) {
        if (length < ascii.length()) {
            return false;
        }
        for (int i = 0; i < ascii.length(); i++) {
            if (line[i] != ascii.charAt(i)) {
                return false;
            }
        }
        return true;
    }

    /** The line as text; bytes that are not UTF-8 become U+FFFD. */
    String text() {
        return new String(line, 0, length, StandardCharsets.UTF_8);
    }
}
