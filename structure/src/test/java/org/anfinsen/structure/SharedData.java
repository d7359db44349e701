package org.anfinsen.structure;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Assumptions;

/** Structures and published scores that are not part of the project, read where they lie; skipped without. */
public final class SharedData {

    private static final int BLOCK = 512;

    private SharedData() {}

    /** A file under the shared folder, or the test is skipped with a message. */
    public static Path file(String name) {
        Path path = Path.of(System.getProperty("anfinsen.shared", "../../shared"), name);
        Assumptions.assumeTrue(Files.exists(path), "not checked against published data: no file " + path);
        return path;
    }

    /** The plain files of a gzipped tar archive, by name. */
    public static Map<String, byte[]> tar(String name) {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream stream = new GZIPInputStream(Files.newInputStream(file(name)), 1 << 16)) {
            for (byte[] header = stream.readNBytes(BLOCK);
                    header.length == BLOCK && header[0] != 0;
                    header = stream.readNBytes(BLOCK)) {
                int size = Integer.parseInt(text(header, 124, 12), 8);
                byte[] content = stream.readNBytes(size);
                stream.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
                if (header[156] == '0' || header[156] == 0) {
                    files.put(text(header, 0, 100), content);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + name, e);
        }
        return files;
    }

    private static String text(byte[] header, int from, int length) {
        return new String(header, from, length, StandardCharsets.US_ASCII)
                .replace('\0', ' ')
                .strip();
    }
}
