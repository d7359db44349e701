package org.anfinsen.service.webhook;

import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.anfinsen.db.webhook.Webhooks;
import org.anfinsen.pipeline.benchmark.Benchmark;
import org.anfinsen.pipeline.benchmark.BenchmarkStore;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.anfinsen.service.benchmark.Benchmarks;
import org.anfinsen.service.settings.WebhookSettings;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.batch.core.BatchStatus;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends each message when what it waits for has ended, and again until it arrives. It looks at the database for both, so
 * that a message is neither lost with a process nor bound to one; a message may come twice, under the same id.
 */
public final class WebhookDispatcher implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(WebhookDispatcher.class);
    private static final Duration INTERVAL = Duration.ofSeconds(1);
    private static final double RETRY_SECONDS_MAX = 12 * 3600.0;
    private static final Duration RETENTION = Duration.ofDays(30);
    private static final int PARALLEL = 8;
    private static final int GROWTH = 3;

    private final Webhooks webhooks;
    private final Benchmarks benchmarks;
    private final BenchmarkStore benchmarkStore;
    private final WebhookSettings settings;
    private final WebhookSender sender;
    private final JsonMapper json = JsonMapper.builder().build();
    private final List<Future<?>> tasks = new ArrayList<>();
    private final Semaphore free = new Semaphore(PARALLEL);
    private final ExecutorService sending = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhooks").factory());

    public WebhookDispatcher(
            Webhooks webhooks, Benchmarks benchmarks, BenchmarkStore benchmarkStore, WebhookSettings settings) {
        this.webhooks = webhooks;
        this.benchmarks = benchmarks;
        this.benchmarkStore = benchmarkStore;
        this.settings = settings;
        this.sender = new WebhookSender(settings);
    }

    /**
     * Reads an address that came with a submission.
     *
     * @throws org.anfinsen.service.problem.ProblemException if no message may be sent to it
     */
    public URI address(String text) {
        return WebhookAddress.parse(text, settings.privateAddresses());
    }

    /** Has a message sent when a benchmark is done or has failed; answers with the secret that it will be signed with. */
    public String onBenchmark(URI url, UUID benchmark) {
        return WebhookSignature.spelling(webhooks.onBenchmark(url, benchmark).secret());
    }

    /** Has a message sent when all jobs have ended; answers with the secret that it will be signed with. */
    public String onJobs(URI url, List<UUID> jobs) {
        return WebhookSignature.spelling(webhooks.onJobs(url, jobs).secret());
    }

    /** Begins to send. To be called once. */
    public void start() {
        tasks.add(
                clock.scheduleWithFixedDelay(() -> guarded(this::look), 0, INTERVAL.toMillis(), TimeUnit.MILLISECONDS));
        tasks.add(clock.scheduleWithFixedDelay(
                () -> guarded(() -> webhooks.removeEnded(RETENTION)), 1, 24, TimeUnit.HOURS));
    }

    private void look() {
        webhooks.waitingForBenchmarks().forEach(this::endOfBenchmark);
        webhooks.withEndedJobs()
                .forEach(waiting -> webhooks.due(waiting.id(), body("predictions.ended", jobs(waiting))));
        sendDue();
    }

    private static void guarded(Runnable work) {
        try {
            work.run();
        } catch (StoreUnavailableException e) {
            LOG.warn("Webhooks wait for the store: {}", e.getMessage());
        } catch (RuntimeException e) {
            LOG.error("Webhooks met a fault of ours and go on", e);
        }
    }

    private void endOfBenchmark(Webhooks.OfBenchmark waiting) {
        Optional<BatchStatus> status = benchmarks.status(waiting.benchmark());
        boolean done = status.equals(Optional.of(BatchStatus.COMPLETED));
        if (done || status.equals(Optional.of(BatchStatus.FAILED))) {
            benchmarkStore
                    .find(waiting.benchmark())
                    .ifPresent(ended -> webhooks.due(
                            waiting.id(), body(done ? "benchmark.done" : "benchmark.failed", describe(ended))));
        }
    }

    private Map<String, Object> describe(Benchmark ended) {
        Map<String, Object> counts = new LinkedHashMap<>();
        benchmarkStore.counts(ended.id()).forEach((state, count) -> counts.put(state.spelling(), count));
        return Map.of(
                "id", ended.id(), "name", ended.name(), "targets", counts, "address", "/v1/benchmarks/" + ended.id());
    }

    private Map<String, Object> jobs(Webhooks.OfJobs waiting) {
        return Map.of(
                "jobs", waiting.jobs().stream().map(WebhookDispatcher::describe).toList());
    }

    private static Map<String, Object> describe(Webhooks.EndedJob job) {
        return Map.of(
                "id", job.id(),
                "name", job.name(),
                "state", job.state(),
                "address", "/v1/predictions/" + job.id());
    }

    private String body(String type, Map<String, Object> data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("timestamp", Instant.now().toString());
        body.put("data", data);
        return json.writeValueAsString(body);
    }

    /** As many at a time as there is room for; a try that its process does not survive is made again after the hold. */
    private void sendDue() {
        Duration hold = settings.timeout().multipliedBy(4);
        while (free.tryAcquire()) {
            Optional<Webhooks.Delivery> message = webhooks.next(hold);
            if (message.isEmpty()) {
                free.release();
                return;
            }
            sending.execute(() -> {
                try {
                    send(message.get());
                } catch (StoreUnavailableException e) {
                    LOG.warn("Webhook {} is sent again later: {}", message.get().id(), e.getMessage());
                } finally {
                    free.release();
                }
            });
        }
    }

    private void send(Webhooks.Delivery message) {
        WebhookSender.Outcome outcome = sender.send(message);
        String text = outcome.text();
        switch (outcome) {
            case WebhookSender.Outcome.Delivered delivered -> webhooks.delivered(message.id(), text);
            case WebhookSender.Outcome.Unwanted unwanted -> webhooks.abandoned(message.id(), text);
            case WebhookSender.Outcome.Failed failed -> {
                if (message.tries() >= settings.tries()) {
                    LOG.warn("Webhook {} is given up after {} tries: {}", message.id(), message.tries(), text);
                    webhooks.abandoned(message.id(), text);
                } else {
                    webhooks.tryAgain(message.id(), text, pause(message.tries(), settings.firstRetry()));
                }
            }
        }
    }

    /** Three times as long after each try, give or take a tenth, so that what failed together does not come together. */
    static Duration pause(int tries, Duration first) {
        double seconds = first.toMillis() / 1000.0 * Math.pow(GROWTH, tries - 1.0);
        double jitter = ThreadLocalRandom.current().nextDouble(0.9, 1.1);
        return Duration.ofMillis(Math.round(1000 * Math.min(seconds, RETRY_SECONDS_MAX) * jitter));
    }

    /** What is due stays due. */
    @Override
    public void close() {
        tasks.forEach(task -> task.cancel(false));
        clock.shutdownNow();
        sending.shutdownNow();
        sender.close();
    }
}
