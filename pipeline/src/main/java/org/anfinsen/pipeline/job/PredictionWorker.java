package org.anfinsen.pipeline.job;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.anfinsen.pipeline.job.PredictionStore.Claim;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes jobs from the store and has them predicted, each in a thread of its own. The leases are renewed from another
 * thread while the network runs. When the store cannot be reached, running predictions wait at their next stage or pass of
 * the network until it answers, and learn then whether the job is still theirs.
 */
public final class PredictionWorker implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(PredictionWorker.class);
    private static final String SHUTDOWN = "the service was stopped; the job waits for its restart";

    private final PredictionStore store;
    private final PredictionSignals signals;
    private final Predictor predictor;
    private final Settings settings;
    private final Set<ClaimedRun> running = ConcurrentHashMap.newKeySet();
    private final List<Thread> threads = new ArrayList<>();
    private final WakeUp wakeUp = new WakeUp();
    private final ScheduledExecutorService scheduler;
    private PredictionSignals.@Nullable Subscription subscription;
    private @Nullable ScheduledFuture<?> leases;
    private volatile boolean stopping;

    /**
     * How a worker works.
     *
     * @param name          names the process in the history of its jobs
     * @param threads       predictions at a time
     * @param lease         how long a job stays taken after its worker has died; renewed three times as often
     * @param pollInterval  how often the queue is looked at without a signal
     * @param shutdownGrace how long {@link #close} waits for predictions to come to their next pass of the network
     */
    public record Settings(String name, int threads, Duration lease, Duration pollInterval, Duration shutdownGrace) {

        public Settings {
            if (threads < 1) {
                throw new IllegalArgumentException(threads + " worker threads, at least 1");
            }
            if (lease.compareTo(Duration.ofMillis(100)) < 0) {
                throw new IllegalArgumentException("lease " + lease + ", at least 100 ms");
            }
            if (!pollInterval.isPositive()) {
                throw new IllegalArgumentException("poll interval " + pollInterval + ", more than 0");
            }
        }

        /** One thread, a lease of 30 seconds, a look at the queue every 5 seconds, 10 seconds to stop. */
        public static Settings named(String name) {
            return new Settings(name, 1, Duration.ofSeconds(30), Duration.ofSeconds(5), Duration.ofSeconds(10));
        }
    }

    /** Makes a worker that does nothing before {@link #start}. */
    public PredictionWorker(PredictionStore store, PredictionSignals signals, Predictor predictor, Settings settings) {
        this.store = store;
        this.signals = signals;
        this.predictor = predictor;
        this.settings = settings;
        this.scheduler = Executors.newSingleThreadScheduledExecutor(
                task -> Thread.ofPlatform().daemon().name("prediction-lease").unstarted(task));
    }

    /** Begins to take jobs. To be called once. */
    public void start() {
        subscription = signals.subscribe(wakeUp);
        for (int i = 1; i <= settings.threads(); i++) {
            threads.add(
                    Thread.ofPlatform().daemon().name("prediction-worker-" + i).start(this::work));
        }
        long renewalMillis = settings.lease().toMillis() / 3;
        leases =
                scheduler.scheduleWithFixedDelay(this::keepLeases, renewalMillis, renewalMillis, TimeUnit.MILLISECONDS);
    }

    /** How many predictions run now. */
    public int running() {
        return running.size();
    }

    /** Takes no more jobs, and gives those that run back to the queue. */
    @Override
    public void close() {
        stopping = true;
        wakeUp.signal();
        running.forEach(ClaimedRun::stopForShutdown);
        try {
            awaitThreads();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        // Whatever a thread that is still within the network writes later is refused.
        for (ClaimedRun run : running) {
            giveBack(run.claim());
        }
        if (leases != null) {
            leases.cancel(false);
        }
        scheduler.shutdown();
        if (subscription != null) {
            subscription.close();
        }
    }

    private void awaitThreads() throws InterruptedException {
        long deadline = System.nanoTime() + settings.shutdownGrace().toNanos();
        for (Thread thread : threads) {
            thread.join(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())));
        }
    }

    private void work() {
        Backoff backoff = new Backoff();
        try {
            while (!stopping) {
                long seen = wakeUp.signals();
                try {
                    Optional<Claim> claim = store.claim(settings.name(), settings.lease(), predictor.warmModels());
                    backoff.succeeded();
                    if (claim.isPresent()) {
                        run(claim.get());
                    } else {
                        wakeUp.rest(seen, settings.pollInterval());
                    }
                } catch (StoreUnavailableException e) {
                    LOG.warn("No work without the store: {}", e.getMessage());
                    wakeUp.rest(seen, backoff.next());
                } catch (RuntimeException | OutOfMemoryError e) {
                    LOG.error("A worker thread met a fault of ours and goes on", e);
                    wakeUp.rest(seen, backoff.next());
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run(Claim claim) {
        ClaimedRun run = new ClaimedRun(store, predictor, claim, SHUTDOWN);
        running.add(run);
        try {
            if (stopping) {
                run.stopForShutdown();
            }
            run.run();
        } finally {
            running.remove(run);
        }
    }

    private void keepLeases() {
        try {
            for (ClaimedRun run : running) {
                run.renew(settings.lease());
            }
            store.expireLeases();
        } catch (RuntimeException | OutOfMemoryError e) {
            // Thrown on, it would end the schedule.
            LOG.warn("Leases cannot be kept: {}", e.getMessage());
        }
    }

    private void giveBack(Claim claim) {
        try {
            store.release(claim, SHUTDOWN);
        } catch (RuntimeException e) {
            LOG.warn("Job {} goes back to the queue when its lease runs out: {}", claim.job(), e.getMessage());
        }
    }
}
