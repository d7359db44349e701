package org.anfinsen.service.web;

import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionSignals;
import org.anfinsen.pipeline.job.PredictionState;
import org.springframework.stereotype.Component;

/** Waits, in the calling (virtual) thread, until a job has ended. */
@Component
final class JobWait {

    private static final Duration LOOK_AGAIN = Duration.ofSeconds(2);

    private final Jobs jobs;
    private final PredictionSignals signals;

    JobWait(Jobs jobs, PredictionSignals signals) {
        this.jobs = jobs;
        this.signals = signals;
    }

    /**
     * The job as it is once it has ended, or after the longest time.
     *
     * @throws org.anfinsen.service.problem.ProblemException if the job was removed meanwhile
     * @throws InterruptedException                          if the service stops
     */
    PredictionJob untilEnded(UUID id, Duration longest) throws InterruptedException {
        Semaphore wake = new Semaphore(0);
        long end = System.nanoTime() + longest.toNanos();
        PredictionSignals.Subscription subscription = signals.subscribe(new Waker(id, wake));
        try {
            PredictionJob job = jobs.require(id);
            while (!job.state().isFinal() && System.nanoTime() < end) {
                if (wake.tryAcquire(LOOK_AGAIN.toMillis(), TimeUnit.MILLISECONDS)) {
                    wake.drainPermits();
                }
                job = jobs.require(id);
            }
            return job;
        } finally {
            subscription.close();
        }
    }

    private record Waker(UUID job, Semaphore wake) implements PredictionSignals.Listener {
        @Override
        public void changed(UUID changed, PredictionState state) {
            if (changed.equals(job) && state.isFinal()) {
                wake.release();
            }
        }

        @Override
        public void missed() {
            wake.release();
        }
    }
}
