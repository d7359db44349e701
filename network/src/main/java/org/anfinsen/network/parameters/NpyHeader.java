package org.anfinsen.network.parameters;

import java.io.DataInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** Checks that an array in an npz file is as large as its header says, before a reader makes room for it. */
final class NpyHeader {

    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /** Magic and version. */
    private static final int START = 8;

    private static final int HEADER_BYTES_MAX = 10_000;
    private static final Pattern SHAPE = Pattern.compile("'shape': *\\(((?: *\\d{1,10} *,)* *(?:\\d{1,10} *)?)\\)");
    private static final Pattern TYPE = Pattern.compile("'descr': *'[<>=|](f4|i2|i1)'");

    private NpyHeader() {}

    /** @throws ParameterException if the entry is no npy array of a type that parameters have, or of another size */
    static void check(Path npz, ZipFile zip, ZipEntry entry) throws IOException {
        String where = entry.getName() + " in " + npz;
        try (DataInputStream in = new DataInputStream(zip.getInputStream(entry))) {
            byte[] start = in.readNBytes(START);
            boolean magic = start.length == START
                    && ByteBuffer.wrap(start, 0, MAGIC.length).equals(ByteBuffer.wrap(MAGIC));
            if (!magic || start[6] < 1 || start[6] > 3) {
                throw new ParameterException(where + " is not an npy array");
            }
            int lengthBytes = start[6] == 1 ? Short.BYTES : Integer.BYTES;
            byte[] length = new byte[Integer.BYTES];
            in.readFully(length, 0, lengthBytes);
            long headerBytes = Integer.toUnsignedLong(
                    ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getInt());
            if (headerBytes > HEADER_BYTES_MAX) {
                throw new ParameterException(
                        where + " has a header of " + headerBytes + " bytes, limit " + HEADER_BYTES_MAX);
            }
            String header = new String(in.readNBytes((int) headerBytes), StandardCharsets.ISO_8859_1);
            check(where, header, entry.getSize() - START - lengthBytes - headerBytes);
        }
    }

    private static void check(String where, String header, long found) {
        Matcher shape = SHAPE.matcher(header);
        Matcher type = TYPE.matcher(header);
        if (!shape.find() || !type.find()) {
            throw new ParameterException(
                    where + ": expected float32, or int16 or int8 as in compressed packages, found " + header.strip());
        }
        int valueBytes = type.group(1).charAt(1) - '0';
        BigInteger bytes = BigInteger.valueOf(valueBytes);
        for (String size : shape.group(1).split(",", -1)) {
            if (!size.isBlank()) {
                bytes = bytes.multiply(new BigInteger(size.strip()));
            }
        }
        if (!bytes.equals(BigInteger.valueOf(found))) {
            throw new ParameterException(
                    where + " says that its shape is (" + shape.group(1) + "), and has " + found + " bytes");
        }
    }
}
