package org.anfinsen.pipeline.benchmark;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An accepted benchmark.
 *
 * @param owner         who sent it; null where everyone is the same
 * @param name          what its sender calls it
 * @param folder        where its report goes; null for the service's own place
 * @param fingerprint   of its targets and settings: the same again is the same benchmark
 * @param settings      how it is made
 * @param stopRequested whether its workers are to stop
 * @param targets       how many it has
 * @param accepted      when it was accepted
 */
public record Benchmark(
        UUID id,
        @Nullable String owner,
        String name,
        @Nullable String folder,
        String fingerprint,
        BenchmarkSettings settings,
        boolean stopRequested,
        int targets,
        Instant accepted) {}
