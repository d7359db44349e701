package org.anfinsen.db.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs PostgreSQL's own programs on one directory that this process has locked: initialise, start, stop. */
final class PostgresServer {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresServer.class);
    private static final long LOG_BYTES_MAX = 10_000_000;
    private static final Duration INITIALISE_TIMEOUT = Duration.ofMinutes(2);
    private static final Duration RETRY_PAUSE = Duration.ofMillis(250);

    private final PostgresBinaries binaries;
    private final ServerAccount account;
    private final Path root;
    private final Path data;
    private final Path log;
    private final EmbeddedPostgres.Settings settings;

    private PostgresServer(
            PostgresBinaries binaries, ServerAccount account, Path root, EmbeddedPostgres.Settings settings) {
        this.binaries = binaries;
        this.account = account;
        this.root = root;
        this.data = root.resolve("data");
        this.log = root.resolve("server.log");
        this.settings = settings;
    }

    /** Unpacks the programs below a directory that the caller has locked. */
    static PostgresServer prepare(Path root, EmbeddedPostgres.Settings settings) throws IOException {
        ServerAccount account = ServerAccount.detect();
        return new PostgresServer(PostgresBinaries.unpack(root), account, root, settings);
    }

    static String jdbcUrl(int port, String database) {
        return "jdbc:postgresql://127.0.0.1:" + port + "/" + database;
    }

    /**
     * Brings the server up, with a database named as its user.
     *
     * @param passwordFile holds the user's password
     * @return its port
     */
    int start(String user, Path passwordFile) throws IOException {
        Path version = data.resolve("PG_VERSION");
        if (Files.exists(version)) {
            checkVersion(Files.readString(version, StandardCharsets.US_ASCII).strip());
            stopLeftOver();
        } else {
            initialise(user, passwordFile);
        }
        account.own(root);
        int port = start(Optional.empty());
        try {
            createDatabase(port, user, Files.readString(passwordFile, StandardCharsets.US_ASCII));
        } catch (SQLException e) {
            stop();
            throw new EmbeddedPostgresException("PostgreSQL in " + root + " started but does not answer", e);
        }
        return port;
    }

    /** Brings the server up again where it was, after it died. */
    void restart(int port) throws IOException {
        stopLeftOver();
        start(Optional.of(port));
    }

    /** The server's process, if it runs. */
    Optional<ProcessHandle> process() throws IOException {
        return PostmasterFile.read(data)
                .filter(PostmasterFile::serverRuns)
                .flatMap(running -> ProcessHandle.of(running.pid()));
    }

    /** Stops the server, and waits for its process to be gone. */
    void stop() {
        try {
            Optional<PostmasterFile> running = PostmasterFile.read(data).filter(PostmasterFile::serverRuns);
            if (running.isPresent()) {
                stop(running.get());
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot stop PostgreSQL in " + root, e);
        }
    }

    private void stop(PostmasterFile running) {
        try {
            for (String mode : List.of("fast", "immediate")) {
                pgCtl(List.of("stop", "-m", mode, "-W"), settings.stopTimeout());
                if (running.awaitEnd(settings.stopTimeout())) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new EmbeddedPostgresException(
                "PostgreSQL of " + root + ", process " + running.pid() + ", does not stop; end that process");
    }

    private void checkVersion(String found) {
        int major = binaries.majorVersion();
        if (!found.equals(Integer.toString(major))) {
            throw new EmbeddedPostgresException("the data in " + data + " belong to PostgreSQL " + found
                    + ", and this service brings " + major
                    + ": run that version on them with spring.datasource.url set,"
                    + " or dump and restore them");
        }
    }

    private void initialise(String user, Path passwordFile) throws IOException {
        // Made aside and renamed, so that a kill in between leaves no half of a data directory under the final name.
        Path partial = root.resolve("data.partial");
        Directories.delete(partial);
        Files.createDirectory(
                partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
        account.own(root);
        Command.Outcome outcome = new Command(
                        account,
                        List.of(
                                binaries.program("initdb"),
                                "--pgdata=" + partial,
                                "--username=" + user,
                                "--pwfile=" + passwordFile,
                                "--auth=scram-sha-256",
                                "--encoding=UTF8",
                                "--locale=C",
                                "--locale-provider=builtin",
                                "--builtin-locale=C.UTF-8",
                                "--no-instructions"))
                .run(INITIALISE_TIMEOUT);
        if (!outcome.succeeded()) {
            throw new EmbeddedPostgresException("PostgreSQL's initdb failed in " + root + ": " + outcome.output());
        }
        Files.move(partial, data, StandardCopyOption.ATOMIC_MOVE);
    }

    private void stopLeftOver() throws IOException {
        Optional<PostmasterFile> found = PostmasterFile.read(data);
        if (found.isEmpty()) {
            return;
        }
        PostmasterFile file = found.get();
        if (file.serverRuns()) {
            LOG.info("Stopping the PostgreSQL that an earlier process left behind, process {}", file.pid());
            stop(file);
        } else {
            // PostgreSQL itself would refuse to start if the number now belongs to any other process of this user.
            file.delete();
        }
    }

    private int start(Optional<Integer> fixedPort) throws IOException {
        turnLog();
        Instant deadline = Instant.now().plus(settings.startTimeout());
        while (true) {
            long logBefore = Files.exists(log) ? Files.size(log) : 0;
            int port = fixedPort.isPresent() ? fixedPort.get() : freePort();
            Command.Outcome outcome = pgCtl(
                    List.of("start", "-w", "-l", log.toString(), "-o", options(port)),
                    settings.startTimeout().plusSeconds(10));
            if (outcome.succeeded()) {
                return port;
            }
            String said = logSince(logBefore);
            // Processes of a killed server notice a moment later that it is gone; a free port may be taken meanwhile.
            boolean mayPass = said.contains("shared memory block") || said.contains("Address already in use");
            if (!mayPass || Instant.now().isAfter(deadline)) {
                throw new EmbeddedPostgresException(
                        "PostgreSQL in " + root + " does not start: " + outcome.output() + said);
            }
            pause();
        }
    }

    private String options(int port) {
        return String.join(
                " ",
                "-c listen_addresses=127.0.0.1",
                "-c port=" + port,
                "-c unix_socket_directories=''",
                "-c max_connections=" + settings.connectionsMax(),
                "-c fsync=on",
                "-c synchronous_commit=on",
                "-c full_page_writes=on",
                "-c timezone=UTC",
                "-c log_timezone=UTC");
    }

    private Command.Outcome pgCtl(List<String> arguments, Duration timeout) {
        List<String> words = new ArrayList<>(List.of(
                binaries.program("pg_ctl"),
                "--pgdata=" + data,
                "--timeout=" + settings.startTimeout().toSeconds()));
        words.addAll(arguments);
        return new Command(account, words).run(timeout);
    }

    private static void createDatabase(int port, String name, String password) throws SQLException {
        try (Connection connection = DriverManager.getConnection(jdbcUrl(port, "postgres"), name, password);
                Statement statement = connection.createStatement()) {
            try (ResultSet found = statement.executeQuery("select from pg_database where datname = '" + name + "'")) {
                if (found.next()) {
                    return;
                }
            }
            statement.execute("create database " + name);
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
            return socket.getLocalPort();
        }
    }

    private void turnLog() throws IOException {
        if (Files.exists(log) && Files.size(log) > LOG_BYTES_MAX) {
            Files.move(log, log.resolveSibling("server.log.1"), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    private String logSince(long offset) throws IOException {
        if (!Files.exists(log)) {
            return "";
        }
        byte[] all = Files.readAllBytes(log);
        return new String(all, (int) offset, (int) (all.length - offset), StandardCharsets.UTF_8);
    }

    private static void pause() {
        try {
            Thread.sleep(RETRY_PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while PostgreSQL was to start", e);
        }
    }
}
