package org.anfinsen.db;

import javax.sql.DataSource;
import org.postgresql.ds.PGSimpleDataSource;

/** Connections without a pool, for commands that look once. */
public final class Databases {

    private Databases() {}

    /** @param jdbcUrl such as {@code jdbc:postgresql://host/database} */
    public static DataSource connect(String jdbcUrl, String user, String password) {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }
}
