package org.anfinsen.db.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The file {@code postmaster.pid} in a data directory, by which PostgreSQL says that a server runs there. It outlives a
 * server that was killed.
 *
 * @param data the data directory
 * @param pid  the server's process
 */
record PostmasterFile(Path data, long pid) {

    /** @return empty if there is none, or it holds no process */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        try {
            String first = Files.readString(path(data), StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("")
                    .strip();
            return first.matches("\\d{1,18}")
                    ? Optional.of(new PostmasterFile(data, Long.parseLong(first)))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** True if that process still runs and is a server of this directory, not another one that was given its number. */
    boolean serverRuns() {
        return ProcessHandle.of(pid).filter(this::isServer).isPresent();
    }

    /** Waits for the process to be gone. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(this::isServer);
        if (process.isEmpty()) {
            return true;
        }
        try {
            process.get().onExit().get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            return true;
        } catch (TimeoutException e) {
            return false;
        } catch (ExecutionException e) {
            throw new EmbeddedPostgresException("cannot follow process " + pid, e);
        }
    }

    void delete() throws IOException {
        Files.deleteIfExists(path(data));
    }

    private boolean isServer(ProcessHandle process) {
        String command = process.info().commandLine().orElse("");
        return process.isAlive() && command.contains("postgres") && command.contains(data.toString());
    }

    private static Path path(Path data) {
        return data.resolve("postmaster.pid");
    }
}
