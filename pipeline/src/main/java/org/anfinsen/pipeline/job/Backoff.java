package org.anfinsen.pipeline.job;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** Pauses between tries: each about twice as long as the one before, from 100 ms to 5 s, unlike those of other workers. */
final class Backoff {

    private static final long MILLIS_MIN = 100;
    private static final long MILLIS_MAX = 5000;

    private long millis = MILLIS_MIN;

    Duration next() {
        long pause = ThreadLocalRandom.current().nextLong(millis / 2, millis + 1);
        millis = Math.min(2 * millis, MILLIS_MAX);
        return Duration.ofMillis(pause);
    }

    void succeeded() {
        millis = MILLIS_MIN;
    }
}
