package org.anfinsen.db;

import java.util.Map;
import java.util.UUID;
import org.anfinsen.pipeline.job.PredictionState;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Moves jobs from state to state. Each move is one statement that also keeps the times and writes the history. */
final class JobMover {

    private static final String BEGIN = """
            with moved as (
                update predictions set
                    stage_millis = case when state = :state then stage_millis else stage_millis || jsonb_build_object(
                        state, coalesce(cast(stage_millis ->> state as bigint), 0)
                            + greatest(0, cast(extract(epoch from now() - state_since) * 1000 as bigint))) end,
                    state_since = case when state = :state then state_since else now() end,
                    state = :state,
                    event_count = event_count + 1
            """;

    private static final String END = """

                where id = :id
                returning id, event_count, state, cycle, cycles, mean_plddt, change)
            insert into events (job, sequence_number, state, cycle, cycles, mean_plddt, change, detail)
            select id, event_count, state, cycle, cycles, mean_plddt, change, cast(:detail as text) from moved
            """;

    private static final String UNCLAIM =
            ", worker = null, claim_token = null, lease_until = null, lease_millis = null";
    private static final String NO_PROGRESS = ", cycle = null, cycles = null, mean_plddt = null, change = null";
    private static final String FINISH = ", finished = now(), cancel_requested = false" + UNCLAIM;

    private final JdbcClient jdbc;

    JobMover(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** To a worker. */
    void claim(UUID id, UUID token, String worker, long leaseMillis) {
        move(
                id,
                PredictionState.SEARCHING,
                """
                , attempt = attempt + 1, started = coalesce(started, now()), worker = :worker, claim_token = :token,
                lease_millis = :lease, lease_until = now() + :lease * interval '1 millisecond'""" + NO_PROGRESS,
                Map.of("worker", worker, "token", token, "lease", leaseMillis),
                "taken by " + worker);
    }

    /** Back to the queue, where the job has its old place. */
    void queue(UUID id, boolean attemptCounts, String detail) {
        String attempt = attemptCounts ? "" : ", attempt = attempt - 1";
        move(id, PredictionState.QUEUED, attempt + UNCLAIM + NO_PROGRESS, Map.of(), detail);
    }

    /** To the end, with a result that was stored before. */
    void done(UUID id, String contentHash, boolean reused, @Nullable String detail) {
        move(
                id,
                PredictionState.DONE,
                ", result = :result, reused = :reused" + FINISH,
                Map.of("result", contentHash, "reused", reused),
                detail);
    }

    void failed(UUID id, String code, String category, String message) {
        move(
                id,
                PredictionState.FAILED,
                ", failure_code = :code, failure_category = :category, failure_message = :message" + FINISH,
                Map.of("code", code, "category", category, "message", message),
                message);
    }

    void cancelled(UUID id, @Nullable String detail) {
        move(id, PredictionState.CANCELLED, FINISH, Map.of(), detail);
    }

    /** Marks a running job for its worker to see. */
    void requestCancel(UUID id, PredictionState state) {
        move(id, state, ", cancel_requested = true", Map.of(), "asked to cancel");
    }

    /** Forward, within what a worker does. */
    void advance(UUID id, PredictionState state, Map<String, ?> progress) {
        move(id, state, """
                , cycle = cast(:cycle as int), cycles = cast(:cycles as int),
                mean_plddt = cast(:meanPlddt as double precision), change = cast(:change as double precision)""", progress, null);
    }

    private void move(UUID id, PredictionState state, String also, Map<String, ?> parameters, @Nullable String detail) {
        int moved = jdbc.sql(BEGIN + also + END)
                .param("id", id)
                .param("state", state.spelling())
                .param("detail", detail)
                .params(parameters)
                .update();
        if (moved != 1) {
            throw new IllegalStateException("job " + id + " is not there");
        }
    }
}
