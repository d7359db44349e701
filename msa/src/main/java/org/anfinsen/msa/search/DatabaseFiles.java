package org.anfinsen.msa.search;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.function.DoubleConsumer;
import org.apache.commons.codec.digest.DigestUtils;

/** The files that make up a local database. */
public final class DatabaseFiles {

    private static final int BUFFER_BYTES = 1 << 20;

    private DatabaseFiles() {}

    /**
     * The files, by name: the file itself, or for MMseqs2 and HH-suite all whose name begins with the last part of the
     * path and then {@code .} or {@code _}. Empty if there are none.
     */
    public static List<Path> list(EngineKind engine, Path location) throws IOException {
        boolean prefix = engine == EngineKind.MMSEQS2 || engine == EngineKind.HHBLITS;
        if (!prefix) {
            return Files.isRegularFile(location) ? List.of(location) : List.of();
        }
        Path directory = location.toAbsolutePath().getParent();
        Path last = location.getFileName();
        if (directory == null || last == null || !Files.isDirectory(directory)) {
            return List.of();
        }
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String rest = String.valueOf(entry.getFileName());
                boolean ours =
                        rest.equals(last.toString()) || rest.startsWith(last + ".") || rest.startsWith(last + "_");
                if (ours && Files.isRegularFile(entry)) {
                    files.add(entry);
                }
            }
        }
        Collections.sort(files);
        return files;
    }

    /**
     * SHA-256 over the name, size and content of every file, in hexadecimal. Reads all of them.
     *
     * @param progress hears which share of their bytes is read
     * @throws IOException if there is no file, or one cannot be read
     */
    static String checksum(EngineKind engine, Path location, DoubleConsumer progress) throws IOException {
        List<Path> files = list(engine, location);
        if (files.isEmpty()) {
            throw new IOException("no database files at " + location);
        }
        long bytes = 0;
        for (Path file : files) {
            bytes += Files.size(file);
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        byte[] buffer = new byte[BUFFER_BYTES];
        long done = 0;
        for (Path file : files) {
            String head = file.getFileName() + "\n" + Files.size(file) + "\n";
            digest.update(head.getBytes(StandardCharsets.UTF_8));
            try (InputStream in = Files.newInputStream(file)) {
                for (int read = in.read(buffer); read > 0; read = in.read(buffer)) {
                    digest.update(buffer, 0, read);
                    done += read;
                    progress.accept((double) done / bytes);
                }
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** Number, size and last change of the files: other than the checksum at once there, and nearly as telling. */
    static String stamp(EngineKind engine, Path location) throws IOException {
        long bytes = 0;
        long newest = 0;
        List<Path> files = list(engine, location);
        for (Path file : files) {
            bytes += Files.size(file);
            newest = Math.max(newest, Files.getLastModifiedTime(file).toMillis());
        }
        return files.size() + " files, " + bytes + " bytes, changed " + newest;
    }
}
