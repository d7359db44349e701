package org.anfinsen.service.web;

import java.util.ArrayList;
import java.util.List;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.PeerScore;
import org.anfinsen.pipeline.benchmark.TargetLimits;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.Problem;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.LimitSettings;
import org.anfinsen.service.submission.RequestedNetworks;
import org.jspecify.annotations.Nullable;

/**
 * The options of a benchmark as they were written; null where the caller left one out.
 *
 * @param name      what to call it
 * @param model     names of model packages, with commas between
 * @param recycles  a number
 * @param models    predictions of each target with each model
 * @param maxLength residues of the longest target that is taken
 * @param limit     how many targets are taken
 */
record BenchmarkRequest(
        @Nullable String name,
        @Nullable String model,
        @Nullable String recycles,
        @Nullable Integer models,
        @Nullable Integer maxLength,
        @Nullable Integer limit) {

    private static final int NAME_MAX = 200;

    /** The name, a plain one if none was given. */
    String checkedName() {
        String text = name == null ? "benchmark" : name;
        requirePrintable("name", text);
        return text;
    }

    BenchmarkSettings settings(ModelCatalog catalog, String defaultModel, List<PeerScore> peers) {
        List<InputError> errors = new ArrayList<>();
        BenchmarkSettings settings = new RequestedNetworks(model, recycles, models == null ? null : models.toString())
                .settings(catalog.models(), defaultModel, peers, errors);
        if (!errors.isEmpty()) {
            throw new ProblemException(Problem.INVALID_OPTION, errors.getFirst().message(), errors);
        }
        return settings;
    }

    TargetLimits targetLimits(LimitSettings limits) {
        return new TargetLimits(
                        TargetLimits.DEFAULT.targetsMax(),
                        limits.maxResidues(),
                        Integer.MAX_VALUE,
                        limits.maxAlignmentText().toBytes(),
                        TargetLimits.DEFAULT.sequences(),
                        limits.alignments())
                .choosing(positive("max_length", maxLength), positive("limit", limit));
    }

    private static int positive(String field, @Nullable Integer value) {
        if (value == null) {
            return Integer.MAX_VALUE;
        }
        if (value < 1) {
            throw invalid(field, "'" + value + "'");
        }
        return value;
    }

    static void requirePrintable(String field, String value) {
        if (value.isBlank() || value.length() > NAME_MAX || value.chars().anyMatch(Character::isISOControl)) {
            throw invalid(field, "a text that is blank, too long or has control characters");
        }
    }

    private static ProblemException invalid(String field, String found) {
        String remedy = "Give 1 or more, or 1 to " + NAME_MAX + " printable characters";
        InputError error = InputError.ofField("out-of-range", field, found, remedy);
        return new ProblemException(Problem.INVALID_OPTION, error.message(), List.of(error));
    }
}
