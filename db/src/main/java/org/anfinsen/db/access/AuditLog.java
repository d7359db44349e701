package org.anfinsen.db.access;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import javax.sql.DataSource;
import org.anfinsen.db.Outage;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Who did what: every change that was asked for, and what came of it. Entries are only ever added. */
public final class AuditLog {

    private static final int TARGET_CHARACTERS = 500;

    private final JdbcClient jdbc;

    /** @param dataSource a database that is up to date */
    public AuditLog(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /**
     * One entry.
     *
     * @param actor   key or user
     * @param address where the request came from; null for the command line
     * @param action  such as {@code POST} or {@code create key}
     * @param target  what it was done to
     * @param status  HTTP status of the answer; null for the command line
     */
    public record Entry(
            Instant time,
            String actor,
            @Nullable String address,
            String action,
            String target,
            @Nullable Integer status) {}

    /** Adds an entry with the database's time. */
    public void add(String actor, @Nullable String address, String action, String target, @Nullable Integer status) {
        Outage.watched(() -> jdbc.sql("""
            insert into audit (actor, address, action, target, status)
            values (:actor, cast(:address as text), :action, :target, cast(:status as int))
            """)
                .param("actor", actor)
                .param("address", address)
                .param("action", action)
                .param("target", target.substring(0, Math.min(target.length(), TARGET_CHARACTERS)))
                .param("status", status)
                .update());
    }

    /** The newest entries, newest first. */
    public List<Entry> newest(int limit) {
        return Outage.watched(() -> jdbc.sql(
                        "select time, actor, address, action, target, status from audit order by id desc limit :limit")
                .param("limit", limit)
                .query((rs, rowNumber) -> new Entry(
                        rs.getObject("time", OffsetDateTime.class).toInstant(),
                        rs.getString("actor"),
                        rs.getString("address"),
                        rs.getString("action"),
                        rs.getString("target"),
                        rs.getObject("status", Integer.class)))
                .list());
    }
}
