package org.anfinsen.service.submission;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import org.anfinsen.msa.search.Database;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.search.DatabaseSearch.Obstacle;
import org.anfinsen.service.problem.InputError;
import org.jspecify.annotations.Nullable;

/** From the names in a request to databases that can be searched. */
public final class RequestedDatabases {

    /** Code of a fault that is not the caller's. */
    static final String UNAVAILABLE = "database-unavailable";

    static final String FIELD = "databases";

    private static final int NAMES_MAX = 20;

    private final DatabaseSearch databases;
    private final List<String> standard;

    /** @param standard names of the databases for requests that name none */
    public RequestedDatabases(DatabaseSearch databases, List<String> standard) {
        this.databases = databases;
        this.standard = List.copyOf(standard);
    }

    /**
     * What is to be searched.
     *
     * @param plan  null for nothing
     * @param named whether the request itself says so
     */
    record Checked(@Nullable SearchPlan plan, boolean named) {}

    /** What the names mean here; adds what stands in the way to the errors and then plans nothing. */
    Checked check(@Nullable List<String> requested, List<InputError> errors) {
        boolean named = requested != null;
        List<String> names = new ArrayList<>(new LinkedHashSet<>(named ? requested : standard));
        if (names.equals(List.of(Database.NONE)) || names.isEmpty()) {
            return new Checked(null, named);
        }
        if (names.size() > NAMES_MAX) {
            errors.add(InputError.ofField(
                    "out-of-range", FIELD, names.size() + " databases", "Name at most " + NAMES_MAX));
            return new Checked(null, named);
        }
        List<Obstacle> obstacles = databases.obstacles(names);
        obstacles.forEach(obstacle -> errors.add(error(obstacle)));
        return new Checked(obstacles.isEmpty() ? databases.plan(names) : null, named);
    }

    private static InputError error(Obstacle obstacle) {
        return switch (obstacle) {
            case Obstacle.Unknown unknown ->
                InputError.ofField(
                        "unknown-database",
                        FIELD,
                        "there is no database '" + RequestedOptions.shortened(unknown.name()) + "'",
                        unknown.known().isEmpty()
                                ? "None is named here: anfinsen database add"
                                : "Choose of: " + String.join(", ", unknown.known()) + ", or " + Database.NONE);
            case Obstacle.Unavailable unavailable ->
                InputError.ofField(
                        UNAVAILABLE,
                        FIELD,
                        unavailable.name() + ": " + unavailable.failure().message(),
                        "Choose another database, or " + Database.NONE);
        };
    }
}
