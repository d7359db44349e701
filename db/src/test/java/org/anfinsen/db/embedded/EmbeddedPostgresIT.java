package org.anfinsen.db.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.OptionalInt;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.Timeout;

/** One data directory, on which servers and the processes that hold them are started, stopped and killed. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@Timeout(180)
class EmbeddedPostgresIT {

    private final Path directory;

    EmbeddedPostgresIT() throws IOException {
        directory = Files.createTempDirectory("anfinsen-embedded");
    }

    @BeforeEach
    void keepARow() throws SQLException {
        try (EmbeddedPostgres server = start()) {
            execute(server, "create table if not exists kept (id int); truncate kept; insert into kept values (42)");
        }
    }

    @AfterAll
    void clean() throws IOException {
        Directories.delete(directory);
    }

    @Test
    void keepsItsRowsOverARestart() throws SQLException {
        assertThatItStartsWithItsRows();
    }

    @Test
    void isDurableAndListensOnTheLoopbackAddressOnly() throws SQLException {
        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "show fsync")).isEqualTo("on");
            assertThat(query(server, "show synchronous_commit")).isEqualTo("on");
            assertThat(query(server, "show full_page_writes")).isEqualTo("on");
            assertThat(query(server, "show listen_addresses")).isEqualTo("127.0.0.1");
            assertThat(query(server, "show unix_socket_directories")).isEmpty();
            assertThat(query(server, "show server_encoding")).isEqualTo("UTF8");
        }
    }

    @Test
    void asksForAPasswordThatOnlyTheOwnerCanRead() throws IOException {
        try (EmbeddedPostgres server = start()) {
            assertThatThrownBy(() -> DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgres.USER, "guess"))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("password");
            Path password = directory.resolve("password");
            assertThat(password).hasContent(server.password());
            assertThat(Files.getPosixFilePermissions(password)).isEqualTo(PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void refusesADirectoryThatARunningServiceHolds() {
        try (EmbeddedPostgres server = start()) {
            assertThat(server.jdbcUrl()).startsWith("jdbc:postgresql://127.0.0.1:");
            assertThatThrownBy(this::start)
                    .isInstanceOf(EmbeddedPostgresException.class)
                    .hasMessageContaining("another running service uses the data directory " + directory);
        }
    }

    @Test
    void refusesTheDataOfAnotherMajorVersionAndLeavesThemAlone() throws IOException, SQLException {
        Path version = directory.resolve("data/PG_VERSION");
        String right = Files.readString(version);
        Files.writeString(version, "17\n");

        assertThatThrownBy(this::start)
                .isInstanceOf(EmbeddedPostgresException.class)
                .hasMessageContaining("belong to PostgreSQL 17")
                .hasMessageContaining("brings 18");

        Files.writeString(version, right);
        assertThatItStartsWithItsRows();
    }

    @Test
    void startsOverThePidOfAnotherProcessInAStaleFile() throws IOException, SQLException {
        Files.writeString(
                directory.resolve("data/postmaster.pid"),
                ProcessHandle.current().pid() + "\n" + directory.resolve("data") + "\n");

        assertThatItStartsWithItsRows();
    }

    @Test
    void startsAgainAtTheSamePortWhenTheServerIsKilled() throws Exception {
        try (EmbeddedPostgres server = start()) {
            long pid = postmaster();
            kill(pid);

            awaitQuery(server);
            assertThat(query(server, "select id from kept")).isEqualTo("42");
            assertThat(postmaster()).isNotEqualTo(pid);
        }
    }

    @Test
    void takesOverFromAProcessThatWasKilled() throws Exception {
        Process holder = hold();
        long pid = postmaster();
        kill(holder.pid());
        assertThat(serverRuns(pid)).as("the server that was left behind").isTrue();

        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "select count(*) from kept")).isEqualTo("2");
        }
        assertThat(serverRuns(pid)).isFalse();
    }

    @Test
    void recoversWhenTheProcessAndItsServerWereKilled() throws Exception {
        Process holder = hold();
        long pid = postmaster();
        kill(holder.pid());
        kill(pid);

        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "select count(*) from kept")).isEqualTo("2");
        }
    }

    @Test
    void leavesNoServerBehindWhenItsProcessEndsInOrder() throws Exception {
        Process holder = hold();
        long pid = postmaster();
        holder.destroy();
        assertThat(holder.waitFor(60, TimeUnit.SECONDS)).isTrue();

        assertThat(serverRuns(pid)).isFalse();
        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "select count(*) from kept")).isEqualTo("2");
        }
    }

    private void assertThatItStartsWithItsRows() throws SQLException {
        try (EmbeddedPostgres server = start()) {
            assertThat(query(server, "select id from kept")).isEqualTo("42");
        }
    }

    private EmbeddedPostgres start() {
        return EmbeddedPostgres.start(directory, EmbeddedPostgres.Settings.DEFAULT);
    }

    /** Starts a process that holds the server and has committed one row more. */
    private Process hold() throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        HoldingProcess.class.getName(),
                        directory.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
        assertThat(said.readLine()).isEqualTo(HoldingProcess.READY);
        return process;
    }

    private long postmaster() throws IOException {
        return PostmasterFile.read(directory.resolve("data")).orElseThrow().pid();
    }

    private boolean serverRuns(long pid) {
        return new PostmasterFile(directory.resolve("data"), pid, OptionalInt.empty()).serverRuns();
    }

    private static void kill(long pid) throws Exception {
        ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
        assertThat(process.destroyForcibly()).isTrue();
        process.onExit().get(30, TimeUnit.SECONDS);
    }

    private static void awaitQuery(EmbeddedPostgres server) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        while (true) {
            try {
                query(server, "select 1");
                return;
            } catch (SQLException e) {
                assertThat(System.nanoTime())
                        .as(
                                "%s answers within 90 s",
                                URI.create(server.jdbcUrl().substring(5)))
                        .isLessThan(deadline);
                Thread.sleep(100);
            }
        }
    }

    static void execute(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgres.USER, server.password());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String query(EmbeddedPostgres server, String sql) throws SQLException {
        try (Connection connection =
                        DriverManager.getConnection(server.jdbcUrl(), EmbeddedPostgres.USER, server.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            assertThat(rows.next()).isTrue();
            return rows.getString(1);
        }
    }
}
