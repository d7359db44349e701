package org.anfinsen.pipeline.benchmark;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Keeps benchmarks, their targets and what came of them. Each method is one transaction. */
public interface BenchmarkStore {

    /** Accepts a benchmark with all of its targets; they are taken one by one, so that not all are in memory. */
    Benchmark create(NewBenchmark benchmark, Iterable<TargetInput> targets);

    /** The benchmark whose report goes to a folder. */
    Optional<Benchmark> findByFolder(String folder);

    Optional<Benchmark> find(UUID id);

    /**
     * Newest first.
     *
     * @param owner only this submitter's; null for all
     */
    List<Benchmark> list(@Nullable String owner, int offset, int limit);

    /** Asks the workers of a benchmark to stop, or takes that back. */
    void requestStop(UUID id, boolean stop);

    /** Whether the workers of a benchmark are to stop: it was asked for, or the benchmark is gone. */
    boolean isToStop(UUID id);

    /** Removes a benchmark; its predictions stay. */
    boolean remove(UUID id);

    /** How many targets are in each state. */
    Map<TargetState, Integer> counts(UUID id);

    /** Targets by falling cost and name, the order in which they are worked on. */
    List<String> names(UUID id);

    /** Targets by name, without alignments; those after a name, for pages. */
    List<BenchmarkTarget> targets(UUID id, @Nullable String afterName, int limit);

    Optional<BenchmarkTarget> target(UUID id, String name);

    List<NativeDomain> natives(UUID id, String target);

    /**
     * The first target of a share that is in a state: of all targets in the order of {@link #names}, every
     * {@code shares}-th from {@code share} on.
     */
    Optional<BenchmarkTarget> next(UUID id, int share, int shares, TargetState state);

    void aligned(UUID id, String target, AlignmentFigures figures, @Nullable String contacts);

    void predicted(UUID id, String target, List<RankedPrediction> predictions);

    void scored(UUID id, String target, List<DomainScores> scores);

    void failed(UUID id, String target, String stage, String message);

    /**
     * Holds a benchmark for this process, so that no other runs it; the hold ends with the process.
     *
     * @return empty if another process holds it
     */
    Optional<Hold> hold(UUID id);

    /** What {@link #hold} gives; close it to let go. */
    interface Hold extends AutoCloseable {
        @Override
        void close();
    }
}
