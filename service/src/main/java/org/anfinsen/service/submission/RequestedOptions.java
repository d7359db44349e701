package org.anfinsen.service.submission;

import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionOptions.AlignmentSource;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.problem.InputError;
import org.jspecify.annotations.Nullable;

/**
 * The options of a request as they were written; null where the caller left one out.
 *
 * @param networks what predicts, and how often
 * @param seed     a number: the first prediction's; each further one with the same network has the next
 * @param databases names of databases to search for homologues; {@code none} alone, or an empty list, for none
 * @param templates where templates are looked for
 */
public record RequestedOptions(
        RequestedNetworks networks,
        @Nullable String seed,
        @Nullable List<String> databases,
        RequestedTemplates templates) {

    /** The largest seed: fits the integers of every client. */
    public static final long SEED_MAX = Integer.MAX_VALUE;

    /** None given. */
    public static final RequestedOptions NONE =
            new RequestedOptions(RequestedNetworks.NONE, null, null, RequestedTemplates.NONE);

    /**
     * What the options mean here.
     *
     * @param networks what predicts, and how often
     * @param seed     the first one; the last is at most {@link #SEED_MAX}
     * @param search   of those that bring no alignment
     * @param templates null for none
     */
    record Checked(
            RequestedNetworks.Checked networks,
            long seed,
            RequestedDatabases.Checked search,
            @Nullable TemplatePlan templates) {

        /** Whether databases were named that an alignment would make useless. */
        boolean searchIsNamed() {
            return search.named() && search.plan() != null;
        }

        /** Of each prediction of a chain that brings its alignment. */
        List<PredictionOptions> withAlignment() {
            return options(AlignmentSource.SUPPLIED, null);
        }

        /** Of each prediction of a chain that brings none. */
        List<PredictionOptions> withoutAlignment() {
            return search.plan() == null
                    ? options(AlignmentSource.SINGLE_SEQUENCE, null)
                    : options(AlignmentSource.SEARCHED, search.plan());
        }

        private List<PredictionOptions> options(AlignmentSource alignment, @Nullable SearchPlan plan) {
            return networks.networks().stream()
                    .flatMap(network -> LongStream.range(seed, seed + networks.seeds())
                            .mapToObj(each -> new PredictionOptions(
                                    network.model(),
                                    network.modelSha256(),
                                    network.recycles(),
                                    each,
                                    alignment,
                                    plan,
                                    templates)))
                    .toList();
        }
    }

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
        RequestedNetworks.Checked checked = networks.check(models.models(), defaultModel, errors);
        long checkedSeed = number("seed", seed, 0, 0, SEED_MAX - checked.seeds() + 1, errors);
        TemplatePlan plan = templates.check(libraries, errors);
        if (plan != null) {
            checked.networks().stream()
                    .filter(network -> !network.modelSha256().isEmpty() && !models.takesTemplates(network.model()))
                    .forEach(network -> errors.add(InputError.ofField(
                            "no-templates",
                            RequestedTemplates.FIELD,
                            "model '" + network.model() + "' takes no templates",
                            "Choose a model that takes them, or leave " + RequestedTemplates.FIELD + " out")));
        }
        return new Checked(checked, checkedSeed, known.check(databases, errors), plan);
    }

    /** The number in a text; adds a fault to the errors if it is none, or not within the limits. */
    static long number(
            String option, @Nullable String text, long whenAbsent, long min, long max, List<InputError> errors) {
        if (text == null) {
            return whenAbsent;
        }
        try {
            long value = Long.parseLong(text.strip());
            if (value >= min && value <= max) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Not a number, or far too large: the same fault as a number out of range.
        }
        errors.add(InputError.ofField(
                "out-of-range", option, "'" + shortened(text) + "'", "Give a whole number from " + min + " to " + max));
        return whenAbsent;
    }

    static String shortened(String text) {
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }
}
