package org.anfinsen.db;

import javax.sql.DataSource;
import org.flywaydb.core.Flyway;

/** The tables of the database. */
public final class Schema {

    /** Where the migrations lie on the class path. */
    public static final String LOCATION = "classpath:db/migration";

    private Schema() {}

    /**
     * Creates the tables, or brings those of an earlier version forward; processes that start together wait for each other.
     *
     * @throws org.flywaydb.core.api.FlywayException if that is not possible; nothing has changed then
     */
    public static void migrate(DataSource dataSource) {
        migrateTo(dataSource, "latest");
    }

    /**
     * The same up to a migration.
     *
     * @param version of the last one; {@code latest} for all
     */
    public static void migrateTo(DataSource dataSource, String version) {
        // Numbers are given out in blocks to works that go on side by side, so that a lower one may be finished later.
        Flyway.configure()
                .dataSource(dataSource)
                .locations(LOCATION)
                .javaMigrations(new SpringBatchTables())
                .outOfOrder(true)
                .target(version)
                .load()
                .migrate();
    }
}
