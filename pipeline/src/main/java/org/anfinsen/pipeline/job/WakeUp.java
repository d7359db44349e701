package org.anfinsen.pipeline.job;

import java.time.Duration;
import java.util.UUID;

/** Lets threads rest until there may be something to do. A signal that comes between a look and a rest is not lost. */
final class WakeUp implements PredictionSignals.Listener {

    private long signals;

    /** To be taken before the look at the store, for {@link #rest}. */
    synchronized long signals() {
        return signals;
    }

    synchronized void signal() {
        signals++;
        notifyAll();
    }

    /** Returns when a signal comes that was not there at the look, or when the time is over. */
    synchronized void rest(long seen, Duration time) throws InterruptedException {
        long deadline = System.nanoTime() + time.toNanos();
        while (signals == seen) {
            long millis = Duration.ofNanos(deadline - System.nanoTime()).toMillis();
            if (millis <= 0) {
                return;
            }
            wait(millis);
        }
    }

    /** A job that waits is a reason to look, and one that ends too, as it may make way for its twin. */
    @Override
    public void changed(UUID job, PredictionState state) {
        if (!state.isRunning()) {
            signal();
        }
    }

    @Override
    public void missed() {
        signal();
    }
}
