package org.anfinsen.pipeline.job;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Where a prediction's templates are looked for, settled when the prediction is accepted: libraries in the state that they
 * had then.
 *
 * @param libraries   at least one, in the order of the search
 * @param dateMax     structures that were released later, or nobody knows when, are left out; null leaves none out
 * @param identityMax largest share of a template's aligned residues that are the query's, 0 to 1
 * @param settings    everything else that changes what is found, as text
 * @throws IllegalArgumentException if there is no library, or the share is not 0 to 1
 */
public record TemplatePlan(
        List<SearchPlan.Target> libraries, @Nullable LocalDate dateMax, double identityMax, String settings) {

    public TemplatePlan {
        Objects.requireNonNull(settings, "settings");
        libraries = List.copyOf(libraries);
        if (libraries.isEmpty()) {
            throw new IllegalArgumentException("templates from no library");
        }
        if (!(identityMax >= 0 && identityMax <= 1)) {
            throw new IllegalArgumentException("identity " + identityMax + ", limit 0 to 1");
        }
    }
}
