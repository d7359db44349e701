package org.anfinsen.network.model;

import java.io.IOException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.stream.Stream;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.parameters.ParameterFile;

/**
 * Graphs derived from parameters, kept on disk under the checksum of the parameters and the exporter's version. An
 * entry appears whole or not at all, also when several processes derive the same graph at once.
 */
final class GraphCache {
    private static final String GRAPH = "model.onnx";
    private static final int CHECKSUM_DIGITS = 16;

    private final Path directory;

    GraphCache(Path directory) {
        this.directory = directory;
    }

    /** The graph file for a package, in eight-bit integers or single precision; written now if there is none yet. */
    Path graph(ModelCard card, Path parameters, boolean inEightBits) throws IOException {
        String entry = card.parametersSha256().substring(0, CHECKSUM_DIGITS) + "-v" + IterationExporter.VERSION
                + (inEightBits ? "-int8" : "-fp32");
        Path finished = directory.resolve(entry);
        if (!Files.exists(finished.resolve(GRAPH))) {
            Files.createDirectories(directory);
            Path unfinished = Files.createTempDirectory(directory, entry + ".part");
            try {
                IterationExporter.export(
                        ParameterFile.read(parameters),
                        inEightBits,
                        unfinished.resolve(GRAPH),
                        Map.of("anfinsen.model", card.name()));
                publish(unfinished, finished);
            } finally {
                deleteDirectory(unfinished);
            }
        }
        return finished.resolve(GRAPH);
    }

    private static void publish(Path unfinished, Path finished) throws IOException {
        try {
            Files.move(unfinished, finished, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileAlreadyExistsException | DirectoryNotEmptyException e) {
            if (!Files.exists(finished.resolve(GRAPH))) {
                throw e;
            }
        }
    }

    static void deleteDirectory(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            return;
        }
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(directory);
    }
}
