package org.anfinsen.msa.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/** A directory of one search, gone when it is closed. */
final class WorkDirectory implements AutoCloseable {

    private static final String PREFIX = "search";
    private static final Duration LEFT_OVER_AGE = Duration.ofDays(1);

    private final Path path;

    /** Makes a new one in {@code parent}, and removes those that a process left behind when it was killed. */
    WorkDirectory(Path parent) throws IOException {
        Files.createDirectories(parent);
        FileTime leftOver = FileTime.from(Instant.now().minus(LEFT_OVER_AGE));
        try (DirectoryStream<Path> others = Files.newDirectoryStream(parent, PREFIX + "*")) {
            for (Path other : others) {
                if (Files.getLastModifiedTime(other).compareTo(leftOver) < 0) {
                    delete(other);
                }
            }
        }
        path = Files.createTempDirectory(parent, PREFIX);
    }

    Path path() {
        return path;
    }

    /** Writes the query under the name {@code query}, so that no program meets characters that it does not expect. */
    Path writeQuery(ProteinSequence query) throws IOException {
        Path file = path.resolve("query.fasta");
        Files.writeString(file, ">query\n" + query.residues() + "\n", StandardCharsets.US_ASCII);
        return file;
    }

    @Override
    public void close() throws IOException {
        delete(path);
    }

    private static void delete(Path path) throws IOException {
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.delete(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                    throws IOException {
                Files.delete(directory);
                return FileVisitResult.CONTINUE;
            }
        });
    }
}
