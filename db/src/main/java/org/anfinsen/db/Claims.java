package org.anfinsen.db;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore.Claim;
import org.anfinsen.pipeline.job.PredictionStore.ClaimLostException;
import org.anfinsen.pipeline.job.PredictionStore.ClaimStatus;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The queue as workers see it. The methods run within a transaction of the caller's. */
final class Claims {

    static final String REUSED = "has the result of an earlier job with the same input";

    /** The oldest that waits and that no other transaction is about to take. */
    private static final String NEXT = """
        select p.id, p.content_hash from predictions p
        where p.state = 'queued' and not exists (
            select from predictions r where r.claim_token is not null and r.content_hash = p.content_hash)
        order by p.ticket
        for update of p skip locked
        limit 1
        """;

    private final JdbcClient jdbc;
    private final JobMover mover;
    private final Results results;
    private final int attemptsMax;

    Claims(JdbcClient jdbc, JobMover mover, Results results, int attemptsMax) {
        this.jdbc = jdbc;
        this.mover = mover;
        this.results = results;
        this.attemptsMax = attemptsMax;
    }

    Optional<Claim> claim(String worker, Duration lease) {
        expire();
        while (true) {
            Optional<Candidate> next = jdbc.sql(NEXT)
                    .query((rs, rowNumber) ->
                            new Candidate(rs.getObject("id", UUID.class), rs.getString("content_hash")))
                    .optional();
            if (next.isEmpty()) {
                return Optional.empty();
            }
            UUID id = next.get().id;
            String contentHash = next.get().contentHash;
            if (results.holds(contentHash)) {
                mover.done(id, contentHash, true, REUSED);
                continue;
            }
            UUID token = UUID.randomUUID();
            mover.claim(id, token, worker, lease.toMillis());
            // Another worker may have taken and finished a twin since the look. From here on nobody else can.
            if (results.holds(contentHash)) {
                mover.done(id, contentHash, true, REUSED);
                continue;
            }
            return Optional.of(read(id, token));
        }
    }

    ClaimStatus renew(Claim claim, Duration lease) {
        return jdbc.sql("""
            update predictions set lease_millis = :lease, lease_until = now() + :lease * interval '1 millisecond'
            where id = :id and claim_token = :token returning cancel_requested
            """)
                .param("id", claim.job())
                .param("token", claim.token())
                .param("lease", lease.toMillis())
                .query(Boolean.class)
                .optional()
                .map(cancelRequested -> cancelRequested ? ClaimStatus.CANCEL_REQUESTED : ClaimStatus.HELD)
                .orElse(ClaimStatus.LOST);
    }

    ClaimStatus advance(Claim claim, PredictionState state, @Nullable PredictionProgress progress) {
        if (!state.isRunning()) {
            throw new IllegalArgumentException(
                    "a worker cannot bring a job to " + state.spelling() + " by advancing it");
        }
        Held held = hold(claim).orElseThrow(() -> new ClaimLostException(claim.job()));
        if (state.compareTo(held.state) < 0) {
            throw new IllegalArgumentException("job " + claim.job() + " is " + held.state.spelling()
                    + " and cannot go back to " + state.spelling());
        }
        if (state != held.state || progress != null) {
            mover.advance(claim.job(), state, parameters(progress));
        }
        return held.cancelRequested ? ClaimStatus.CANCEL_REQUESTED : ClaimStatus.HELD;
    }

    void complete(Claim claim, PredictionResult result) {
        // The job's own, which tells submitters apart, and not the request's.
        String contentHash = hold(claim).orElseThrow(() -> new ClaimLostException(claim.job())).contentHash;
        results.keep(contentHash, result);
        mover.done(claim.job(), contentHash, false, null);
        List<UUID> alike = jdbc.sql("""
            select id from predictions where state = 'queued' and content_hash = :contentHash
            for update skip locked
            """)
                .param("contentHash", contentHash)
                .query(UUID.class)
                .list();
        for (UUID id : alike) {
            mover.done(id, contentHash, true, REUSED);
        }
    }

    void fail(Claim claim, PredictionFailure failure) {
        if (hold(claim).isEmpty()) {
            throw new ClaimLostException(claim.job());
        }
        fail(claim.job(), failure);
    }

    void confirmCancelled(Claim claim) {
        if (hold(claim).isEmpty()) {
            throw new ClaimLostException(claim.job());
        }
        mover.cancelled(claim.job(), null);
    }

    /** @return false if the claim no longer holds */
    boolean giveBack(Claim claim, boolean attemptCounts, String reason) {
        Optional<Held> held = hold(claim);
        if (held.isEmpty()) {
            return false;
        }
        if (held.get().cancelRequested) {
            mover.cancelled(claim.job(), reason);
        } else {
            mover.queue(claim.job(), attemptCounts, reason);
        }
        return true;
    }

    int expire() {
        cutLeasesOfALaterClock();
        List<Lost> lost = jdbc.sql("""
            select id, attempt, cancel_requested, worker from predictions
            where claim_token is not null and lease_until < now() order by ticket for update skip locked
            """)
                .query((rs, rowNumber) -> new Lost(
                        rs.getObject("id", UUID.class),
                        rs.getInt("attempt"),
                        rs.getBoolean("cancel_requested"),
                        rs.getString("worker")))
                .list();
        for (Lost job : lost) {
            String reason = "worker " + job.worker + " was lost: its lease ran out";
            if (job.cancelRequested) {
                mover.cancelled(job.id, reason);
            } else if (job.attempt >= attemptsMax) {
                fail(
                        job.id,
                        new PredictionFailure(
                                "worker-lost",
                                PredictionFailure.Category.INTERNAL,
                                reason + "; that was attempt " + job.attempt + ", limit " + attemptsMax
                                        + " (attempts-max)"));
            } else {
                mover.queue(job.id, true, reason);
            }
        }
        return lost.size();
    }

    /** The clock was set back since they were given; whoever lives renews them long before they end. */
    private void cutLeasesOfALaterClock() {
        jdbc.sql("""
            update predictions set lease_until = now() + lease_millis * interval '1 millisecond'
            where id in (
                select id from predictions
                where claim_token is not null
                    and lease_until > now() + lease_millis * interval '1 millisecond' + interval '5 seconds'
                for update skip locked)
            """).update();
    }

    private void fail(UUID id, PredictionFailure failure) {
        mover.failed(id, failure.code(), failure.category().name().toLowerCase(Locale.ROOT), failure.message());
    }

    private Optional<Held> hold(Claim claim) {
        return jdbc.sql("""
            select state, cancel_requested, content_hash from predictions
            where id = :id and claim_token = :token for update
            """)
                .param("id", claim.job())
                .param("token", claim.token())
                .query((rs, rowNumber) -> new Held(
                        PredictionState.ofSpelling(rs.getString("state")),
                        rs.getBoolean("cancel_requested"),
                        rs.getString("content_hash")))
                .optional();
    }

    private Claim read(UUID id, UUID token) {
        return jdbc.sql("""
            select name, residues, a3m, model, model_sha256, recycles, seed, alignment, search, templates, notes, attempt, accepted
            from predictions where id = :id
            """)
                .param("id", id)
                .query((rs, rowNumber) -> new Claim(
                        id,
                        token,
                        new NewPrediction(
                                new ProteinSequence(rs.getString("name"), rs.getString("residues")),
                                rs.getString("a3m"),
                                JobRow.options(rs),
                                Json.readStrings(rs.getString("notes"))),
                        rs.getInt("attempt"),
                        JobRow.instant(rs, "accepted")))
                .single();
    }

    private static Map<String, @Nullable Object> parameters(@Nullable PredictionProgress progress) {
        Map<String, @Nullable Object> parameters = new HashMap<>();
        parameters.put("cycle", progress == null ? null : progress.cycle());
        parameters.put("cycles", progress == null ? null : progress.cycles());
        parameters.put("meanPlddt", progress == null ? null : progress.meanPlddt());
        parameters.put("change", progress == null ? null : progress.change());
        return parameters;
    }

    private record Candidate(UUID id, String contentHash) {
        Candidate {
            Objects.requireNonNull(contentHash);
        }
    }

    private record Held(PredictionState state, boolean cancelRequested, String contentHash) {}

    private record Lost(UUID id, int attempt, boolean cancelRequested, String worker) {}
}
