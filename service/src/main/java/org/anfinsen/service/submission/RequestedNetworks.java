package org.anfinsen.service.submission;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.PeerScore;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.service.engine.ModelDescription;
import org.anfinsen.service.problem.InputError;
import org.jspecify.annotations.Nullable;

/**
 * What predicts each chain or target, and how often, as it was written; null where the caller left one out.
 *
 * @param model    names of model packages with commas between; null for the standard one
 * @param recycles a number; null for that of each package
 * @param models   a number: predictions with each package, each from a seed of its own; null for one
 */
public record RequestedNetworks(
        @Nullable String model,
        @Nullable String recycles,
        @Nullable String models) {

    /** None given. */
    public static final RequestedNetworks NONE = new RequestedNetworks(null, null, null);

    /**
     * What it means here.
     *
     * @param networks at least one; one that is not here has an empty checksum
     * @param seeds    predictions with each, at most {@link BenchmarkSettings#MODELS_MAX} in all
     */
    record Checked(List<BenchmarkSettings.Network> networks, int seeds) {}

    /** The settings of a benchmark; adds each fault to the errors, and is what is left then. */
    public BenchmarkSettings settings(
            List<ModelDescription> known, String defaultModel, List<PeerScore> peers, List<InputError> errors) {
        Checked checked = check(known, defaultModel, errors);
        return new BenchmarkSettings(checked.networks, checked.seeds, peers);
    }

    /** What it means; adds each fault to the errors, and is what is left then. */
    Checked check(List<ModelDescription> known, String defaultModel, List<InputError> errors) {
        List<String> named = Objects.requireNonNullElse(RequestedOptions.names(model), List.of());
        List<String> names = named.isEmpty()
                ? List.of(defaultModel)
                : named.stream().distinct().toList();
        List<String> chosen = names.stream().limit(BenchmarkSettings.MODELS_MAX).toList();
        List<Optional<ModelDescription>> described =
                chosen.stream().map(name -> described(name, known, errors)).toList();
        int checkedRecycles =
                (int) RequestedOptions.number("recycles", recycles, 0, 0, PredictionOptions.RECYCLES_MAX, errors);
        List<BenchmarkSettings.Network> networks = IntStream.range(0, chosen.size())
                .mapToObj(k -> network(chosen.get(k), described.get(k), checkedRecycles))
                .toList();
        int seeds = (int) RequestedOptions.number("models", models, 1, 1, BenchmarkSettings.MODELS_MAX, errors);
        if (names.size() * seeds > BenchmarkSettings.MODELS_MAX) {
            errors.add(InputError.ofField(
                    "out-of-range",
                    "models",
                    names.size() + " models with " + seeds + " predictions each",
                    "Give numbers whose product is 1 to " + BenchmarkSettings.MODELS_MAX));
            return new Checked(networks.subList(0, 1), 1);
        }
        return new Checked(networks, seeds);
    }

    private static Optional<ModelDescription> described(
            String name, List<ModelDescription> known, List<InputError> errors) {
        Optional<ModelDescription> described =
                known.stream().filter(each -> each.name().equals(name)).findFirst();
        if (described.isEmpty()) {
            errors.add(InputError.ofField(
                    "unknown-model",
                    "model",
                    "there is no model '" + RequestedOptions.shortened(name) + "'",
                    known.isEmpty()
                            ? "No model package is installed: import one"
                            : "Choose one of: "
                                    + known.stream().map(ModelDescription::name).collect(Collectors.joining(", "))));
        }
        return described;
    }

    private BenchmarkSettings.Network network(String name, Optional<ModelDescription> described, int checkedRecycles) {
        int ownRecycles = described
                .map(each -> Math.min(each.recycles(), PredictionOptions.RECYCLES_MAX))
                .orElse(0);
        return new BenchmarkSettings.Network(
                name,
                described.map(ModelDescription::sha256).orElse(""),
                recycles == null ? ownRecycles : checkedRecycles);
    }
}
