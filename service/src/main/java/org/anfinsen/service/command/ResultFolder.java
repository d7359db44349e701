package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.service.file.ResultFileNames;

/**
 * A folder of results. Every file appears whole or not at all, and {@code {job}.done.txt} comes last: it holds the content
 * hash of the prediction whose files these are.
 */
final class ResultFolder {

    private final Path folder;

    ResultFolder(Path folder) {
        this.folder = folder;
    }

    static ResultFileNames fileNames(NewPrediction prediction) {
        return ResultFileNames.of(
                prediction.sequence().name(),
                prediction.options().model(),
                prediction.options().seed());
    }

    /** Whether the files of just this prediction are here: same sequence, alignment, model and options. */
    boolean isDone(NewPrediction prediction) throws IOException {
        Path done = folder.resolve(fileNames(prediction).done());
        return Files.exists(done)
                && Files.readString(done, StandardCharsets.UTF_8).strip().equals(prediction.contentHash());
    }

    void write(NewPrediction prediction, List<Artifact> files) throws IOException {
        Files.createDirectories(folder);
        ResultFileNames names = fileNames(prediction);
        Files.deleteIfExists(folder.resolve(names.done()));
        for (Artifact artifact : files) {
            write(names.of(artifact.name()), artifact.content());
        }
        write(names.done(), (prediction.contentHash() + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Where an artifact is. */
    Path path(NewPrediction prediction, String artifact) {
        return folder.resolve(fileNames(prediction).of(artifact));
    }

    private void write(String name, byte[] content) throws IOException {
        // Not a temporary file in Java's sense: those nobody else may read, whatever the user's umask says. What a
        // killed
        // process left behind is overwritten when its prediction is made again.
        Path partial = folder.resolve("." + name + ".partial");
        try {
            Files.write(partial, content);
            Files.move(partial, folder.resolve(name), StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(partial);
        }
    }
}
