package org.anfinsen.service.isolation;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionOptions.AlignmentSource;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.util.unit.DataSize;

/** Engines over the default network, and something for them to predict. */
final class Isolated {

    static final String VILLIN = "LSDEDFKAVFGMTRSAFANLPLWKQQNLKKEKGLF";

    static final PlaceSettings PLACES = new PlaceSettings(
            Path.of("target", "test-data", "isolated"),
            Path.of(System.getProperty("anfinsen.root"), "models").normalize());

    static final SearchingSettings SEARCHING = new Binder().bindOrCreate("anfinsen.search", SearchingSettings.class);

    /** A pass of it takes a while. */
    static final NewPrediction LONG = request("long", VILLIN.repeat(9), 3);

    static final NewPrediction SHORT = request("villin", VILLIN, 1);

    private Isolated() {}

    static NewPrediction request(String name, String residues, int recycles) {
        return new NewPrediction(
                new ProteinSequence(name, residues),
                null,
                new PredictionOptions("anfinsen-1", "", recycles, 1, AlignmentSource.SINGLE_SEQUENCE),
                List.of());
    }

    static PredictionSettings settings(List<String> javaOptions, DataSize processMemory, Duration timeLimit) {
        return new PredictionSettings(
                "anfinsen-1", 0, 1, 1, DataSize.ofBytes(0), true, javaOptions, processMemory, timeLimit);
    }

    static IsolatedEngine engine(List<String> javaOptions, DataSize processMemory, Duration timeLimit) {
        return IsolatedEngine.open(PLACES, settings(javaOptions, processMemory, timeLimit), SEARCHING, "test");
    }

    static IsolatedEngine engine(String... javaOptions) {
        return engine(List.of(javaOptions), DataSize.ofBytes(0), Duration.ofHours(1));
    }

    static void signal(String signal, long process) {
        try {
            int exit = new ProcessBuilder("kill", "-" + signal, Long.toString(process))
                    .start()
                    .waitFor();
            if (exit != 0) {
                throw new AssertionError("no process " + process);
            }
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
