package org.anfinsen.msa.search;

import java.time.Duration;
import org.anfinsen.msa.alignment.Alignment;

/** What came of a search. */
public sealed interface SearchOutcome {

    /**
     * The search ran to its end. It may have found nothing: then the alignment is the query alone.
     *
     * @param alignment row 0 is the query
     * @param engine    program and version, such as {@code mmseqs 14-7e284}
     * @param elapsed   time that it took
     * @param cache     what the cache had to do with it
     */
    record Found(Alignment alignment, String engine, Duration elapsed, CacheUse cache) implements SearchOutcome {

        /** A search that knows of no cache. */
        public Found(Alignment alignment, String engine, Duration elapsed) {
            this(alignment, engine, elapsed, CacheUse.OFF);
        }
    }

    /** There is no alignment. */
    record Failed(SearchFailure failure) implements SearchOutcome {}
}
