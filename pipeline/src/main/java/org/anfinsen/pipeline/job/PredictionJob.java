package org.anfinsen.pipeline.job;

import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/**
 * An accepted prediction as the store knows it at one moment.
 *
 * @param id               its name in URLs; sorts by time of acceptance (UUID version 7)
 * @param owner            who submitted it; null if anyone may see it
 * @param sequence         the query
 * @param options          what it is made with
 * @param contentHash      see {@link NewPrediction#contentHash()}
 * @param notes            what was normalised in the input
 * @param state            where it stands
 * @param progress         passes of the network; null before the first stage that knows
 * @param queuePosition    jobs that will be taken before it, plus one; null unless queued
 * @param attempt          how often a worker has taken it, without the takes that were given back at a shutdown
 * @param reused           true if the result is that of an earlier job with the same content hash
 * @param cancelRequested  true once a cancel was asked for and the worker has not yet stopped
 * @param accepted         when it was accepted
 * @param started          when a worker first took it; null before
 * @param finished         when it reached a final state; null before
 * @param stageMillis      how long each stage that was left took, by the state's spelling and in the order of the states, in
 *                         milliseconds, summed over the attempts; {@code queued} is the wait
 * @param summary          see {@link PredictionResult#summary()}; null unless done
 * @param artifacts        the files, without their bytes; empty unless done
 * @param failure          why it failed; null unless failed
 * @param ensemble         what it is ranked with; null if it stands alone
 */
public record PredictionJob(
        UUID id,
        @Nullable String owner,
        ProteinSequence sequence,
        PredictionOptions options,
        String contentHash,
        List<String> notes,
        PredictionState state,
        @Nullable PredictionProgress progress,
        @Nullable Integer queuePosition,
        int attempt,
        boolean reused,
        boolean cancelRequested,
        Instant accepted,
        @Nullable Instant started,
        @Nullable Instant finished,
        Map<String, Long> stageMillis,
        @Nullable Map<String, Object> summary,
        List<Artifact.Description> artifacts,
        @Nullable PredictionFailure failure,
        @Nullable Ensemble ensemble) {

    public PredictionJob {
        notes = List.copyOf(notes);
        stageMillis = Collections.unmodifiableMap(new LinkedHashMap<>(stageMillis));
        summary = summary == null ? null : Collections.unmodifiableMap(new LinkedHashMap<>(summary));
        artifacts = List.copyOf(artifacts);
    }
}
