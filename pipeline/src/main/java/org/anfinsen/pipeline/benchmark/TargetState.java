package org.anfinsen.pipeline.benchmark;

import java.util.Locale;

/** How far a target has come. The last two are final. */
public enum TargetState {
    ACCEPTED,
    ALIGNED,
    PREDICTED,
    SCORED,
    FAILED;

    /** The spelling in JSON and in the database: lower case. */
    public String spelling() {
        return name().toLowerCase(Locale.ROOT);
    }
}
