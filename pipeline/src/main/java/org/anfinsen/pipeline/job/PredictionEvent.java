package org.anfinsen.pipeline.job;

import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One change of a job, in the order it happened. The events of a job are its history and feed its event stream.
 *
 * @param sequenceNumber grows within a job, from 1
 * @param detail         one sentence for the user, such as the reason why the job went back to the queue; may be null
 */
public record PredictionEvent(
        UUID job,
        long sequenceNumber,
        Instant time,
        PredictionState state,
        @Nullable PredictionProgress progress,
        @Nullable String detail) {}
