package org.anfinsen.pipeline.benchmark;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore;
import org.anfinsen.pipeline.job.PredictionStore.Submitter;
import org.anfinsen.pipeline.job.Ranking;

/**
 * Has a target predicted through the queue of all predictions and waits for it. What was predicted before, by this
 * benchmark or for anybody else, is not predicted again; what was queued before a crash is still queued.
 */
public final class PredictingStage implements Stage {

    private static final Duration POLL_MIN = Duration.ofMillis(50);
    private static final Duration POLL_MAX = Duration.ofSeconds(1);

    private final BenchmarkStore store;
    private final PredictionStore predictions;

    public PredictingStage(BenchmarkStore store, PredictionStore predictions) {
        this.store = store;
        this.predictions = predictions;
    }

    @Override
    public String name() {
        return "predicting";
    }

    @Override
    public TargetState from() {
        return TargetState.ALIGNED;
    }

    @Override
    public void run(UUID benchmark, BenchmarkTarget target, BooleanSupplier stop)
            throws TargetFailedException, StoppedException {
        Benchmark asked =
                store.find(benchmark).orElseThrow(() -> new TargetFailedException("the benchmark was removed"));
        BenchmarkSettings settings = asked.settings();
        // Counted when the benchmark was accepted.
        Submitter submitter = new Submitter(asked.owner(), null, true);
        List<NewPrediction> wanted = settings.networks().stream()
                .flatMap(network ->
                        IntStream.range(0, settings.seeds()).mapToObj(seed -> request(target, network, seed)))
                .toList();
        List<PredictionJob> jobs = new ArrayList<>();
        for (PredictionJob job : submit(benchmark, target.name(), wanted, submitter, stop)) {
            jobs.add(await(job, stop));
        }
        List<RankedPrediction> ranked = Ranking.byMeanPlddt(
                jobs.stream()
                        .filter(job -> job.state() == PredictionState.DONE)
                        .map(PredictingStage::finished)
                        .toList(),
                RankedPrediction::meanPlddt);
        if (ranked.isEmpty()) {
            throw new TargetFailedException(reason(jobs.getFirst()));
        }
        store.predicted(benchmark, target.name(), ranked);
    }

    private static NewPrediction request(BenchmarkTarget target, BenchmarkSettings.Network network, long seed) {
        PredictionOptions.AlignmentSource alignment = target.a3m() == null
                ? PredictionOptions.AlignmentSource.SINGLE_SEQUENCE
                : PredictionOptions.AlignmentSource.SUPPLIED;
        return new NewPrediction(
                target.sequence(),
                target.a3m(),
                new PredictionOptions(network.model(), network.modelSha256(), network.recycles(), seed, alignment),
                List.of());
    }

    /** The jobs of an earlier try if they are not at an end without a result; else new ones. Waits for room in the queue. */
    private List<PredictionJob> submit(
            UUID benchmark, String target, List<NewPrediction> wanted, Submitter submitter, BooleanSupplier stop)
            throws StoppedException {
        int attempt = 1;
        while (true) {
            String key = "benchmark/" + benchmark + "/" + target + "/" + attempt;
            try {
                PredictionStore.Submission submission = predictions.submit(wanted, key, submitter);
                if (!submission.replayed() || submission.jobs().stream().noneMatch(PredictingStage::endedInVain)) {
                    return submission.jobs();
                }
                attempt++;
            } catch (PredictionStore.QueueFullException e) {
                pause(POLL_MAX, stop);
            }
        }
    }

    private static boolean endedInVain(PredictionJob job) {
        return job.state() == PredictionState.FAILED || job.state() == PredictionState.CANCELLED;
    }

    private PredictionJob await(PredictionJob submitted, BooleanSupplier stop)
            throws StoppedException, TargetFailedException {
        PredictionJob job = submitted;
        Duration wait = POLL_MIN;
        while (!job.state().isFinal()) {
            pause(wait, stop);
            wait = wait.multipliedBy(2).compareTo(POLL_MAX) > 0 ? POLL_MAX : wait.multipliedBy(2);
            job = predictions.find(job.id()).orElseThrow(() -> new TargetFailedException("its job was removed"));
        }
        return job;
    }

    private static void pause(Duration wait, BooleanSupplier stop) throws StoppedException {
        LockSupport.parkNanos(wait.toNanos());
        if (stop.getAsBoolean() || Thread.currentThread().isInterrupted()) {
            throw new StoppedException();
        }
    }

    private static RankedPrediction finished(PredictionJob job) {
        Map<String, Object> summary = Objects.requireNonNull(job.summary());
        double plddt = Ranking.meanPlddt(summary);
        long millis = job.stageMillis().entrySet().stream()
                .filter(stage -> !stage.getKey().equals(PredictionState.QUEUED.spelling()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return new RankedPrediction(job.options().model(), job.options().seed(), job.id(), plddt, millis / 1000.0);
    }

    private static String reason(PredictionJob job) {
        PredictionFailure failure = job.failure();
        return failure == null ? "the prediction was cancelled" : failure.code() + ": " + failure.message();
    }
}
