package org.anfinsen.service.web;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.anfinsen.pipeline.artifact.ResultPlots;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionStore;
import org.springframework.stereotype.Component;

/**
 * The files of a finished job: those that are stored, and the plots that are drawn of them when they are asked for. One plot
 * is drawn at a time, since the distogram of a long chain takes much memory.
 */
@Component
final class ResultFiles {

    private final PredictionStore store;
    private final Lock drawing = new ReentrantLock();

    ResultFiles(PredictionStore store) {
        this.store = store;
    }

    /** The plots that are not stored, as those of earlier versions are. */
    static List<String> plots(PredictionJob job) {
        List<String> stored =
                job.artifacts().stream().map(Artifact.Description::name).toList();
        return ResultPlots.names(stored).stream()
                .filter(name -> !stored.contains(name))
                .toList();
    }

    /** The names of all files. */
    static List<String> names(PredictionJob job) {
        List<String> names = new ArrayList<>();
        job.artifacts().forEach(file -> names.add(file.name()));
        names.addAll(plots(job));
        return names;
    }

    /** Names the content of a plot: that of the file that it shows, and which plot it is. Empty if there is no such plot. */
    static Optional<String> tag(PredictionJob job, String plot) {
        return plots(job).contains(plot)
                ? ResultPlots.source(plot)
                        .flatMap(source -> job.artifacts().stream()
                                .filter(file -> file.name().equals(source))
                                .map(file -> file.sha256() + "-" + plot)
                                .findFirst())
                : Optional.empty();
    }

    /** What is stored under a name; empty also if the job was removed meanwhile. */
    Optional<Artifact> stored(UUID job, String name) {
        return store.artifact(job, name);
    }

    /** A plot; empty if there is none of that name, or the job was removed meanwhile. */
    Optional<Artifact> plot(PredictionJob job, String name) {
        if (!plots(job).contains(name)) {
            return Optional.empty();
        }
        drawing.lock();
        try {
            return ResultPlots.source(name)
                    .flatMap(source -> store.artifact(job.id(), source))
                    .map(source -> ResultPlots.draw(name, source.content()));
        } finally {
            drawing.unlock();
        }
    }
}
