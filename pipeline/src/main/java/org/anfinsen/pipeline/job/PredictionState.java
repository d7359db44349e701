package org.anfinsen.pipeline.job;

import java.util.Locale;

/**
 * Where a job stands. The order of the constants is the order of the work: a job only moves forward, except that a job
 * whose worker is lost goes back to {@link #QUEUED}. The last three are final.
 */
public enum PredictionState {
    QUEUED,
    SEARCHING,
    FEATURISING,
    PREDICTING,
    WRITING,
    DONE,
    FAILED,
    CANCELLED;

    /** The spelling in JSON and in the database: lower case. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** True for a state that a job never leaves. */
    public boolean isFinal() {
        return switch (this) {
            case QUEUED, SEARCHING, FEATURISING, PREDICTING, WRITING -> false;
            case DONE, FAILED, CANCELLED -> true;
        };
    }

    /** True while a worker holds the job. */
    public boolean isRunning() {
        return switch (this) {
            case SEARCHING, FEATURISING, PREDICTING, WRITING -> true;
            case QUEUED, DONE, FAILED, CANCELLED -> false;
        };
    }

    /** @throws IllegalArgumentException if no state is spelled so */
    public static PredictionState ofSpelling(String spelling) {
        for (PredictionState state : values()) {
            if (state.spelling().equals(spelling)) {
                return state;
            }
        }
        throw new IllegalArgumentException("'" + spelling + "' is no state of a job");
    }
}
