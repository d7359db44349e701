package org.anfinsen.pipeline.job;

import org.jspecify.annotations.Nullable;

/**
 * How far the network is: one pass of recycling is one cycle.
 *
 * @param cycle     passes finished, 0 to {@code cycles}
 * @param cycles    passes that will be made at most: recycles + 1
 * @param meanPlddt mean pLDDT of the last finished pass, 0-100; null before the first
 * @param change    root mean square change of the C-alpha distances against the pass before, in Å; null before the second
 */
public record PredictionProgress(
        int cycle,
        int cycles,
        @Nullable Double meanPlddt,
        @Nullable Double change) {

    public PredictionProgress {
        if (cycle < 0 || cycle > cycles) {
            throw new IllegalArgumentException("cycle " + cycle + " of " + cycles);
        }
    }
}
