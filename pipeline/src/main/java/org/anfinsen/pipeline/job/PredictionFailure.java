package org.anfinsen.pipeline.job;

import java.util.Objects;

/**
 * Why a job failed, for the user.
 *
 * @param code     stable, in kebab case, such as {@code model-unavailable}
 * @param category whose turn it is to mend it
 * @param message  one sentence with the value and the limit
 */
public record PredictionFailure(String code, Category category, String message) {

    public PredictionFailure {
        Objects.requireNonNull(code, "code");
        Objects.requireNonNull(category, "category");
        Objects.requireNonNull(message, "message");
    }

    /** Whose turn it is. */
    public enum Category {
        /** The request must change. */
        CALLER,
        /** A fault of this service. */
        INTERNAL,
        /** Not enough memory, disk or time here. */
        RESOURCES
    }
}
