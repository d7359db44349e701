package org.anfinsen.service.submission;

import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.pipeline.template.TemplateLibrary;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.problem.InputError;
import org.jspecify.annotations.Nullable;

/**
 * What a request says of templates, as it was written; null where the caller left one out.
 *
 * @param libraries   names of template libraries; an empty list for none
 * @param dateMax     a day, {@code 2020-05-14}: structures that were released later are left out
 * @param identityMax a share, 0 to 1
 */
public record RequestedTemplates(
        @Nullable List<String> libraries,
        @Nullable String dateMax,
        @Nullable String identityMax) {

    /** None wanted. */
    public static final RequestedTemplates NONE = new RequestedTemplates(null, null, null);

    static final String FIELD = "templates";
    static final String DATE_FIELD = "max_template_date";
    static final String IDENTITY_FIELD = "max_template_identity";

    private static final int NAMES_MAX = 20;

    /** What this means here; adds every fault to the errors and then plans nothing. */
    @Nullable
    TemplatePlan check(TemplateSearch search, List<InputError> errors) {
        int before = errors.size();
        LocalDate date = date(errors);
        double identity = identity(errors);
        List<String> names = libraries == null ? List.of() : new ArrayList<>(new LinkedHashSet<>(libraries));
        if (names.isEmpty()) {
            if (dateMax != null || identityMax != null) {
                errors.add(InputError.ofField(
                        "no-templates",
                        dateMax != null ? DATE_FIELD : IDENTITY_FIELD,
                        "a limit for templates, and no template library",
                        "Name a library in " + FIELD + ", or leave the limit out"));
            }
            return null;
        }
        if (names.size() > NAMES_MAX) {
            errors.add(InputError.ofField(
                    "out-of-range", FIELD, names.size() + " libraries", "Name at most " + NAMES_MAX));
            return null;
        }
        Set<String> known =
                search.libraries().stream().map(TemplateLibrary::name).collect(Collectors.toSet());
        names.stream().filter(name -> !known.contains(name)).forEach(name -> errors.add(unknown(name, known)));
        return errors.size() > before ? null : search.plan(names, date, identity);
    }

    private static InputError unknown(String name, Set<String> known) {
        return InputError.ofField(
                "unknown-templates",
                FIELD,
                "there is no template library '" + RequestedOptions.shortened(name) + "'",
                known.isEmpty()
                        ? "None is named here: anfinsen templates add"
                        : "Choose of: " + known.stream().sorted().collect(Collectors.joining(", ")));
    }

    private @Nullable LocalDate date(List<InputError> errors) {
        if (dateMax == null) {
            return null;
        }
        try {
            return LocalDate.parse(dateMax.strip());
        } catch (DateTimeParseException e) {
            errors.add(InputError.ofField(
                    "out-of-range",
                    DATE_FIELD,
                    "'" + RequestedOptions.shortened(dateMax) + "'",
                    "Give a day as 2020-05-14"));
            return null;
        }
    }

    private double identity(List<InputError> errors) {
        if (identityMax == null) {
            return 1;
        }
        try {
            double value = Double.parseDouble(identityMax.strip());
            if (value >= 0 && value <= 1) {
                return value;
            }
        } catch (NumberFormatException e) {
            // Not a number: the same fault as a number out of range.
        }
        errors.add(InputError.ofField(
                "out-of-range",
                IDENTITY_FIELD,
                "'" + RequestedOptions.shortened(identityMax) + "'",
                "Give a share from 0 to 1"));
        return 1;
    }
}
