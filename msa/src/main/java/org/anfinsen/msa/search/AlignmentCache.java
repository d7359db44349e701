package org.anfinsen.msa.search;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentFormat;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentWriter;
import org.anfinsen.protein.ProteinSequence;
import org.apache.commons.codec.digest.DigestUtils;

/**
 * The alignments of earlier searches, a file for each in one directory, as A3M under gzip with the engine's name in the first
 * line. When the files take more than they may, those used longest ago go first. Several threads and processes may use one
 * directory, and may end at any moment: a file appears whole or not at all, and a damaged one counts as none.
 */
public final class AlignmentCache {

    private static final String ENDING = ".a3m.gz";
    private static final String PARTIAL = ".partial";
    private static final Duration PARTIAL_AGE_MAX = Duration.ofHours(1);
    private static final int ENGINE_BYTES_MAX = 1_000;

    private final Path directory;
    private final long bytesMax;
    private final Clock clock;

    /**
     * A cache in a directory, which is made when it is needed.
     *
     * @param bytesMax bytes that all files together may take
     */
    public AlignmentCache(Path directory, long bytesMax) {
        this(directory, bytesMax, Clock.systemUTC());
    }

    AlignmentCache(Path directory, long bytesMax, Clock clock) {
        if (bytesMax < 1) {
            throw new IllegalArgumentException("a cache of " + bytesMax + " bytes");
        }
        this.directory = directory;
        this.bytesMax = bytesMax;
        this.clock = clock;
    }

    /** What was kept: the alignment and the program that made it. */
    record Entry(Alignment alignment, String engine) {}

    /**
     * The name under which an alignment is kept: a SHA-256 over the residues, what the database holds and how it was
     * searched. A database's own name does not count; the files' checksum does, and for a server its address and version.
     */
    static String key(ProteinSequence query, Database database, String settings) {
        String state =
                database.checksum().isEmpty() ? database.location() + "\n" + database.version() : database.checksum();
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String part : List.of(query.residues(), database.engine().code(), state, settings)) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update((bytes.length + ":").getBytes(StandardCharsets.US_ASCII));
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /** The entry of a key, which counts as used now. */
    Optional<Entry> find(String key) {
        Path file = directory.resolve(key + ENDING);
        try {
            Entry entry = read(file);
            Files.setLastModifiedTime(file, FileTime.from(clock.instant()));
            return Optional.of(entry);
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            // Damaged, or the disk is: in both cases a search helps, and a new file if there can be one.
            return Optional.empty();
        }
    }

    private static Entry read(Path file) throws IOException {
        try (InputStream in = new BufferedInputStream(new GZIPInputStream(Files.newInputStream(file), 1 << 16))) {
            ByteArrayOutputStream engine = new ByteArrayOutputStream();
            for (int next = in.read(); next != '\n'; next = in.read()) {
                if (next < 0 || engine.size() == ENGINE_BYTES_MAX) {
                    throw new IOException(file + " does not begin with the name of an engine");
                }
                engine.write(next);
            }
            Alignment alignment = new AlignmentReader(AlignmentLimits.DEFAULT)
                    .read(in, file.toString(), AlignmentFormat.A3M)
                    .orElseThrow();
            return new Entry(alignment, engine.toString(StandardCharsets.UTF_8));
        }
    }

    /** Keeps an entry, safe from a crash once this returns, and makes room. */
    void put(String key, Entry entry) throws IOException {
        Files.createDirectories(directory);
        Path partial = directory.resolve(UUID.randomUUID() + PARTIAL);
        try {
            try (FileChannel channel =
                            FileChannel.open(partial, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                    GZIPOutputStream out =
                            new GZIPOutputStream(new BufferedOutputStream(Channels.newOutputStream(channel)))) {
                out.write((entry.engine().replace('\n', ' ') + "\n").getBytes(StandardCharsets.UTF_8));
                AlignmentWriter.writeA3m(entry.alignment(), out);
                out.finish();
                out.flush();
                channel.force(true);
            }
            Path file = directory.resolve(key + ENDING);
            Files.setLastModifiedTime(partial, FileTime.from(clock.instant()));
            Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
        makeRoom();
    }

    private void makeRoom() throws IOException {
        List<Kept> kept = new ArrayList<>();
        Instant leftOver = clock.instant().minus(PARTIAL_AGE_MAX);
        try (DirectoryStream<Path> files = Files.newDirectoryStream(directory)) {
            for (Path file : files) {
                try {
                    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
                    Instant used = attributes.lastModifiedTime().toInstant();
                    if (file.toString().endsWith(ENDING)) {
                        kept.add(new Kept(file, attributes.size(), used));
                    } else if (file.toString().endsWith(PARTIAL) && used.isBefore(leftOver)) {
                        Files.deleteIfExists(file);
                    }
                } catch (NoSuchFileException e) {
                    // Another thread or process has just made room with it.
                }
            }
        }
        kept.sort(Comparator.comparing(Kept::used));
        long bytes = kept.stream().mapToLong(Kept::size).sum();
        for (Kept oldest : kept) {
            if (bytes <= bytesMax) {
                return;
            }
            Files.deleteIfExists(oldest.file);
            bytes -= oldest.size;
        }
    }

    private record Kept(Path file, long size, Instant used) {}
}
