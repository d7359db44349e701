package org.anfinsen.pipeline.artifact;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes NumPy archives whose arrays are float16 ({@code <f2}) or float32 ({@code <f4}), deflated, npy format 1.0. Written
 * here because the Java libraries for npz have no half precision, which makes a distogram half as large.
 */
final class NpzWriter implements AutoCloseable {

    private static final int HEADER_ALIGNMENT_BYTES = 64;
    private static final int CHUNK_VALUES = 8192;

    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final ZipOutputStream zip = new ZipOutputStream(bytes);

    /** Adds an array of half precision; values beyond 65504 become infinite. */
    NpzWriter float16(String name, float[] values, int... shape) {
        return array(name, "<f2", 2, values, shape);
    }

    /** Adds an array of single precision. */
    NpzWriter float32(String name, float[] values, int... shape) {
        return array(name, "<f4", 4, values, shape);
    }

    /** The finished archive. */
    byte[] toByteArray() {
        close();
        return bytes.toByteArray();
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private NpzWriter array(String name, String descr, int bytesPerValue, float[] values, int... shape) {
        if (Arrays.stream(shape).reduce(1, Math::multiplyExact) != values.length) {
            throw new IllegalArgumentException(
                    name + ": shape " + Arrays.toString(shape) + " does not hold " + values.length + " values");
        }
        try {
            ZipEntry entry = new ZipEntry(name + ".npy");
            entry.setTime(0); // The same result gives the same bytes.
            zip.putNextEntry(entry);
            zip.write(header(descr, shape));
            writeValues(zip, values, bytesPerValue);
            zip.closeEntry();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void writeValues(OutputStream out, float[] values, int bytesPerValue) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(CHUNK_VALUES * bytesPerValue).order(ByteOrder.LITTLE_ENDIAN);
        for (int start = 0; start < values.length; start += CHUNK_VALUES) {
            buffer.clear();
            int end = Math.min(values.length, start + CHUNK_VALUES);
            for (int i = start; i < end; i++) {
                if (bytesPerValue == 2) {
                    buffer.putShort(Float.floatToFloat16(values[i]));
                } else {
                    buffer.putFloat(values[i]);
                }
            }
            out.write(buffer.array(), 0, buffer.position());
        }
    }

    private static byte[] header(String descr, int... shape) {
        String tuple = Arrays.stream(shape).mapToObj(Integer::toString).collect(Collectors.joining(", "));
        String dictionary = "{'descr': '" + descr + "', 'fortran_order': False, 'shape': (" + tuple
                + (shape.length == 1 ? ",), }" : "), }");
        int prefix = 10;
        int unpadded = prefix + dictionary.length() + 1;
        int padding = (HEADER_ALIGNMENT_BYTES - unpadded % HEADER_ALIGNMENT_BYTES) % HEADER_ALIGNMENT_BYTES;
        byte[] text = (dictionary + " ".repeat(padding) + "\n").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.allocate(prefix + text.length)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put((byte) 0x93)
                .put("NUMPY".getBytes(StandardCharsets.US_ASCII))
                .put((byte) 1)
                .put((byte) 0)
                .putShort((short) text.length)
                .put(text)
                .array();
    }
}
