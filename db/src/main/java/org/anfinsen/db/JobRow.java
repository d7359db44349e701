package org.anfinsen.db;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.anfinsen.pipeline.job.Ensemble;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionJob;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/** Turns rows into values. */
final class JobRow {

    private JobRow() {}

    static PredictionJob job(ResultSet rs, int rowNumber) throws SQLException {
        String summary = rs.getString("summary");
        String files = rs.getString("artifacts");
        long queuePosition = rs.getLong("queue_position");
        boolean queued = !rs.wasNull();
        return new PredictionJob(
                rs.getObject("id", UUID.class),
                rs.getString("owner"),
                new ProteinSequence(rs.getString("name"), rs.getString("residues")),
                options(rs),
                rs.getString("content_hash"),
                Json.readStrings(rs.getString("notes")),
                PredictionState.ofSpelling(rs.getString("state")),
                progress(rs),
                queued ? Math.toIntExact(queuePosition) : null,
                rs.getInt("attempt"),
                rs.getBoolean("reused"),
                rs.getBoolean("cancel_requested"),
                instant(rs, "accepted"),
                optionalInstant(rs, "started"),
                optionalInstant(rs, "finished"),
                stageMillis(rs.getString("stage_millis")),
                summary == null ? null : Json.readObject(summary),
                files == null ? List.of() : Json.readDescriptions(files),
                failure(rs),
                ensemble(rs));
    }

    private static @Nullable Ensemble ensemble(ResultSet rs) throws SQLException {
        UUID id = rs.getObject("ensemble", UUID.class);
        if (id == null) {
            return null;
        }
        List<Ensemble.Member> members = Json.readList(rs.getString("members"), Member.class).stream()
                .map(Member::value)
                .toList();
        return Ensemble.of(id, rs.getObject("id", UUID.class), members);
    }

    static PredictionOptions options(ResultSet rs) throws SQLException {
        String search = rs.getString("search");
        String templates = rs.getString("templates");
        return new PredictionOptions(
                rs.getString("model"),
                rs.getString("model_sha256"),
                rs.getInt("recycles"),
                rs.getLong("seed"),
                PredictionOptions.AlignmentSource.valueOf(
                        rs.getString("alignment").toUpperCase(Locale.ROOT)),
                search == null ? null : Json.read(search, SearchPlan.class),
                templates == null ? null : Json.read(templates, TemplatePlan.class));
    }

    private static Map<String, Long> stageMillis(String json) {
        Map<String, Long> unordered = Json.readLongs(json);
        Map<String, Long> ordered = new LinkedHashMap<>();
        for (PredictionState state : PredictionState.values()) {
            Long millis = unordered.get(state.spelling());
            if (millis != null) {
                ordered.put(state.spelling(), millis);
            }
        }
        return ordered;
    }

    private static @Nullable PredictionFailure failure(ResultSet rs) throws SQLException {
        String code = rs.getString("failure_code");
        if (code == null) {
            return null;
        }
        return new PredictionFailure(
                code,
                PredictionFailure.Category.valueOf(
                        rs.getString("failure_category").toUpperCase(Locale.ROOT)),
                rs.getString("failure_message"));
    }

    static @Nullable PredictionProgress progress(ResultSet rs) throws SQLException {
        int cycles = rs.getInt("cycles");
        if (rs.wasNull()) {
            return null;
        }
        return new PredictionProgress(
                rs.getInt("cycle"),
                cycles,
                rs.getObject("mean_plddt", Double.class),
                rs.getObject("change", Double.class));
    }

    static Instant instant(ResultSet rs, String column) throws SQLException {
        return rs.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static @Nullable Instant optionalInstant(ResultSet rs, String column) throws SQLException {
        OffsetDateTime time = rs.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    /** A prediction of an ensemble, as the query spells it. */
    private record Member(UUID job, String state, @Nullable Double meanPlddt) {

        Ensemble.Member value() {
            return new Ensemble.Member(
                    job, PredictionState.ofSpelling(state), Objects.requireNonNullElse(meanPlddt, 0.0));
        }
    }
}
