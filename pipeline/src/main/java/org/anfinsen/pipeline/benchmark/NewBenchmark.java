package org.anfinsen.pipeline.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * A benchmark as it is asked for, without its targets; see {@link Benchmark}.
 *
 * @param owner  see {@link Benchmark#owner()}
 * @param folder where its report goes, one benchmark a folder; null for the service's own place
 */
public record NewBenchmark(
        @Nullable String owner, String name, @Nullable String folder, String fingerprint, BenchmarkSettings settings) {}
