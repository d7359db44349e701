package org.anfinsen.pipeline.job;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Keeps jobs, their events and their results, and hands them to workers. Everything accepted survives the end of the
 * process at any point. Each method is one transaction.
 *
 * <p>A worker holds a job by a {@link Claim} and a lease that it renews. When the lease has run out, the job goes back to
 * the queue at the next {@link #expireLeases} or {@link #claim}, and whatever the former holder still writes is refused.
 * The store's clock alone decides; a lease that ran out and that nobody collected yet is as good as before.
 *
 * <p>Every method may throw {@link StoreUnavailableException}; whether the transaction took place is then unknown.
 */
public interface PredictionStore {

    /**
     * Accepts all of the predictions or none.
     *
     * <p>A prediction whose result is already there (same content hash) is a finished job from the beginning and takes no
     * room in the queue.
     *
     * @param idempotencyKey a caller's key; a second submission with the same key and the same content answers with the
     *                       jobs of the first, as far as they were not removed, and accepts nothing; null for none
     * @throws IdempotencyConflictException if the key was used for other content
     * @throws QueueFullException           if the queue has no room for all of them
     */
    default Submission submit(List<NewPrediction> predictions, @Nullable String idempotencyKey) {
        return submit(predictions, idempotencyKey, Submitter.ANYONE);
    }

    /**
     * The same for a submitter. Keys of one submitter, and results found by content, are not another's.
     *
     * @throws QuotaExceededException if the submitter has used up today's jobs
     */
    Submission submit(List<NewPrediction> predictions, @Nullable String idempotencyKey, Submitter submitter);

    /**
     * Counts predictions of a submitter's that are accepted now and submitted later, one by one.
     *
     * @throws QuotaExceededException if today's jobs do not suffice; nothing is counted then
     */
    void charge(Submitter submitter, int predictions);

    Optional<PredictionJob> find(UUID id);

    /**
     * Jobs, newest first.
     *
     * @param filter which ones
     * @param offset how many to leave out, from the newest
     * @param limit  how many at the most
     */
    Page list(Filter filter, int offset, int limit);

    /**
     * A queued job is cancelled at once; a running one is marked, and its worker stops at the next chance; a finished one
     * is left alone.
     *
     * @return the job as it is then; empty if there is none
     */
    Optional<PredictionJob> cancel(UUID id);

    /**
     * Removes a job in a final state with its events, and its result if no other job shares it.
     *
     * @return false if there is no such job, or it is not in a final state
     */
    boolean remove(UUID id);

    /** The same for a worker that has no model in memory, or does not tell. */
    default Optional<Claim> claim(String worker, Duration lease) {
        return claim(worker, lease, Set.of());
    }

    /**
     * Takes a job that waits, if any, after collecting leases that ran out. A job whose result is already there (same
     * content hash) is finished here and now; one whose content hash another worker is busy with is passed over.
     *
     * <p>It is the oldest, with two exceptions, so that models are seldom loaded. A job whose model this worker has in
     * memory goes before those that are older by less than a minute. And a job whose model is only in another worker's
     * memory is left to that one for two seconds, if the other one has asked for work a moment ago.
     *
     * @param worker     names the process, for the history
     * @param lease      how long the claim holds unless renewed
     * @param warmModels names of the models that the worker has in memory
     */
    Optional<Claim> claim(String worker, Duration lease, Set<String> warmModels);

    /** Holds on to a claim for another while, and learns whether that still makes sense. */
    ClaimStatus renew(Claim claim, Duration lease);

    /**
     * Records that the job has moved on.
     *
     * @return {@link ClaimStatus#HELD} or {@link ClaimStatus#CANCEL_REQUESTED}
     * @throws ClaimLostException if the claim no longer holds
     */
    ClaimStatus advance(Claim claim, PredictionState state, @Nullable PredictionProgress progress);

    /**
     * Stores the result and finishes the job, in one transaction.
     *
     * @throws ClaimLostException if the claim no longer holds
     */
    void complete(Claim claim, PredictionResult result);

    /**
     * Finishes the job as failed.
     *
     * @throws ClaimLostException if the claim no longer holds
     */
    void fail(Claim claim, PredictionFailure failure);

    /**
     * Finishes the job as cancelled, after its worker has seen {@link ClaimStatus#CANCEL_REQUESTED}.
     *
     * @throws ClaimLostException if the claim no longer holds
     */
    void confirmCancelled(Claim claim);

    /**
     * Gives a job back to the queue, as at a shutdown; this attempt does not count. A job whose cancel was asked for is
     * cancelled instead. Does nothing if the claim no longer holds.
     *
     * @param reason one sentence for the history
     */
    void release(Claim claim, String reason);

    /**
     * Gives a job back to the queue after an attempt that went wrong and that may go better once more; the attempt counts.
     * A job whose cancel was asked for is cancelled instead.
     *
     * @param reason one sentence for the history
     * @throws ClaimLostException if the claim no longer holds
     */
    void retry(Claim claim, String reason);

    /**
     * Collects the leases that ran out: their jobs go back to the queue, are cancelled if that was asked for, or fail with
     * the code {@code worker-lost} if they were taken as often as the store allows.
     *
     * @return how many there were
     */
    int expireLeases();

    /** The bytes of one file of a finished job. */
    Optional<Artifact> artifact(UUID id, String name);

    /** The events of a job after a sequence number (0 for all), oldest first. */
    List<PredictionEvent> events(UUID id, long afterSequenceNumber);

    /** How many jobs are in each state, for health and metrics. */
    Map<PredictionState, Long> counts();

    /**
     * The answer to a submission.
     *
     * @param jobs     in the order of the request
     * @param replayed true if these are the jobs of an earlier submission with the same key
     */
    record Submission(List<PredictionJob> jobs, boolean replayed) {
        public Submission {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * Which jobs to list.
     *
     * @param state only those in this state; null for all
     * @param name  only those whose name contains this, whatever the case; null for all
     * @param ensemble only those of this ensemble; null for all
     * @param owner only this submitter's; null for all
     */
    record Filter(
            @Nullable PredictionState state,
            @Nullable String name,
            @Nullable UUID ensemble,
            @Nullable String owner) {

        /** Those of all submitters. */
        public Filter(@Nullable PredictionState state, @Nullable String name) {
            this(state, name, null, null);
        }
    }

    /**
     * Who submits.
     *
     * @param owner      stable name of the submitter; null where everyone is the same
     * @param jobsPerDay how many predictions it may submit between two midnights (UTC); null for no limit
     * @param charged    true if what is submitted was counted before, by {@link #charge}
     */
    record Submitter(@Nullable String owner, @Nullable Integer jobsPerDay, boolean charged) {
        /** Where everyone is the same. */
        public static final Submitter ANYONE = new Submitter(null, null);

        /** One whose predictions count when they are submitted. */
        public Submitter(@Nullable String owner, @Nullable Integer jobsPerDay) {
            this(owner, jobsPerDay, false);
        }
    }

    /** A page of jobs and how many there are in all. */
    record Page(List<PredictionJob> jobs, long total) {
        public Page {
            jobs = List.copyOf(jobs);
        }
    }

    /**
     * A worker's hold on a job.
     *
     * @param token   tells this hold from an earlier or later one on the same job
     * @param request what is to be done
     * @param attempt 1 for the first worker that takes the job; see {@link PredictionJob#attempt()}
     * @param accepted see {@link PredictionJob#accepted()}
     */
    record Claim(UUID job, UUID token, NewPrediction request, int attempt, Instant accepted) {}

    /** What {@link #renew} found. */
    enum ClaimStatus {
        HELD,
        CANCEL_REQUESTED,
        LOST
    }

    /** The store cannot be reached, or cannot work now; trying again later makes sense. */
    final class StoreUnavailableException extends RuntimeException {
        public StoreUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The lease ran out and the job is no longer this worker's. */
    final class ClaimLostException extends RuntimeException {
        public ClaimLostException(UUID job) {
            super("job " + job + " is no longer held by this worker");
        }
    }

    /** An idempotency key came again with other content. */
    final class IdempotencyConflictException extends RuntimeException {
        public IdempotencyConflictException(String key) {
            super("Idempotency-Key " + key + " was used for another request");
        }
    }

    /** A submitter has used up today's jobs. */
    final class QuotaExceededException extends RuntimeException {
        private final int limit;
        private final Duration untilRenewal;

        /**
         * @param limit        jobs a day
         * @param untilRenewal until the next day begins
         */
        public QuotaExceededException(int limit, Duration untilRenewal) {
            super("the quota of " + limit + " jobs a day is used up");
            this.limit = limit;
            this.untilRenewal = untilRenewal;
        }

        public int limit() {
            return limit;
        }

        public Duration untilRenewal() {
            return untilRenewal;
        }
    }

    /** The queue has no room. */
    final class QueueFullException extends RuntimeException {
        private final int limit;

        public QueueFullException(int limit) {
            super("the queue holds its limit of " + limit + " jobs");
            this.limit = limit;
        }

        public int limit() {
            return limit;
        }
    }
}
