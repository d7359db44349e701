package org.anfinsen.msa.search;

import java.time.Duration;

/**
 * How to search.
 *
 * @param eValueMax  largest E-value of a row
 * @param iterations searches with the profile of the rows found so far, the first one included; engines without profiles
 *                   search once
 * @param rowsMax    rows at most, the query not counted
 * @param threads    threads that the engine may use
 * @param timeout    time after which a search is stopped and has failed
 * @throws IllegalArgumentException if one of them is not positive
 */
public record SearchSettings(double eValueMax, int iterations, int rowsMax, int threads, Duration timeout) {

    public SearchSettings {
        if (!(eValueMax > 0) || iterations < 1 || rowsMax < 1 || threads < 1 || !timeout.isPositive()) {
            throw new IllegalArgumentException("E-value " + eValueMax + ", " + iterations + " iterations, " + rowsMax
                    + " rows, " + threads + " threads, " + timeout);
        }
    }

    /** E ≤ 1e-3, three iterations, 10,000 rows, all cores, an hour. */
    public static SearchSettings defaults() {
        return new SearchSettings(1e-3, 3, 10_000, Runtime.getRuntime().availableProcessors(), Duration.ofHours(1));
    }
}
