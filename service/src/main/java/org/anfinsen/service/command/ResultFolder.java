package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.service.file.ResultFileNames;
import tools.jackson.databind.json.JsonMapper;

/**
 * A folder of results. Every file appears whole or not at all, and {@code {job}.done.txt} comes last: it holds the content
 * hashes of the predictions whose files these are, by rank. Of a chain that is predicted several times, each prediction
 * that is made before all are has files without a rank, and such a file of its own.
 */
final class ResultFolder {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Path folder;

    /** Makes the folder where it is not there. */
    ResultFolder(Path folder) throws IOException {
        this.folder = Files.createDirectories(folder);
    }

    /** Names of the only prediction of a chain. */
    static ResultFileNames fileNames(NewPrediction prediction) {
        return ResultFileNames.of(
                prediction.sequence().name(),
                prediction.options().model(),
                prediction.options().seed());
    }

    /** The rank that a prediction has here, if its files are: same sequence, alignment, model and options. */
    OptionalInt rank(NewPrediction prediction) throws IOException {
        int place = lines(fileNames(prediction).done()).indexOf(prediction.contentHash());
        return place < 0 ? OptionalInt.empty() : OptionalInt.of(place + 1);
    }

    /** The mean pLDDT of a prediction whose files are here and have no rank yet. */
    OptionalDouble waiting(NewPrediction prediction) throws IOException {
        return Waiting.of(lines(fileNames(prediction).unranked().done()))
                .filter(waiting -> waiting.hash.equals(prediction.contentHash()))
                .map(waiting -> OptionalDouble.of(waiting.meanPlddt))
                .orElse(OptionalDouble.empty());
    }

    /** Writes the only prediction of a chain. */
    void write(NewPrediction prediction, List<Artifact> files) throws IOException {
        write(fileNames(prediction), files, List.of(prediction.contentHash()));
    }

    /** Writes one of several predictions of a chain, which {@link #rank(List)} will name. */
    void writeUnranked(NewPrediction prediction, List<Artifact> files, double meanPlddt) throws IOException {
        Waiting waiting = new Waiting(
                prediction.contentHash(),
                meanPlddt,
                files.stream().map(Artifact::name).toList());
        write(fileNames(prediction).unranked(), files, waiting.lines());
    }

    private void write(ResultFileNames names, List<Artifact> files, List<String> done) throws IOException {
        Files.deleteIfExists(folder.resolve(names.done()));
        for (Artifact artifact : files) {
            write(names.of(artifact.name()), artifact.content());
        }
        write(names.done(), text(done));
    }

    /**
     * Names the files of all predictions of a chain by their ranks. If it is interrupted, the same again finishes it.
     *
     * @param ranked the best one first; all are {@link #waiting}
     */
    void rank(List<NewPrediction> ranked) throws IOException {
        ResultFileNames best = fileNames(ranked.getFirst());
        Files.deleteIfExists(folder.resolve(best.done()));
        Map<String, Double> plddts = new LinkedHashMap<>();
        for (int i = 0; i < ranked.size(); i++) {
            ResultFileNames names = fileNames(ranked.get(i));
            Waiting waiting = Waiting.of(lines(names.unranked().done())).orElseThrow();
            for (String artifact : waiting.artifacts) {
                rename(names, artifact, i + 1);
            }
            plddts.put(names.tag(), waiting.meanPlddt);
        }
        Map<String, Object> ranking = new LinkedHashMap<>();
        ranking.put("plddts", plddts);
        ranking.put("order", List.copyOf(plddts.keySet()));
        write(best.ranking(), JSON.writeValueAsBytes(ranking));
        write(best.done(), text(ranked.stream().map(NewPrediction::contentHash).toList()));
        for (NewPrediction prediction : ranked) {
            Files.deleteIfExists(folder.resolve(fileNames(prediction).unranked().done()));
        }
    }

    /** Gives a file its rank, and removes what an earlier run has under other ranks. */
    private void rename(ResultFileNames names, String artifact, int rank) throws IOException {
        for (int other = 1; other <= BenchmarkSettings.MODELS_MAX; other++) {
            String name = names.ranked(other).of(artifact);
            if (other != rank && name.contains(names.tag())) {
                Files.deleteIfExists(folder.resolve(name));
            }
        }
        Path unranked = folder.resolve(names.unranked().of(artifact));
        if (Files.exists(unranked)) {
            Files.move(unranked, folder.resolve(names.ranked(rank).of(artifact)), StandardCopyOption.ATOMIC_MOVE);
        }
    }

    /** Where an artifact is. */
    Path path(ResultFileNames names, String artifact) {
        return folder.resolve(names.of(artifact));
    }

    private List<String> lines(String name) throws IOException {
        Path file = folder.resolve(name);
        return Files.exists(file)
                ? Files.readString(file, StandardCharsets.UTF_8).strip().lines().toList()
                : List.of();
    }

    private static byte[] text(List<String> lines) {
        return (String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8);
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

    /** A prediction that has no rank yet. */
    private record Waiting(String hash, double meanPlddt, List<String> artifacts) {

        static Optional<Waiting> of(List<String> lines) {
            return lines.size() < 2
                    ? Optional.empty()
                    : Optional.of(new Waiting(
                            lines.getFirst(), Double.parseDouble(lines.get(1)), lines.subList(2, lines.size())));
        }

        List<String> lines() {
            List<String> lines = new ArrayList<>(List.of(hash, Double.toString(meanPlddt)));
            lines.addAll(artifacts);
            return lines;
        }
    }
}
