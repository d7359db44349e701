package org.anfinsen.service.submission;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.PeerScore;
import org.anfinsen.service.engine.ModelDescription;
import org.anfinsen.service.problem.InputError;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark is to be predicted with, as it was written.
 *
 * @param models   names of model packages with commas between; null for the standard one
 * @param recycles a number; null for that of each package
 * @param seeds    predictions of each target with each network
 */
public record RequestedNetworks(
        @Nullable String models, @Nullable String recycles, int seeds) {

    /**
     * The settings that this means.
     *
     * @param errors gets each fault; where one was added, the settings are those of what is left
     */
    public BenchmarkSettings check(
            List<ModelDescription> known, String defaultModel, List<PeerScore> peers, List<InputError> errors) {
        List<String> named = Objects.requireNonNullElse(RequestedOptions.names(models), List.of(defaultModel));
        List<String> names = named.isEmpty()
                ? List.of(defaultModel)
                : named.stream().distinct().toList();
        List<BenchmarkSettings.Network> networks = new ArrayList<>();
        for (String name : names.subList(0, Math.min(names.size(), BenchmarkSettings.MODELS_MAX))) {
            RequestedOptions.CheckedModel checked =
                    new RequestedOptions(name, recycles, null, null).checkModel(known, defaultModel, errors);
            networks.add(new BenchmarkSettings.Network(checked.name(), checked.sha256(), checked.recycles()));
        }
        long asked = (long) names.size() * seeds;
        if (seeds < 1 || asked > BenchmarkSettings.MODELS_MAX) {
            errors.add(InputError.ofField(
                    "out-of-range",
                    "models",
                    names.size() + " networks with " + seeds + " predictions each",
                    "Give numbers whose product is 1 to " + BenchmarkSettings.MODELS_MAX));
            return new BenchmarkSettings(networks.subList(0, 1), 1, peers);
        }
        return new BenchmarkSettings(networks, seeds, peers);
    }
}
