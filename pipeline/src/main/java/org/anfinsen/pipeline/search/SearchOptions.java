package org.anfinsen.pipeline.search;

import java.util.Locale;
import org.anfinsen.msa.profile.AlignmentFilter;
import org.anfinsen.msa.search.SearchSettings;
import org.anfinsen.msa.search.colabfold.ColabFoldSettings;

/**
 * How databases are searched.
 *
 * @param settings   of the engines on this machine
 * @param server     of ColabFold servers
 * @param filter     of the merged alignment
 * @param programs   where the programs are
 * @param cacheBytes bytes that alignments of earlier searches may take; 0 keeps none
 * @throws IllegalArgumentException if the cache's size is negative
 */
public record SearchOptions(
        SearchSettings settings, ColabFoldSettings server, AlignmentFilter filter, Programs programs, long cacheBytes) {

    public SearchOptions {
        if (cacheBytes < 0) {
            throw new IllegalArgumentException("a cache of " + cacheBytes + " bytes");
        }
    }

    /** Names to be looked for on PATH, or absolute paths. */
    public record Programs(String mmseqs, String hhblits, String jackhmmer, String hhsearch) {}

    /** What changes the hits of the engines on this machine. */
    String engineText() {
        return String.format(
                Locale.ROOT,
                "E <= %s, %d iterations, %d rows",
                settings.eValueMax(),
                settings.iterations(),
                settings.rowsMax());
    }

    /** What changes the hits of a server. */
    String serverText() {
        return "mode " + server.mode();
    }

    /** What changes the alignment that comes out, whichever the engines. */
    String text() {
        return String.format(
                Locale.ROOT,
                "%s; %s; coverage >= %s, identity %s to %s, %d rows",
                engineText(),
                serverText(),
                filter.coverageMin(),
                filter.identityMin(),
                filter.identityMax(),
                filter.rowsMax());
    }
}
