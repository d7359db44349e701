package org.anfinsen.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
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

    /** How much later than the oldest job one may have come that goes before it because its model is in memory. */
    private static final Duration HEAD_START = Duration.ofMinutes(1);

    /** How long a job is left to a worker that has its model in memory. */
    private static final Duration HAND_OVER = Duration.ofSeconds(2);

    /** A worker that has not asked for work for longer is busy, or gone. */
    private static final Duration ASKED = Duration.ofSeconds(10);

    /** The oldest of some that wait and that no other transaction is about to take. */
    private static final String NEXT = """
        select p.id, p.content_hash, p.model, p.accepted from predictions p
        where p.state = 'queued' and %s and not exists (
            select from predictions r where r.claim_token is not null and r.content_hash = p.content_hash)
        order by p.ticket
        for update of p skip locked
        limit 1
        """;

    private static final String NEXT_OF_ALL = NEXT.formatted("""
        (p.model = any(cast(:warm as text[])) or p.state_since < now() - :handOver * interval '1 millisecond' or not exists (
            select from workers w where w.name <> :worker and p.model = any(w.models)
                and w.asked > now() - :recently * interval '1 millisecond'))
        """);
    private static final String NEXT_OF_WARM = NEXT.formatted("p.model = any(cast(:warm as text[]))");

    private final JdbcClient jdbc;
    private final JobMover mover;
    private final Results results;
    private final int attemptsMax;
    private final ClockWatch clock = new ClockWatch();

    Claims(JdbcClient jdbc, JobMover mover, Results results, int attemptsMax) {
        this.jdbc = jdbc;
        this.mover = mover;
        this.results = results;
        this.attemptsMax = attemptsMax;
    }

    Optional<Claim> claim(String worker, Duration lease, Set<String> warmModels) {
        expire();
        announce(worker, warmModels);
        while (true) {
            Optional<Candidate> next = next(worker, warmModels);
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

    /** Lets the other workers know what this one has in memory. */
    private void announce(String worker, Set<String> warmModels) {
        jdbc.sql("delete from workers where asked < now() - interval '1 day'").update();
        jdbc.sql("""
            insert into workers (name, models) values (:worker, cast(:warm as text[]))
            on conflict (name) do update set models = excluded.models, asked = now()
            """).param("worker", worker).param("warm", array(warmModels)).update();
    }

    private Optional<Candidate> next(String worker, Set<String> warmModels) {
        Optional<Candidate> oldest = jdbc.sql(NEXT_OF_ALL)
                .param("warm", array(warmModels))
                .param("worker", worker)
                .param("handOver", HAND_OVER.toMillis())
                .param("recently", ASKED.toMillis())
                .query((rs, rowNumber) -> candidate(rs))
                .optional();
        if (warmModels.isEmpty() || oldest.isEmpty() || warmModels.contains(oldest.get().model)) {
            return oldest;
        }
        Instant latest = oldest.get().accepted.plus(HEAD_START);
        return jdbc.sql(NEXT_OF_WARM)
                .param("warm", array(warmModels))
                .query((rs, rowNumber) -> candidate(rs))
                .optional()
                .filter(warm -> warm.accepted.isBefore(latest))
                .or(() -> oldest);
    }

    private static Candidate candidate(ResultSet rs) throws SQLException {
        return new Candidate(
                rs.getObject("id", UUID.class),
                rs.getString("content_hash"),
                rs.getString("model"),
                JobRow.instant(rs, "accepted"));
    }

    /** As PostgreSQL reads an array. */
    private static String array(Set<String> names) {
        return names.stream()
                .map(name -> '"' + name.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
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
        if (!judgesLeases()) {
            return 0;
        }
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

    private boolean judgesLeases() {
        return jdbc.sql("""
            select clock_timestamp() as time, coalesce(max(lease_millis), 0) as lease
            from predictions where claim_token is not null
            """)
                .query((rs, rowNumber) -> clock.judges(
                        JobRow.instant(rs, "time"), System.nanoTime(), Duration.ofMillis(rs.getLong("lease"))))
                .single();
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
            select name, residues, a3m, model, model_sha256, recycles, seed, alignment, search, templates, notes, ensemble, attempt, accepted
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
                                Json.readStrings(rs.getString("notes")),
                                rs.getObject("ensemble", UUID.class)),
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

    private record Candidate(UUID id, String contentHash, String model, Instant accepted) {
        Candidate {
            Objects.requireNonNull(contentHash);
        }
    }

    private record Held(PredictionState state, boolean cancelRequested, String contentHash) {}

    private record Lost(UUID id, int attempt, boolean cancelRequested, String worker) {}
}
