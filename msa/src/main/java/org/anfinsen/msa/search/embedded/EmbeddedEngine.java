package org.anfinsen.msa.search.embedded;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.msa.search.Database;
import org.anfinsen.msa.search.EngineKind;
import org.anfinsen.msa.search.SearchEngine;
import org.anfinsen.msa.search.SearchFailure;
import org.anfinsen.msa.search.SearchOutcome;
import org.anfinsen.msa.search.SearchSettings;
import org.anfinsen.protein.ProteinSequence;

/**
 * Searches a FASTA file, compressed or not, in this process. It finds what one round of BLAST finds: there is no profile,
 * so {@link SearchSettings#iterations()} has no effect, and of each sequence the best local alignment only is taken.
 */
public final class EmbeddedEngine implements SearchEngine {

    private static final String NAME = "embedded search 1";

    private final SearchSettings settings;
    private final AlignmentFilter filter;

    /** Rows whose aligned letters an earlier row has as well are dropped. */
    public EmbeddedEngine(SearchSettings settings) {
        this(settings, AlignmentFilter.DUPLICATES);
    }

    /** @param filter of the rows that are found */
    public EmbeddedEngine(SearchSettings settings, AlignmentFilter filter) {
        this.settings = Objects.requireNonNull(settings, "settings");
        this.filter = Objects.requireNonNull(filter, "filter");
    }

    @Override
    public EngineKind kind() {
        return EngineKind.EMBEDDED;
    }

    @Override
    public Optional<SearchFailure> check(Database database) {
        return Files.isRegularFile(database.path())
                ? Optional.empty()
                : Optional.of(new SearchFailure.DatabaseMissing(database.name(), database.location()));
    }

    @Override
    public SearchOutcome search(ProteinSequence query, Database database) throws IOException, InterruptedException {
        Optional<SearchFailure> missing = check(database);
        if (missing.isPresent()) {
            return new SearchOutcome.Failed(missing.get());
        }
        long start = System.nanoTime();
        byte[] codes = codes(query);
        DatabaseScan scan =
                new DatabaseScan(codes, settings, start + settings.timeout().toNanos());
        try {
            List<DatabaseScan.Hit> hits = scan.run(database.path());
            Alignment alignment = aligned(query, codes, hits, scan);
            return new SearchOutcome.Found(alignment, NAME, Duration.ofNanos(System.nanoTime() - start));
        } catch (DatabaseScan.DeadlineException e) {
            return new SearchOutcome.Failed(
                    new SearchFailure.TimedOut("the search of " + database.name(), settings.timeout()));
        }
    }

    private static byte[] codes(ProteinSequence query) {
        byte[] codes = new byte[query.length()];
        for (int i = 0; i < codes.length; i++) {
            codes[i] = (byte) query.at(i).index();
        }
        return codes;
    }

    /** Headers get the score and the E-value behind the name, separated by tabs. */
    private Alignment aligned(ProteinSequence query, byte[] codes, List<DatabaseScan.Hit> hits, DatabaseScan scan) {
        List<String> rows = IntStream.range(0, hits.size())
                .parallel()
                .mapToObj(k -> LocalAligner.align(codes, hits.get(k).entry().codes()))
                .toList();
        AlignmentBuilder builder = new AlignmentBuilder(query);
        for (int k = 0; k < rows.size(); k++) {
            DatabaseScan.Hit hit = hits.get(k);
            String name = String.format(
                    Locale.ROOT, "%s\t%d\t%.3g", hit.entry().name(), hit.score(), scan.eValue(hit.score()));
            builder.add(name, rows.get(k));
        }
        return filter.apply(builder.build());
    }
}
