package org.anfinsen.db.backup;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What the schema of a connection holds. */
final class Catalogue {

    private static final String HISTORY = "flyway_schema_history";

    private static final String TABLES = """
        select c.relname from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where c.relkind = 'r' and n.nspname = current_schema() and c.relname <> 'flyway_schema_history'
        order by c.relname
        """;

    private static final String REFERENCES = """
        select a.relname, b.relname from pg_constraint f
        join pg_class a on a.oid = f.conrelid join pg_class b on b.oid = f.confrelid
        where f.contype = 'f' and f.connamespace = (select oid from pg_namespace where nspname = current_schema())
        """;

    private final Connection connection;

    Catalogue(Connection connection) {
        this.connection = connection;
    }

    /** Tables but that of the migrations, each after those to which it refers. */
    List<String> tables() throws SQLException {
        Map<String, Set<String>> references = new HashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rs = statement.executeQuery(REFERENCES)) {
            while (rs.next()) {
                references
                        .computeIfAbsent(rs.getString(1), key -> new HashSet<>())
                        .add(rs.getString(2));
            }
        }
        List<String> left = strings(TABLES);
        List<String> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            List<String> next = left.stream()
                    .filter(table -> references.getOrDefault(table, Set.of()).stream()
                            .allMatch(other -> other.equals(table) || ordered.contains(other)))
                    .toList();
            if (next.isEmpty()) {
                throw new IllegalStateException("tables refer to each other in a circle: " + left);
            }
            ordered.addAll(next);
            left.removeAll(next);
        }
        return ordered;
    }

    /** Versions of the migrations that were made; empty in a database that is new. */
    List<String> migrations() throws SQLException {
        if (strings("select to_regclass('" + HISTORY + "') where to_regclass('" + HISTORY + "') is not null")
                .isEmpty()) {
            return List.of();
        }
        return strings("select version from " + HISTORY + " where success and version is not null"
                + " order by string_to_array(version, '.')::int[]");
    }

    /** Last values of the sequences that have given one. */
    Map<String, Long> sequences() throws SQLException {
        Map<String, Long> values = new LinkedHashMap<>();
        try (Statement statement = connection.createStatement();
                ResultSet rs = statement.executeQuery("""
                    select sequencename, last_value from pg_sequences
                    where schemaname = current_schema() and last_value is not null order by sequencename
                    """)) {
            while (rs.next()) {
                values.put(rs.getString(1), rs.getLong(2));
            }
        }
        return values;
    }

    void setSequence(String name, long last) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select setval(cast(? as regclass), ?)")) {
            statement.setString(1, quoted(name));
            statement.setLong(2, last);
            statement.execute();
        }
    }

    /** By the database's clock. */
    Instant now() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rs = statement.executeQuery("select extract(epoch from now())::bigint")) {
            rs.next();
            return Instant.ofEpochSecond(rs.getLong(1));
        }
    }

    boolean isEmpty(String table) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rs = statement.executeQuery("select 1 from " + quoted(table) + " limit 1")) {
            return !rs.next();
        }
    }

    static String quoted(String name) {
        return '"' + name.replace("\"", "\"\"") + '"';
    }

    private List<String> strings(String query) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet rs = statement.executeQuery(query)) {
            while (rs.next()) {
                values.add(rs.getString(1));
            }
        }
        return values;
    }
}
