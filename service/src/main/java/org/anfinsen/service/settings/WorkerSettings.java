package org.anfinsen.service.settings;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How this process works on jobs: {@code anfinsen.worker.*}.
 *
 * @param enabled     false for a process that accepts jobs and leaves them to others
 * @param concurrency jobs that are predicted at one time; each takes the memory of one prediction
 * @param lease       how long a job stays with a worker that no longer answers
 * @param grace       how long a stop waits for predictions to come to the end of a pass of the network
 */
@ConfigurationProperties("anfinsen.worker")
public record WorkerSettings(
        @DefaultValue("true") boolean enabled,
        @DefaultValue("1") int concurrency,
        @DefaultValue("30s") Duration lease,
        @DefaultValue("10s") Duration grace) {

    private static final int CONCURRENCY_MAX = 64;
    private static final Duration LEASE_MIN = Duration.ofSeconds(1);
    private static final Duration LEASE_MAX = Duration.ofHours(1);

    public WorkerSettings {
        if (concurrency < 1 || concurrency > CONCURRENCY_MAX) {
            throw new IllegalArgumentException(
                    "anfinsen.worker.concurrency is " + concurrency + ", limit 1 to " + CONCURRENCY_MAX);
        }
        if (lease.compareTo(LEASE_MIN) < 0 || lease.compareTo(LEASE_MAX) > 0) {
            throw new IllegalArgumentException(
                    "anfinsen.worker.lease is " + lease + ", limit " + LEASE_MIN + " to " + LEASE_MAX);
        }
    }
}
