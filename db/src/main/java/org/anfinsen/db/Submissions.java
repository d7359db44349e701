package org.anfinsen.db;

import java.nio.charset.StandardCharsets;
import java.sql.Types;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionStore.IdempotencyConflictException;
import org.anfinsen.pipeline.job.PredictionStore.QueueFullException;
import org.anfinsen.pipeline.job.PredictionStore.QuotaExceededException;
import org.anfinsen.pipeline.job.PredictionStore.Submission;
import org.anfinsen.pipeline.job.PredictionStore.Submitter;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.apache.commons.codec.digest.DigestUtils;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The way into the queue. The methods run within a transaction of the caller's. */
final class Submissions {

    /** Submissions come one after another, so that the queue's limit holds and keys are used once. */
    private static final long LOCK = 0x616e66696e73656eL;

    private static final String ACCEPT = """
        with accepted as (
            insert into predictions (owner, name, residues, a3m, model, model_sha256, recycles, seed, alignment, search, templates,
                                     ensemble, content_hash, notes, state, reused, result, finished, event_count)
            values (cast(:owner as text), :name, :residues, cast(:a3m as text), :model, :modelSha256, :recycles, :seed, :alignment,
                    cast(:search as json), cast(:templates as json), :ensemble, :hash,
                    cast(:notes as jsonb), :state, :reused, cast(:result as text),
                    case when :reused then now() end, 1)
            returning id, state)
        , history as (
            insert into events (job, sequence_number, state, detail)
            select id, 1, state, cast(:detail as text) from accepted)
        select id from accepted
        """;

    private final JdbcClient jdbc;
    private final JobReader reader;
    private final Results results;
    private final StoreSettings settings;

    Submissions(JdbcClient jdbc, JobReader reader, Results results, StoreSettings settings) {
        this.jdbc = jdbc;
        this.reader = reader;
        this.results = results;
        this.settings = settings;
    }

    Submission submit(List<NewPrediction> predictions, @Nullable String idempotencyKey, Submitter submitter) {
        List<String> hashes = predictions.stream()
                .map(prediction -> ownHash(prediction.contentHash(), submitter))
                .toList();
        jdbc.sql("select pg_advisory_xact_lock(:lock)").param("lock", LOCK).query(rs -> {});
        String requestHash = requestHash(predictions, hashes);
        if (idempotencyKey != null) {
            List<PredictionJob> earlier = earlier(submitter, idempotencyKey, requestHash);
            if (!earlier.isEmpty()) {
                return new Submission(earlier, true);
            }
        }
        Set<String> reusable = results.held(hashes);
        checkRoom(hashes.stream().filter(hash -> !reusable.contains(hash)).count());
        charge(submitter, predictions.size());
        List<UUID> ids = new ArrayList<>(predictions.size());
        for (int i = 0; i < predictions.size(); i++) {
            ids.add(accept(submitter, predictions.get(i), hashes.get(i), reusable.contains(hashes.get(i))));
        }
        if (idempotencyKey != null) {
            remember(submitter, idempotencyKey, requestHash, ids);
        }
        return new Submission(reader.find(ids), false);
    }

    /** The jobs of an earlier submission with this key; if none is left, the key is free again. */
    private List<PredictionJob> earlier(Submitter submitter, String key, String requestHash) {
        jdbc.sql("delete from idempotency_keys where created < now() - :retention * interval '1 millisecond'")
                .param("retention", settings.idempotencyRetention().toMillis())
                .update();
        Optional<Earlier> earlier = jdbc.sql(
                        "select request_hash, jobs from idempotency_keys where owner = :owner and key = :key")
                .param("owner", keyOwner(submitter))
                .param("key", key)
                .query((rs, rowNumber) -> new Earlier(rs.getString("request_hash"), JobReader.uuids(rs, "jobs")))
                .optional();
        if (earlier.isEmpty()) {
            return List.of();
        }
        if (!earlier.get().requestHash.equals(requestHash)) {
            throw new IdempotencyConflictException(key);
        }
        List<PredictionJob> jobs = reader.find(earlier.get().jobs);
        if (jobs.isEmpty()) {
            jdbc.sql("delete from idempotency_keys where owner = :owner and key = :key")
                    .param("owner", keyOwner(submitter))
                    .param("key", key)
                    .update();
        }
        return jobs;
    }

    private void remember(Submitter submitter, String key, String requestHash, List<UUID> ids) {
        jdbc.sql("""
            insert into idempotency_keys (owner, key, request_hash, jobs)
            values (:owner, :key, :requestHash, cast(:jobs as uuid[]))
            """)
                .param("owner", keyOwner(submitter))
                .param("key", key)
                .param("requestHash", requestHash)
                .param("jobs", JobReader.arrayLiteral(ids))
                .update();
    }

    private void checkRoom(long arriving) {
        long queued = jdbc.sql("select count(*) from predictions where state = 'queued'")
                .query(Long.class)
                .single();
        if (arriving > 0 && queued + arriving > settings.queueMax()) {
            throw new QueueFullException(settings.queueMax());
        }
    }

    private UUID accept(Submitter submitter, NewPrediction prediction, String hash, boolean reused) {
        SearchPlan search = prediction.options().search();
        TemplatePlan templates = prediction.options().templates();
        return jdbc.sql(ACCEPT)
                .param("owner", submitter.owner())
                .param("name", prediction.sequence().name())
                .param("residues", prediction.sequence().residues())
                .param("a3m", prediction.a3m())
                .param("model", prediction.options().model())
                .param("modelSha256", prediction.options().modelSha256())
                .param("recycles", prediction.options().recycles())
                .param("seed", prediction.options().seed())
                .param("alignment", prediction.options().alignment().name().toLowerCase(Locale.ROOT))
                .param("search", search == null ? null : Json.write(search))
                .param("templates", templates == null ? null : Json.write(templates))
                .param("ensemble", prediction.ensemble(), Types.OTHER)
                .param("hash", hash)
                .param("notes", Json.write(prediction.notes()))
                .param("state", reused ? "done" : "queued")
                .param("reused", reused)
                .param("result", reused ? hash : null)
                .param("detail", reused ? Claims.REUSED : null)
                .query(UUID.class)
                .single();
    }

    /** Counts the day's jobs of a submitter, removed ones included. */
    void charge(Submitter submitter, int arriving) {
        if (submitter.owner() == null || submitter.charged()) {
            return;
        }
        long today = jdbc.sql("""
            insert into usage (owner, day, jobs)
            values (:owner, (now() at time zone 'UTC')::date, :jobs)
            on conflict (owner, day) do update set jobs = usage.jobs + excluded.jobs
            returning jobs
            """)
                .param("owner", submitter.owner())
                .param("jobs", arriving)
                .query(Long.class)
                .single();
        if (submitter.jobsPerDay() != null && today > submitter.jobsPerDay()) {
            long seconds = jdbc.sql("""
                select ceil(extract(epoch from date_trunc('day', now() at time zone 'UTC')
                    + interval '1 day' - (now() at time zone 'UTC')))
                """).query(Long.class).single();
            throw new QuotaExceededException(submitter.jobsPerDay(), Duration.ofSeconds(seconds));
        }
    }

    /** A result carries the name that its submitter gave; therefore submitters do not share results. */
    private static String ownHash(String contentHash, Submitter submitter) {
        return submitter.owner() == null
                ? contentHash
                : DigestUtils.sha256Hex(prefixed(submitter.owner()) + contentHash);
    }

    private static String keyOwner(Submitter submitter) {
        return submitter.owner() == null ? "" : submitter.owner();
    }

    private static String requestHash(List<NewPrediction> predictions, List<String> hashes) {
        StringBuilder request = new StringBuilder();
        for (int i = 0; i < hashes.size(); i++) {
            request.append(hashes.get(i))
                    .append(prefixed(predictions.get(i).sequence().name()));
        }
        return DigestUtils.sha256Hex(request.toString());
    }

    /** With its length in bytes before it, so that no two sequences of texts run together to the same. */
    private static String prefixed(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length + ":" + text;
    }

    private record Earlier(String requestHash, List<UUID> jobs) {}
}
