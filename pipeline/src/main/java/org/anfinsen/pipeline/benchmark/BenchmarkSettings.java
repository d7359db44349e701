package org.anfinsen.pipeline.benchmark;

import java.util.List;
import java.util.Objects;

/**
 * How the targets of a benchmark are predicted and what they are compared with.
 *
 * @param model    name of a model package
 * @param modelSha256 see {@link org.anfinsen.pipeline.job.PredictionOptions}
 * @param recycles see {@link org.anfinsen.pipeline.job.PredictionOptions}
 * @param models   predictions of each target, from seeds 0, 1, …, ranked by pLDDT
 * @param peers    scores of other methods
 */
public record BenchmarkSettings(String model, String modelSha256, int recycles, int models, List<PeerScore> peers) {

    /** CASP takes five models of a target. */
    public static final int MODELS_MAX = 5;

    public BenchmarkSettings {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(modelSha256, "modelSha256");
        peers = List.copyOf(peers);
        if (models < 1 || models > MODELS_MAX) {
            throw new IllegalArgumentException(models + " models a target, limit 1 to " + MODELS_MAX);
        }
    }
}
