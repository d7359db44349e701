package org.anfinsen.msa.search;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.protein.ProteinSequence;

/** Searches several databases, each with its engine, merges what they give, and filters it. */
public final class AlignmentSearch {

    private final Map<EngineKind, SearchEngine> engines = new EnumMap<>(EngineKind.class);
    private final AlignmentFilter filter;

    /**
     * @param filter of the merged rows
     * @throws IllegalArgumentException if two engines are of one kind
     */
    public AlignmentSearch(List<SearchEngine> engines, AlignmentFilter filter) {
        this.filter = filter;
        for (SearchEngine engine : engines) {
            if (this.engines.put(engine.kind(), engine) != null) {
                throw new IllegalArgumentException("two engines of kind " + engine.kind());
            }
        }
    }

    /**
     * A database that was searched, for the record of a job.
     *
     * @param rows what it gave, the query not counted, before all were merged and filtered
     */
    public record Use(
            String database,
            String version,
            String checksum,
            String engine,
            int rows,
            Duration elapsed,
            CacheUse cache) {}

    /** What came of all searches together. */
    public sealed interface Report {
        /**
         * Every search ran to its end.
         *
         * @param alignment the rows of all, in the order of the databases, those that the filter keeps
         * @param uses      the databases in that order
         */
        record Complete(Alignment alignment, List<Use> uses) implements Report {
            public Complete {
                uses = List.copyOf(uses);
            }
        }

        /** One search failed; the others' results are not given, since a prediction from them would differ silently. */
        record Failed(String database, SearchFailure failure) implements Report {}
    }

    /** What would stop a search, for each database that has such a thing, found out without searching. */
    public List<Report.Failed> check(List<Database> databases) throws IOException {
        List<Report.Failed> failed = new ArrayList<>();
        for (Database database : databases) {
            SearchEngine engine = engines.get(database.engine());
            Optional<SearchFailure> failure = engine == null
                    ? Optional.of(
                            new SearchFailure.ProgramMissing(database.engine().code()))
                    : engine.check(database);
            failure.ifPresent(found -> failed.add(new Report.Failed(database.name(), found)));
        }
        return failed;
    }

    /**
     * Searches one database after the other.
     *
     * @throws IOException          if this machine's own files cannot be written or read
     * @throws InterruptedException if the thread is interrupted
     */
    public Report search(ProteinSequence query, List<Database> databases) throws IOException, InterruptedException {
        List<Report.Failed> missing = check(databases);
        if (!missing.isEmpty()) {
            return missing.getFirst();
        }
        List<Alignment> found = new ArrayList<>(List.of(Alignment.ofQuery(query)));
        List<Use> uses = new ArrayList<>();
        for (Database database : databases) {
            SearchEngine engine = engines.get(database.engine());
            SearchOutcome outcome = engine == null
                    ? new SearchOutcome.Failed(
                            new SearchFailure.ProgramMissing(database.engine().code()))
                    : engine.search(query, database);
            switch (outcome) {
                case SearchOutcome.Found result -> {
                    found.add(result.alignment());
                    uses.add(new Use(
                            database.name(),
                            database.version(),
                            database.checksum(),
                            result.engine(),
                            result.alignment().rows() - 1,
                            result.elapsed(),
                            result.cache()));
                }
                case SearchOutcome.Failed failed -> {
                    return new Report.Failed(database.name(), failed.failure());
                }
            }
        }
        return new Report.Complete(filter.apply(Alignment.merged(found)), uses);
    }
}
