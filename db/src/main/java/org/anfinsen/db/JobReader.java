package org.anfinsen.db;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.anfinsen.pipeline.job.Artifact;
import org.anfinsen.pipeline.job.PredictionEvent;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.PredictionStore.Filter;
import org.anfinsen.pipeline.job.PredictionStore.Page;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads jobs, their histories and their files. */
final class JobReader {

    private static final String COLUMNS = """
        p.id, p.owner, p.name, p.residues, p.model, p.model_sha256, p.recycles, p.seed, p.alignment, p.search, p.templates, p.content_hash,
        p.notes, p.state, p.cycle, p.cycles, p.mean_plddt, p.change, p.attempt, p.reused, p.cancel_requested, p.accepted, p.started,
        p.finished, p.stage_millis, p.failure_code, p.failure_category, p.failure_message, r.summary,
        (select json_agg(json_build_object('name', a.name, 'mediaType', a.media_type, 'size', a.size,
                                           'sha256', a.sha256) order by a.position)
         from artifacts a where a.content_hash = p.result) as artifacts,
        p.ensemble,
        (select json_agg(json_build_object('job', m.id, 'state', m.state, 'meanPlddt', mr.summary -> 'mean_plddt')
                         order by m.ticket)
         from predictions m left join results mr on mr.content_hash = m.result
         where m.ensemble = p.ensemble) as members
        """;

    private static final String FROM = " from predictions p left join results r on r.content_hash = p.result ";

    /** The place in the queue of one job is counted. */
    private static final String JOB = "select " + COLUMNS + """
        , case when p.state = 'queued' then
            (select count(*) from predictions q where q.state = 'queued' and q.ticket <= p.ticket) end as queue_position
        """ + FROM;

    /** Of many jobs: those before the first of them are counted once, and only what lies between them is numbered. */
    private static final String PLACES = """
        with ends as materialized (
            select min(ticket) as first, max(ticket) as last
            from predictions where state = 'queued' and id = any(cast(:ids as uuid[]))),
        before as materialized (
            select count(*) as jobs from predictions
            where state = 'queued' and ticket < (select first from ends)),
        places as materialized (
            select id, (select jobs from before) + row_number() over (order by ticket) as place from predictions
            where state = 'queued' and ticket between (select first from ends) and (select last from ends))
        """;

    private static final String JOBS = PLACES + "select " + COLUMNS
            + ", (select place from places where places.id = p.id) as queue_position" + FROM;

    private static final String FILTER = """
        where (cast(:state as text) is null or p.state = :state)
          and (cast(:name as text) is null or position(lower(:name) in lower(p.name)) > 0)
          and (cast(:ensemble as uuid) is null or p.ensemble = :ensemble)
          and (cast(:owner as text) is null or p.owner = :owner)
        """;

    private final JdbcClient jdbc;

    JobReader(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Optional<PredictionJob> find(UUID id) {
        return jdbc.sql(JOB + "where p.id = :id")
                .param("id", id)
                .query(JobRow::job)
                .optional();
    }

    /** Those of the jobs that there are, in the order of the ids. */
    List<PredictionJob> find(List<UUID> ids) {
        List<PredictionJob> rows = jdbc.sql(JOBS + "where p.id = any(cast(:ids as uuid[]))")
                .param("ids", arrayLiteral(ids))
                .query(JobRow::job)
                .list();
        Map<UUID, PredictionJob> byId = new HashMap<>();
        for (PredictionJob job : rows) {
            byId.put(job.id(), job);
        }
        List<PredictionJob> ordered = new ArrayList<>(ids.size());
        for (UUID id : ids) {
            PredictionJob job = byId.get(id);
            if (job != null) {
                ordered.add(job);
            }
        }
        return ordered;
    }

    Page list(Filter filter, int offset, int limit) {
        String state = filter.state() == null ? null : filter.state().spelling();
        List<UUID> ids = jdbc.sql("select p.id from predictions p " + FILTER
                        + "order by p.ticket desc offset :offset limit :limit")
                .param("state", state)
                .param("name", filter.name())
                .param("ensemble", filter.ensemble(), Types.OTHER)
                .param("owner", filter.owner())
                .param("offset", offset)
                .param("limit", limit)
                .query(UUID.class)
                .list();
        long total = jdbc.sql("select count(*) from predictions p " + FILTER)
                .param("state", state)
                .param("name", filter.name())
                .param("ensemble", filter.ensemble(), Types.OTHER)
                .param("owner", filter.owner())
                .query(Long.class)
                .single();
        return new Page(find(ids), total);
    }

    List<PredictionEvent> events(UUID id, long afterSequenceNumber) {
        return jdbc.sql("""
            select sequence_number, time, state, cycle, cycles, mean_plddt, change, detail
            from events where job = :id and sequence_number > :after order by sequence_number
            """)
                .param("id", id)
                .param("after", afterSequenceNumber)
                .query((rs, rowNumber) -> new PredictionEvent(
                        id,
                        rs.getLong("sequence_number"),
                        JobRow.instant(rs, "time"),
                        PredictionState.ofSpelling(rs.getString("state")),
                        JobRow.progress(rs),
                        rs.getString("detail")))
                .list();
    }

    Optional<Artifact> artifact(UUID id, String name) {
        return jdbc.sql("""
            select a.name, a.media_type, a.content
            from predictions p join artifacts a on a.content_hash = p.result
            where p.id = :id and a.name = :name
            """)
                .param("id", id)
                .param("name", name)
                .query((rs, rowNumber) ->
                        new Artifact(rs.getString("name"), rs.getString("media_type"), rs.getBytes("content")))
                .optional();
    }

    Map<PredictionState, Long> counts() {
        Map<PredictionState, Long> counts = new EnumMap<>(PredictionState.class);
        for (PredictionState state : PredictionState.values()) {
            counts.put(state, 0L);
        }
        jdbc.sql("select state, count(*) as jobs from predictions group by state")
                .query(rs -> {
                    counts.put(PredictionState.ofSpelling(rs.getString("state")), rs.getLong("jobs"));
                });
        return counts;
    }

    /** PostgreSQL's spelling of an array of ids or hashes. */
    static String arrayLiteral(Collection<?> values) {
        return "{" + String.join(",", values.stream().map(Object::toString).toList()) + "}";
    }

    static List<UUID> uuids(ResultSet rs, String column) throws SQLException {
        Array array = rs.getArray(column);
        return List.of((UUID[]) array.getArray());
    }
}
