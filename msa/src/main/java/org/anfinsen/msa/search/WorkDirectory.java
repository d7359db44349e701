package org.anfinsen.msa.search;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/** A directory of one search, gone when it is closed. */
final class WorkDirectory implements AutoCloseable {

    private final Path path;

    /** Makes a new one in {@code parent}. */
    WorkDirectory(Path parent) throws IOException {
        Files.createDirectories(parent);
        path = Files.createTempDirectory(parent, "search");
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
