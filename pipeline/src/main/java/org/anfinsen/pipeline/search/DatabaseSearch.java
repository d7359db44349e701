package org.anfinsen.pipeline.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.anfinsen.msa.search.AlignmentCache;
import org.anfinsen.msa.search.AlignmentSearch;
import org.anfinsen.msa.search.CachedEngine;
import org.anfinsen.msa.search.Database;
import org.anfinsen.msa.search.DatabaseRegistry;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.msa.search.HhblitsEngine;
import org.anfinsen.msa.search.JackhmmerEngine;
import org.anfinsen.msa.search.MmseqsEngine;
import org.anfinsen.msa.search.SearchEngine;
import org.anfinsen.msa.search.SearchFailure;
import org.anfinsen.msa.search.colabfold.ColabFoldEngine;
import org.anfinsen.msa.search.embedded.EmbeddedEngine;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.job.Predictor.PredictionFailedException;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.protein.ProteinSequence;

/** Searches the databases of this installation, with all engines that there are. Safe for use by several threads. */
public final class DatabaseSearch {

    private final DatabaseRegistry registry;
    private final AlignmentSearch search;
    private final String settings;

    private DatabaseSearch(DatabaseRegistry registry, AlignmentSearch search, String settings) {
        this.registry = registry;
        this.search = search;
        this.settings = settings;
    }

    /**
     * The searches of an installation. Nothing is read yet.
     *
     * @param dataDirectory names of databases are in {@code databases/}, alignments of earlier searches in
     *                      {@code alignments/}, files of running searches in {@code searches/}
     */
    public static DatabaseSearch open(Path dataDirectory, SearchOptions options) {
        Path work = dataDirectory.resolve("searches").toAbsolutePath();
        List<SearchEngine> engines = List.of(
                new MmseqsEngine(options.programs().mmseqs(), options.settings(), work),
                new HhblitsEngine(options.programs().hhblits(), options.settings(), work),
                new JackhmmerEngine(options.programs().jackhmmer(), options.settings(), work),
                new ColabFoldEngine(options.server()),
                new EmbeddedEngine(options.settings()));
        if (options.cacheBytes() > 0) {
            AlignmentCache cache = new AlignmentCache(dataDirectory.resolve("alignments"), options.cacheBytes());
            engines = engines.stream()
                    .<SearchEngine>map(engine -> new CachedEngine(engine, cache, text(engine.kind(), options)))
                    .toList();
        }
        return new DatabaseSearch(
                registry(dataDirectory), new AlignmentSearch(engines, options.filter()), options.text());
    }

    /** The databases that are named in a data directory. */
    public static DatabaseRegistry registry(Path dataDirectory) {
        return new DatabaseRegistry(dataDirectory.resolve("databases"));
    }

    private static String text(EngineKind kind, SearchOptions options) {
        return kind == EngineKind.COLABFOLD ? options.serverText() : options.engineText();
    }

    /** What stands in the way of a search. */
    public sealed interface Obstacle {

        /** No database has this name. */
        record Unknown(String name, List<String> known) implements Obstacle {}

        /** The database, or the program that searches it, is not where it should be. */
        record Unavailable(String name, SearchFailure failure) implements Obstacle {}
    }

    /** All databases, by name. */
    public List<Database> databases() {
        try {
            return registry.list();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Everything that would stop a search of these databases, found out without searching. */
    public List<Obstacle> obstacles(List<String> names) {
        Map<String, Database> known =
                databases().stream().collect(Collectors.toMap(Database::name, Function.identity()));
        List<Obstacle> obstacles = new ArrayList<>();
        List<Database> databases = new ArrayList<>();
        for (String name : names) {
            Database database = known.get(name);
            if (database == null) {
                obstacles.add(new Obstacle.Unknown(
                        name, known.keySet().stream().sorted().toList()));
            } else {
                databases.add(database);
            }
        }
        try {
            for (AlignmentSearch.Report.Failed failed : search.check(databases)) {
                obstacles.add(new Obstacle.Unavailable(failed.database(), failed.failure()));
            }
            for (Database database : databases) {
                if (registry.looksChanged(database)) {
                    obstacles.add(new Obstacle.Unavailable(
                            database.name(), new SearchFailure.DatabaseChanged(database.name())));
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return obstacles;
    }

    /**
     * The plan of a search, with the databases as they are now.
     *
     * @param names at least one
     * @throws IllegalArgumentException if there is no such database
     */
    public SearchPlan plan(List<String> names) {
        Map<String, Database> known =
                databases().stream().collect(Collectors.toMap(Database::name, Function.identity()));
        List<SearchPlan.Target> targets = new ArrayList<>();
        for (String name : names) {
            Database database = known.get(name);
            if (database == null) {
                throw new IllegalArgumentException("there is no database " + name);
            }
            targets.add(target(database));
        }
        return new SearchPlan(targets, settings);
    }

    private static SearchPlan.Target target(Database database) {
        return new SearchPlan.Target(database.name(), database.version(), database.checksum());
    }

    /**
     * Searches, in a thread of its own that is stopped, with the program that it runs, when the monitor throws.
     *
     * @throws PredictionFailedException if a database is no longer what it was when the plan was made, or a search fails
     */
    public AlignmentSearch.Report.Complete run(ProteinSequence query, SearchPlan plan, Predictor.Monitor monitor)
            throws PredictionFailedException {
        try {
            List<Database> databases = databases(plan);
            return switch (new WatchedSearch<>(() -> search.search(query, databases)).run(monitor)) {
                case AlignmentSearch.Report.Complete complete -> complete;
                case AlignmentSearch.Report.Failed failed ->
                    throw new PredictionFailedException(failure(failed.database(), failed.failure()), null);
            };
        } catch (IOException e) {
            throw new PredictionFailedException(
                    new PredictionFailure(
                            "search-failed",
                            PredictionFailure.Category.RESOURCES,
                            "the search cannot read or write this machine's files: " + e.getMessage()),
                    e);
        }
    }

    private List<Database> databases(SearchPlan plan) throws IOException, PredictionFailedException {
        List<Database> databases = new ArrayList<>();
        for (SearchPlan.Target target : plan.databases()) {
            Database database = registry.find(target.name())
                    .filter(found -> target(found).equals(target))
                    .orElseThrow(() -> new PredictionFailedException(
                            new PredictionFailure(
                                    "database-changed",
                                    PredictionFailure.Category.CALLER,
                                    "database " + target.name() + " is no longer version " + target.version()
                                            + " as when the prediction was accepted: submit it again"),
                            null));
            if (registry.looksChanged(database)) {
                throw new PredictionFailedException(
                        failure(database.name(), new SearchFailure.DatabaseChanged(database.name())), null);
            }
            databases.add(database);
        }
        return databases;
    }

    private static PredictionFailure failure(String database, SearchFailure failure) {
        String message = "database " + database + ": " + failure.message();
        return switch (failure) {
            case SearchFailure.ProgramMissing ignored -> internal("database-unavailable", message);
            case SearchFailure.DatabaseMissing ignored -> internal("database-unavailable", message);
            case SearchFailure.DatabaseChanged ignored -> internal("database-changed", message);
            case SearchFailure.ProgramFailed ignored -> internal("search-failed", message);
            case SearchFailure.OutputUnreadable ignored -> internal("search-failed", message);
            case SearchFailure.TimedOut ignored -> resources("search-timed-out", message);
            case SearchFailure.ServerUnreachable ignored -> resources("search-server-failed", message);
            case SearchFailure.ServerRefused ignored -> resources("search-server-failed", message);
        };
    }

    private static PredictionFailure internal(String code, String message) {
        return new PredictionFailure(code, PredictionFailure.Category.INTERNAL, message);
    }

    private static PredictionFailure resources(String code, String message) {
        return new PredictionFailure(code, PredictionFailure.Category.RESOURCES, message);
    }
}
