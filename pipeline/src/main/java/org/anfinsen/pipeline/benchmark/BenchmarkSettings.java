package org.anfinsen.pipeline.benchmark;

import java.util.List;
import java.util.Objects;

/**
 * How the targets of a benchmark are predicted and what they are compared with.
 *
 * @param networks what predicts each target, at least one
 * @param seeds    predictions of a target with each network, from seeds 0, 1, …; all of a target's are ranked by pLDDT
 * @param peers    scores of other methods
 */
public record BenchmarkSettings(List<Network> networks, int seeds, List<PeerScore> peers) {

    /** CASP takes five models of a target. */
    public static final int MODELS_MAX = 5;

    /**
     * One network.
     *
     * @param model       name of a model package
     * @param modelSha256 see {@link org.anfinsen.pipeline.job.PredictionOptions}
     * @param recycles    see {@link org.anfinsen.pipeline.job.PredictionOptions}
     */
    public record Network(String model, String modelSha256, int recycles) {
        public Network {
            Objects.requireNonNull(model, "model");
            Objects.requireNonNull(modelSha256, "modelSha256");
        }
    }

    public BenchmarkSettings {
        networks = List.copyOf(networks);
        peers = List.copyOf(peers);
        if (networks.isEmpty() || seeds < 1 || networks.size() * seeds > MODELS_MAX) {
            throw new IllegalArgumentException(networks.size() + " networks with " + seeds
                    + " predictions each, limit 1 to " + MODELS_MAX + " together");
        }
    }

    /** Predictions of each target. */
    public int models() {
        return networks.size() * seeds;
    }
}
