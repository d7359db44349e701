package org.anfinsen.db;

import java.time.Duration;

/**
 * Limits of the store.
 *
 * @param queueMax             jobs that may wait at a time
 * @param attemptsMax          takes after which a job whose worker was lost is not queued again but fails
 * @param idempotencyRetention how long an idempotency key is remembered
 */
public record StoreSettings(int queueMax, int attemptsMax, Duration idempotencyRetention) {

    /** 10,000 jobs, 3 attempts, one day. */
    public static final StoreSettings DEFAULT = new StoreSettings(10_000, 3, Duration.ofDays(1));

    public StoreSettings {
        if (queueMax < 1) {
            throw new IllegalArgumentException("queue-max " + queueMax + ", at least 1");
        }
        if (attemptsMax < 1) {
            throw new IllegalArgumentException("attempts-max " + attemptsMax + ", at least 1");
        }
        if (!idempotencyRetention.isPositive()) {
            throw new IllegalArgumentException("idempotency-retention " + idempotencyRetention + ", more than 0");
        }
    }
}
