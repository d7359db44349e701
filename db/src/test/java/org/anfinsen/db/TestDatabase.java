package org.anfinsen.db;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.anfinsen.db.embedded.EmbeddedPostgres;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** One PostgreSQL server for the tests of a JVM, started at first use; a fresh database for whoever asks. */
final class TestDatabase {

    private static final AtomicInteger NUMBER = new AtomicInteger();

    private TestDatabase() {}

    /** A new database without tables, and a pool on it. */
    static HikariDataSource empty() {
        String name = "test" + NUMBER.incrementAndGet();
        EmbeddedPostgres server = Server.RUNNING;
        new JdbcTemplate(new DriverManagerDataSource(server.jdbcUrl(), EmbeddedPostgres.USER, server.password()))
                .execute("create database " + name);
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(server.jdbcUrl().replaceFirst("[^/]+$", name));
        config.setUsername(EmbeddedPostgres.USER);
        config.setPassword(server.password());
        config.setMaximumPoolSize(12);
        config.setConnectionTimeout(2000);
        return new HikariDataSource(config);
    }

    /** A new database with the tables, and a pool on it. */
    static HikariDataSource migrated() {
        HikariDataSource dataSource = empty();
        Schema.migrate(dataSource);
        return dataSource;
    }

    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static final class Server {

        static final EmbeddedPostgres RUNNING = start();

        private static EmbeddedPostgres start() {
            try {
                Path directory = Files.createTempDirectory("anfinsen-db-tests");
                EmbeddedPostgres server = EmbeddedPostgres.start(directory, EmbeddedPostgres.Settings.DEFAULT);
                Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                    server.close();
                    delete(directory);
                }));
                return server;
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }
}
