package org.anfinsen.pipeline.benchmark;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A target as it was read.
 *
 * @param name     unique in the benchmark, letters that every file system takes
 * @param residues one-letter codes; empty if the target could not be read
 * @param a3m      its alignment as A3M text, query first; null without one
 * @param natives  what it is scored by; may be empty
 * @param fault    why it cannot be predicted; null if it can
 */
public record TargetInput(
        String name,
        String residues,
        @Nullable String a3m,
        List<NativeDomain> natives,
        @Nullable String fault) {

    public TargetInput {
        natives = List.copyOf(natives);
    }

    /** What its prediction costs relative to that of others. */
    public double cost() {
        int rows = a3m == null
                ? 1
                : (int) a3m.lines().filter(line -> line.startsWith(">")).count();
        return PredictionCost.of(residues.length(), rows);
    }
}
