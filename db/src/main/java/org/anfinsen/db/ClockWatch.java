package org.anfinsen.db;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Notices that PostgreSQL's clock was set forward, beside this process's, which nobody sets. Leases have then run out that
 * their holders would have renewed, and are not to be judged until whoever lives has had the time to renew them.
 */
final class ClockWatch {

    /** More than a slow answer explains. */
    private static final Duration JUMP = Duration.ofSeconds(5);

    private @Nullable Instant lastTime;
    private long lastNanos;
    private long judgeFromNanos;

    /**
     * Whether leases may be judged.
     *
     * @param time  PostgreSQL's
     * @param nanos this process's at the same moment, {@code System.nanoTime()}
     * @param lease the longest that is held
     */
    synchronized boolean judges(Instant time, long nanos, Duration lease) {
        if (lastTime == null) {
            judgeFromNanos = nanos;
        } else if (Duration.between(lastTime, time)
                        .minusNanos(nanos - lastNanos)
                        .compareTo(JUMP)
                > 0) {
            judgeFromNanos = nanos + lease.toNanos();
        }
        lastTime = time;
        lastNanos = nanos;
        return nanos - judgeFromNanos >= 0;
    }
}
