package org.anfinsen.service.submission;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionOptions.AlignmentSource;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.engine.ModelDescription;
import org.anfinsen.service.problem.InputError;
import org.jspecify.annotations.Nullable;

/**
 * The options of a request as they were written; null where the caller left one out.
 *
 * @param model    name of a model package
 * @param recycles a number
 * @param seed     a number
 * @param databases names of databases to search for homologues; {@code none} alone, or an empty list, for none
 * @param templates where templates are looked for
 */
public record RequestedOptions(
        @Nullable String model,
        @Nullable String recycles,
        @Nullable String seed,
        @Nullable List<String> databases,
        RequestedTemplates templates) {

    /** The largest seed: fits the integers of every client. */
    public static final long SEED_MAX = Integer.MAX_VALUE;

    /** None given. */
    public static final RequestedOptions NONE = new RequestedOptions(null, null, null, null);

    /** Options without templates. */
    public RequestedOptions(
            @Nullable String model,
            @Nullable String recycles,
            @Nullable String seed,
            @Nullable List<String> databases) {
        this(model, recycles, seed, databases, RequestedTemplates.NONE);
    }

    /**
     * What the options mean here.
     *
     * @param model    the checked name and what goes with it
     * @param seed     0 to {@link #SEED_MAX}
     * @param search   of those that bring no alignment
     * @param templates null for none
     */
    record Checked(
            CheckedModel model,
            long seed,
            RequestedDatabases.Checked search,
            @Nullable TemplatePlan templates) {

        /** Whether databases were named that an alignment would make useless. */
        boolean searchIsNamed() {
            return search.named() && search.plan() != null;
        }

        PredictionOptions withAlignment() {
            return options(AlignmentSource.SUPPLIED, null);
        }

        PredictionOptions withoutAlignment() {
            return search.plan() == null
                    ? options(AlignmentSource.SINGLE_SEQUENCE, null)
                    : options(AlignmentSource.SEARCHED, search.plan());
        }

        private PredictionOptions options(AlignmentSource alignment, @Nullable SearchPlan plan) {
            return new PredictionOptions(
                    model.name(), model.sha256(), model.recycles(), seed, alignment, plan, templates);
        }
    }

    /**
     * The model that the options mean.
     *
     * @param name     the checked name
     * @param sha256   checksum of its parameters; empty if there is no such model
     * @param recycles 0 to {@link PredictionOptions#RECYCLES_MAX}
     */
    public record CheckedModel(String name, String sha256, int recycles) {}

    /** The names in a text that lists them with commas between; null stays null. */
    public static @Nullable List<String> names(@Nullable String text) {
        return text == null
                ? null
                : Pattern.compile(",")
                        .splitAsStream(text)
                        .map(String::strip)
                        .filter(name -> !name.isEmpty())
                        .toList();
    }

    /** What the options mean; adds every one that is not allowed to the errors and takes 0 in its place. */
    Checked check(
            ModelCatalog models,
            String defaultModel,
            RequestedDatabases known,
            TemplateSearch libraries,
            List<InputError> errors) {
        CheckedModel checkedModel = checkModel(models.models(), defaultModel, errors);
        long checkedSeed = number("seed", seed, 0, SEED_MAX, errors);
        TemplatePlan plan = templates.check(libraries, errors);
        if (plan != null && !checkedModel.sha256().isEmpty() && !models.takesTemplates(checkedModel.name())) {
            errors.add(InputError.ofField(
                    "no-templates",
                    RequestedTemplates.FIELD,
                    "model '" + checkedModel.name() + "' takes no templates",
                    "Choose a model that takes them, or leave " + RequestedTemplates.FIELD + " out"));
        }
        return new Checked(checkedModel, checkedSeed, known.check(databases, errors), plan);
    }

    /** What model and recycles mean; adds each that is not allowed to the errors. */
    public CheckedModel checkModel(List<ModelDescription> models, String defaultModel, List<InputError> errors) {
        String name = model == null ? defaultModel : model;
        Optional<ModelDescription> described =
                models.stream().filter(each -> each.name().equals(name)).findFirst();
        if (described.isEmpty()) {
            errors.add(InputError.ofField(
                    "unknown-model",
                    "model",
                    "there is no model '" + shortened(name) + "'",
                    models.isEmpty()
                            ? "No model package is installed: import one"
                            : "Choose one of: "
                                    + models.stream()
                                            .map(ModelDescription::name)
                                            .collect(Collectors.joining(", "))));
        }
        int defaultRecycles = described
                .map(each -> Math.min(each.recycles(), PredictionOptions.RECYCLES_MAX))
                .orElse(0);
        int checkedRecycles =
                (int) number("recycles", recycles, defaultRecycles, PredictionOptions.RECYCLES_MAX, errors);
        return new CheckedModel(name, described.map(ModelDescription::sha256).orElse(""), checkedRecycles);
    }

    private static long number(
            String option, @Nullable String text, long whenAbsent, long max, List<InputError> errors) {
        if (text == null) {
            return whenAbsent;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value >= 0 && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Not a number, or far too large: the same fault as a number out of range.
        }
        errors.add(InputError.ofField(
                "out-of-range", option, "'" + shortened(text) + "'", "Give a whole number from 0 to " + max));
        return whenAbsent;
    }

    static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
