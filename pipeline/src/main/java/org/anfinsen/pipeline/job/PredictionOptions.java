package org.anfinsen.pipeline.job;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What a prediction is to be made with; together with the sequence and the alignment it determines the result.
 *
 * @param model     name of a model package that the service has
 * @param modelSha256 checksum of its parameters when the prediction was asked for: a package that is replaced under its
 *                  name gives new results; empty for jobs accepted before it was kept
 * @param recycles  how often the network's output is fed back, 0 to {@value #RECYCLES_MAX}; the network runs once more than this
 * @param seed      seeds the choice of alignment rows; the same seed gives the same result
 * @param alignment where the alignment comes from
 * @param search    what is searched for it; null unless it is searched for
 * @param templates where templates are looked for; null for none
 */
public record PredictionOptions(
        String model,
        String modelSha256,
        int recycles,
        long seed,
        AlignmentSource alignment,
        @Nullable SearchPlan search,
        @Nullable TemplatePlan templates) {

    public static final int RECYCLES_MAX = 48;

    public PredictionOptions {
        Objects.requireNonNull(model, "model");
        Objects.requireNonNull(modelSha256, "modelSha256");
        Objects.requireNonNull(alignment, "alignment");
        if (recycles < 0 || recycles > RECYCLES_MAX) {
            throw new IllegalArgumentException(recycles + " recycles, limit 0 to " + RECYCLES_MAX);
        }
        if ((search != null) != (alignment == AlignmentSource.SEARCHED)) {
            throw new IllegalArgumentException(
                    "alignment " + alignment + (search == null ? " without" : " with") + " a search");
        }
    }

    /** Options of a prediction that searches nothing. */
    public PredictionOptions(String model, String modelSha256, int recycles, long seed, AlignmentSource alignment) {
        this(model, modelSha256, recycles, seed, alignment, null, null);
    }

    /** Where the alignment of a prediction comes from. */
    public enum AlignmentSource {
        /** The query alone. */
        SINGLE_SEQUENCE,
        /** The alignment that came with the request. */
        SUPPLIED,
        /** What a search of databases finds. */
        SEARCHED
    }
}
