package org.anfinsen.service.benchmark;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.anfinsen.pipeline.batch.BenchmarkRunner;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkSettings;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.benchmark.NewBenchmark;
import org.anfinsen.pipeline.benchmark.TargetFolder;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.report.BenchmarkReport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;

/** Accepts benchmarks and runs them one after the other; those that a dead process left are taken up at the start. */
public final class Benchmarks implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(Benchmarks.class);
    private static final int PAGE = 100;

    private final BenchmarkStore store;
    private final PredictionStore predictions;
    private final BenchmarkRunner runner;
    private final BenchmarkReport report;
    private final Path reports;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("benchmark").daemon().factory());

    /** @param reports folder below which the service keeps its reports */
    public Benchmarks(
            BenchmarkStore store,
            PredictionStore predictions,
            BenchmarkRunner runner,
            BenchmarkReport report,
            Path reports) {
        this.store = store;
        this.predictions = predictions;
        this.runner = runner;
        this.report = report;
        this.reports = reports;
    }

    /**
     * Accepts a benchmark. If the folder holds the same one already, that is meant; if it holds another, this takes its
     * place.
     *
     * @param folder where its report goes; null for a new one of the service's own
     */
    public Benchmark accept(String name, Path folder, TargetFolder targets, BenchmarkSettings settings)
            throws IOException {
        String place = folder.toAbsolutePath().normalize().toString();
        NewBenchmark asked = new NewBenchmark(
                null,
                name,
                place,
                targets.fingerprint() + " " + settings.toString().hashCode(),
                settings);
        Optional<Benchmark> earlier = store.findByFolder(place);
        if (earlier.isPresent()) {
            if (earlier.get().fingerprint().equals(asked.fingerprint())) {
                return earlier.get();
            }
            store.remove(earlier.get().id());
        }
        return store.create(asked, targets);
    }

    /**
     * Accepts a benchmark whose report the service keeps. Its predictions count as jobs of today.
     *
     * @throws PredictionStore.QuotaExceededException if today's jobs do not suffice for all of them
     */
    public Benchmark accept(
            String name, TargetFolder targets, BenchmarkSettings settings, PredictionStore.Submitter submitter)
            throws IOException {
        predictions.charge(submitter, targets.size() * settings.models());
        return store.create(new NewBenchmark(submitter.owner(), name, null, targets.fingerprint(), settings), targets);
    }

    /** Runs a benchmark, or runs on, in another thread, after those that were started before. */
    public void start(UUID id) {
        thread.execute(() -> {
            try {
                run(id);
            } catch (RuntimeException e) {
                LOG.error("Benchmark {} ended", id, e);
            }
        });
    }

    /**
     * Runs a benchmark to its end in this thread; one that is at its end gets its report anew.
     *
     * @return how it ended; empty if another process is at it
     */
    public Optional<BatchStatus> run(UUID id) {
        Runnable reporting = () -> report.write(id, folder(id));
        if (status(id).equals(Optional.of(BatchStatus.COMPLETED))) {
            reporting.run();
            return Optional.of(BatchStatus.COMPLETED);
        }
        return runner.run(id, reporting);
    }

    /** How the last run of a benchmark stands. */
    public Optional<BatchStatus> status(UUID id) {
        return runner.status(id);
    }

    /** The folder of a benchmark's report, whether it is written yet or not. */
    public Path folder(UUID id) {
        String chosen = store.find(id).map(Benchmark::folder).orElse(null);
        return chosen == null ? reports.resolve(id.toString()) : Path.of(chosen);
    }

    /** Takes up the service's own benchmarks that are not at their end and were not stopped. */
    public void resume() {
        int offset = 0;
        List<Benchmark> page = store.list(null, offset, PAGE);
        while (!page.isEmpty()) {
            page.stream()
                    .filter(benchmark -> benchmark.folder() == null && !benchmark.stopRequested())
                    .filter(benchmark -> !Objects.equals(status(benchmark.id()).orElse(null), BatchStatus.COMPLETED))
                    .forEach(benchmark -> start(benchmark.id()));
            offset += page.size();
            page = store.list(null, offset, PAGE);
        }
    }

    /** Ends with the process; what is running is taken up at the next start. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
