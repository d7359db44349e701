package org.anfinsen.pipeline.job;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.anfinsen.pipeline.job.PredictionStore.Claim;
import org.anfinsen.pipeline.job.PredictionStore.ClaimLostException;
import org.anfinsen.pipeline.job.PredictionStore.ClaimStatus;
import org.anfinsen.pipeline.job.PredictionStore.StoreUnavailableException;
import org.anfinsen.pipeline.job.Predictor.PredictionFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** One attempt at one job, from the claim to its end, whichever way it ends. */
final class ClaimedRun implements Predictor.Monitor {

    private static final Logger LOG = LoggerFactory.getLogger(ClaimedRun.class);

    private final PredictionStore store;
    private final Predictor predictor;
    private final Claim claim;
    private final String shutdownReason;
    private final AtomicReference<@Nullable Stop> stop = new AtomicReference<>();
    private final CountDownLatch shutdown = new CountDownLatch(1);

    ClaimedRun(PredictionStore store, Predictor predictor, Claim claim, String shutdownReason) {
        this.store = store;
        this.predictor = predictor;
        this.claim = claim;
        this.shutdownReason = shutdownReason;
    }

    Claim claim() {
        return claim;
    }

    /** Predicts and stores what came of it. Returns when the job is no longer this worker's. */
    void run() {
        MDC.put("job", claim.job().toString());
        try {
            LOG.info(
                    "Job {} ({}), attempt {}",
                    claim.job(),
                    claim.request().sequence().name(),
                    claim.attempt());
            try {
                conclude(attempt());
            } catch (StoppedException e) {
                stopped(e.stop);
            }
        } catch (ClaimLostException e) {
            LOG.warn("Job {} went to another worker", claim.job());
        } finally {
            MDC.remove("job");
        }
    }

    /** Called by the predictor. */
    @Override
    public void reached(PredictionState state, @Nullable PredictionProgress progress) {
        check();
        if (patiently(() -> store.advance(claim, state, progress)) == ClaimStatus.CANCEL_REQUESTED) {
            stop.compareAndSet(null, Stop.CANCEL);
        }
        check();
    }

    @Override
    public boolean sparing() {
        return claim.attempt() > 1;
    }

    /** Called by the scheduler. */
    void renew(Duration lease) {
        try {
            switch (store.renew(claim, lease)) {
                case HELD -> {}
                case CANCEL_REQUESTED -> stop.compareAndSet(null, Stop.CANCEL);
                case LOST -> stop.compareAndSet(null, Stop.LOST);
            }
        } catch (RuntimeException e) {
            LOG.warn("The lease of job {} cannot be renewed: {}", claim.job(), e.getMessage());
        }
    }

    void stopForShutdown() {
        stop.compareAndSet(null, Stop.SHUTDOWN);
        shutdown.countDown();
    }

    /** What to do at the end of the attempt. */
    private Runnable attempt() {
        try {
            PredictionResult result = predictor.predict(claim.request(), this);
            return () -> store.complete(claim, result);
        } catch (PredictionFailedException e) {
            LOG.info("Job {} failed: {}", claim.job(), e.getMessage());
            return () -> store.fail(claim, e.failure());
        } catch (StoppedException | ClaimLostException e) {
            throw e;
        } catch (Predictor.PredictorLostException e) {
            return retryOrFail(e, e.failure());
        } catch (OutOfMemoryError e) {
            return retryOrFail(
                    e,
                    new PredictionFailure(
                            "out-of-memory",
                            PredictionFailure.Category.RESOURCES,
                            claim.request().sequence().length() + " residues need more memory than there is: "
                                    + e.getMessage()));
        } catch (RuntimeException | Error e) {
            return retryOrFail(e, brokenDown(e));
        }
    }

    private Runnable retryOrFail(Throwable cause, PredictionFailure failure) {
        LOG.error("Job {} broke down in attempt {}", claim.job(), claim.attempt(), cause);
        if (claim.attempt() == 1) {
            return () ->
                    store.retry(claim, failure.message() + "; it is tried once more, with as little memory as it can");
        }
        return () -> store.fail(claim, failure);
    }

    /** Tells the store; if it does not take a result, for another reason than an outage, that is the end of it too. */
    private void conclude(Runnable conclusion) {
        try {
            patiently(conclusion);
        } catch (StoppedException | ClaimLostException e) {
            throw e;
        } catch (RuntimeException e) {
            patiently(retryOrFail(e, brokenDown(e)));
        }
    }

    private void stopped(Stop reason) {
        LOG.info("Job {} stops: {}", claim.job(), reason);
        try {
            switch (reason) {
                case CANCEL -> patiently(() -> store.confirmCancelled(claim));
                case SHUTDOWN -> store.release(claim, shutdownReason);
                case LOST -> throw new ClaimLostException(claim.job());
            }
        } catch (StoppedException | StoreUnavailableException e) {
            LOG.warn("Job {} goes back to the queue when its lease runs out: {}", claim.job(), e.getMessage());
        }
    }

    private static PredictionFailure brokenDown(Throwable cause) {
        return new PredictionFailure(
                "internal-error",
                PredictionFailure.Category.INTERNAL,
                "the prediction broke down (" + cause.getClass().getSimpleName()
                        + "); the service's log says more under the job's id");
    }

    /** Called by the predictor. */
    @Override
    public void check() {
        Stop reason = stop.get();
        if (reason != null) {
            throw new StoppedException(reason);
        }
    }

    private void patiently(Runnable work) {
        patiently(() -> {
            work.run();
            return true;
        });
    }

    /** Tries until the store answers, or the worker is to stop. */
    private <T> T patiently(Supplier<T> work) {
        Backoff backoff = new Backoff();
        while (true) {
            try {
                return work.get();
            } catch (StoreUnavailableException e) {
                LOG.warn("Job {} waits for the store: {}", claim.job(), e.getMessage());
                pause(backoff.next());
            }
        }
    }

    private void pause(Duration duration) {
        try {
            if (shutdown.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new StoppedException(Stop.SHUTDOWN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StoppedException(Stop.SHUTDOWN);
        }
    }

    private enum Stop {
        CANCEL,
        LOST,
        SHUTDOWN
    }

    /** Ends a prediction from within its monitor. */
    private static final class StoppedException extends RuntimeException {
        private final Stop stop;

        StoppedException(Stop stop) {
            super("stopped: " + stop, null, false, false);
            this.stop = stop;
        }
    }
}
