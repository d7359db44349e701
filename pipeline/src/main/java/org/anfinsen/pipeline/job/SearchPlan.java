package org.anfinsen.pipeline.job;

import java.util.List;
import java.util.Objects;

/**
 * What is searched for a prediction's alignment, settled when the prediction is accepted: databases in the state that they
 * had then.
 *
 * @param databases at least one, in the order of the search
 * @param settings  everything else that changes what is found, as text
 * @throws IllegalArgumentException if there is no database
 */
public record SearchPlan(List<Target> databases, String settings) {

    public SearchPlan {
        Objects.requireNonNull(settings, "settings");
        databases = List.copyOf(databases);
        if (databases.isEmpty()) {
            throw new IllegalArgumentException("a search without a database");
        }
    }

    /**
     * A database in one state.
     *
     * @param name     what its owner named it
     * @param version  what its owner calls this state
     * @param checksum SHA-256 of its files, hexadecimal; empty for a server
     */
    public record Target(String name, String version, String checksum) {

        public Target {
            Objects.requireNonNull(name, "name");
            Objects.requireNonNull(version, "version");
            Objects.requireNonNull(checksum, "checksum");
        }
    }
}
