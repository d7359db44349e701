package org.anfinsen.db.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A PostgreSQL server that belongs to this process: started with it, stopped with it, its data kept in a directory.
 *
 * <p>It is durable ({@code fsync} and {@code synchronous_commit} are on) and listens on the loopback address only, on a
 * free port, with a password that lies in the directory and that only the owner can read. If an earlier process was
 * killed and its server still runs, that server is stopped first; if the server dies, it is started again at the same
 * port. The directory holds {@code server-<checksum>} (the
 * programs), {@code data}, {@code password}, {@code lock} and {@code server.log}.
 */
public final class EmbeddedPostgres implements AutoCloseable {

    /** The user and owner of the database. */
    public static final String USER = "anfinsen";

    private static final Logger LOG = LoggerFactory.getLogger(EmbeddedPostgres.class);
    private static final Duration REVIVAL_PAUSE = Duration.ofSeconds(10);
    private static final Set<PosixFilePermission> OWNER_ONLY = PosixFilePermissions.fromString("rw-------");

    private final DirectoryLock lock;
    private final PostgresServer server;
    private final String password;
    private final int port;
    private boolean closed;

    private EmbeddedPostgres(DirectoryLock lock, PostgresServer server, String password, int port) {
        this.lock = lock;
        this.server = server;
        this.password = password;
        this.port = port;
    }

    /**
     * Limits of a server.
     *
     * @param connectionsMax how many clients it serves at a time
     * @param startTimeout   how long its start may take, recovery after a crash included
     * @param stopTimeout    how long its stop may take before it is made to stop at once
     */
    public record Settings(int connectionsMax, Duration startTimeout, Duration stopTimeout) {

        /** 100 connections, five minutes to start, 30 seconds to stop. */
        public static final Settings DEFAULT = new Settings(100, Duration.ofMinutes(5), Duration.ofSeconds(30));

        public Settings {
            if (connectionsMax < 1) {
                throw new IllegalArgumentException(connectionsMax + " connections, at least 1");
            }
        }
    }

    /**
     * Starts the server of a directory, which is made if it does not exist.
     *
     * @throws EmbeddedPostgresException if another service uses the directory, if its data belong to another major
     *                                   version of PostgreSQL, or if the server does not start; the message says which
     */
    public static EmbeddedPostgres start(Path directory, Settings settings) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            Files.createDirectories(root);
            DirectoryLock lock = DirectoryLock.acquire(root);
            try {
                Path passwordFile = root.resolve("password");
                String password = password(passwordFile);
                PostgresServer server = PostgresServer.prepare(root, settings);
                int port = server.start(USER, passwordFile);
                EmbeddedPostgres started = new EmbeddedPostgres(lock, server, password, port);
                started.watch();
                return started;
            } catch (IOException | RuntimeException e) {
                lock.close();
                throw e;
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot prepare PostgreSQL in " + root, e);
        }
    }

    /**
     * Where the server of a directory is, if one runs there: another process's, as a rule.
     *
     * @throws EmbeddedPostgresException if the directory cannot be read
     */
    public static Optional<Running> find(Path directory) {
        Path root = directory.toAbsolutePath().normalize();
        try {
            Optional<PostmasterFile> file =
                    PostmasterFile.read(root.resolve("data")).filter(PostmasterFile::serverRuns);
            if (file.isEmpty() || file.get().port().isEmpty()) {
                return Optional.empty();
            }
            return Optional.of(new Running(
                    PostgresServer.jdbcUrl(file.get().port().getAsInt(), USER), password(root.resolve("password"))));
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot find PostgreSQL in " + root, e);
        }
    }

    /** How to reach a server as {@link #USER}. */
    public record Running(String jdbcUrl, String password) {}

    /** Where the database is, for JDBC. */
    public String jdbcUrl() {
        return PostgresServer.jdbcUrl(port, USER);
    }

    /** The user's password. */
    public String password() {
        return password;
    }

    /** Stops the server: clients are cut off, everything committed is on the disk. Does nothing the second time. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        notifyAll();
        try {
            server.stop();
        } finally {
            lock.close();
        }
    }

    private void watch() throws IOException {
        ProcessHandle process = server.process()
                .orElseThrow(() -> new EmbeddedPostgresException("PostgreSQL has ended right after its start"));
        Thread.ofPlatform().daemon().name("postgresql-watch").start(() -> {
            process.onExit().join();
            revive();
        });
    }

    private synchronized void revive() {
        while (!closed) {
            try {
                LOG.warn("PostgreSQL has ended unexpectedly; starting it again");
                server.restart(port);
                watch();
                return;
            } catch (IOException | EmbeddedPostgresException e) {
                LOG.error("PostgreSQL does not start again; trying once more in {}", REVIVAL_PAUSE, e);
            }
            try {
                wait(REVIVAL_PAUSE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private static String password(Path file) throws IOException {
        if (Files.exists(file)) {
            return Files.readString(file, StandardCharsets.US_ASCII).strip();
        }
        byte[] random = new byte[24];
        new SecureRandom().nextBytes(random);
        String password = HexFormat.of().formatHex(random);
        Path partial = file.resolveSibling("password.partial");
        Files.deleteIfExists(partial);
        Files.createFile(partial, PosixFilePermissions.asFileAttribute(OWNER_ONLY));
        Files.writeString(partial, password, StandardCharsets.US_ASCII, StandardOpenOption.WRITE);
        Files.move(partial, file, StandardCopyOption.ATOMIC_MOVE);
        return password;
    }
}
