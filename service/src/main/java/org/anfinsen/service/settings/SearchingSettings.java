package org.anfinsen.service.settings;

import java.time.Duration;
import java.util.List;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.msa.search.SearchSettings;
import org.anfinsen.msa.search.colabfold.ColabFoldSettings;
import org.anfinsen.pipeline.search.SearchOptions;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How homologues are searched for: {@code anfinsen.search.*}.
 *
 * @param databases   names of the databases that are searched for requests that name none and bring no alignment; empty for
 *                    none
 * @param eValue      largest E-value of a row
 * @param iterations  rounds of a search with a profile
 * @param maxRows     rows of one search and of the alignment that is used at most, the query not counted
 * @param minCoverage least share of the query that a row covers, 0 to 1
 * @param minIdentity least share of a row's aligned residues that are the query's, 0 to 1
 * @param maxIdentity largest such share; below 1 it keeps a benchmark blind to close relatives
 * @param timeout     time after which a search has failed
 * @param threads     threads of one search; 0 takes all cores
 * @param cache       disk space for alignments of earlier searches; 0B keeps none
 * @param serverMode  what is asked of ColabFold servers
 * @param mmseqs      the program, on PATH or with its path
 * @param hhblits     likewise
 * @param jackhmmer   likewise
 * @param hhsearch    likewise
 */
@ConfigurationProperties("anfinsen.search")
public record SearchingSettings(
        @DefaultValue List<String> databases,
        @DefaultValue("0.001") double eValue,
        @DefaultValue("3") int iterations,
        @DefaultValue("10000") int maxRows,
        @DefaultValue("0") double minCoverage,
        @DefaultValue("0") double minIdentity,
        @DefaultValue("1") double maxIdentity,
        @DefaultValue("30m") Duration timeout,
        @DefaultValue("0") int threads,
        @DefaultValue("1GB") DataSize cache,
        @DefaultValue("env") String serverMode,
        @DefaultValue("mmseqs") String mmseqs,
        @DefaultValue("hhblits") String hhblits,
        @DefaultValue("jackhmmer") String jackhmmer,
        @DefaultValue("hhsearch") String hhsearch) {

    private static final int ROWS_MAX = 100_000;

    public SearchingSettings {
        databases = List.copyOf(databases);
        if (maxRows < 1 || maxRows > ROWS_MAX) {
            throw new IllegalArgumentException("anfinsen.search.max-rows is " + maxRows + ", limit 1 to " + ROWS_MAX);
        }
        if (threads < 0) {
            throw new IllegalArgumentException("anfinsen.search.threads is " + threads + ", must not be negative");
        }
    }

    /** The same for the pipeline. */
    public SearchOptions options() {
        int cores = threads == 0 ? Runtime.getRuntime().availableProcessors() : threads;
        ColabFoldSettings standard = ColabFoldSettings.defaults("anfinsen/" + SoftwareVersion.current());
        return new SearchOptions(
                new SearchSettings(eValue, iterations, maxRows, cores, timeout),
                new ColabFoldSettings(
                        serverMode,
                        standard.userAgent(),
                        standard.requestTimeout(),
                        standard.retries(),
                        standard.pause(),
                        timeout,
                        standard.bytesMax()),
                new AlignmentFilter(minCoverage, minIdentity, maxIdentity, true, maxRows + 1),
                new SearchOptions.Programs(mmseqs, hhblits, jackhmmer, hhsearch),
                cache.toBytes());
    }
}
