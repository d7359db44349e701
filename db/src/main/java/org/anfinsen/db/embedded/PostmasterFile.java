package org.anfinsen.db.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The file {@code postmaster.pid} in a data directory, by which PostgreSQL says that a server runs there. It outlives a
 * server that was killed.
 *
 * @param data the data directory
 * @param pid  the server's process
 * @param port where it listens; empty while it starts
 */
record PostmasterFile(Path data, long pid, OptionalInt port) {

    /** The port's line, from 0. */
    private static final int PORT_LINE = 3;

    private static final Duration LOOK_PAUSE = Duration.ofMillis(20);

    /** @return empty if there is none, or it holds no process */
    static Optional<PostmasterFile> read(Path data) throws IOException {
        try {
            List<String> lines = Files.readString(path(data), StandardCharsets.UTF_8)
                    .lines()
                    .map(String::strip)
                    .toList();
            if (lines.isEmpty() || !lines.getFirst().matches("\\d{1,18}")) {
                return Optional.empty();
            }
            OptionalInt port = lines.size() > PORT_LINE && lines.get(PORT_LINE).matches("\\d{1,5}")
                    ? OptionalInt.of(Integer.parseInt(lines.get(PORT_LINE)))
                    : OptionalInt.empty();
            return Optional.of(new PostmasterFile(data, Long.parseLong(lines.getFirst()), port));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        }
    }

    /** True if that process still runs and is a server of this directory, not another one that was given its number. */
    boolean serverRuns() {
        return ProcessHandle.of(pid).filter(this::isServer).isPresent();
    }

    /** Waits for the process to be gone. {@code ProcessHandle.onExit} looks seldom at a process that is no child. */
    boolean awaitEnd(Duration timeout) throws InterruptedException {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (serverRuns()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            Thread.sleep(LOOK_PAUSE);
        }
        return true;
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
