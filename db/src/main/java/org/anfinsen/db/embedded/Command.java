package org.anfinsen.db.embedded;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One program to be run to its end, without a shell.
 *
 * @param account under whose name
 * @param words   the program and its arguments
 */
record Command(ServerAccount account, List<String> words) {

    Command {
        words = List.copyOf(words);
    }

    /**
     * What came of it.
     *
     * @param output standard output and error
     */
    record Outcome(int exitCode, String output) {
        boolean succeeded() {
            return exitCode == 0;
        }
    }

    /**
     * Runs it.
     *
     * @throws EmbeddedPostgresException if it cannot be started or does not end in time; it is killed then
     */
    Outcome run(Duration timeout) {
        List<String> all = new ArrayList<>(account.prefix());
        all.addAll(words);
        try {
            // A file, not a pipe: a server left behind by pg_ctl would keep a pipe open.
            Path output = Files.createTempFile("anfinsen-postgresql", ".log");
            try {
                ProcessBuilder builder = new ProcessBuilder(all)
                        .redirectErrorStream(true)
                        .redirectOutput(output.toFile())
                        .directory(Path.of("/").toFile());
                builder.environment().put("LC_ALL", "C");
                builder.environment().remove("PGDATA");
                Process process = builder.start();
                if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                    process.destroyForcibly();
                    throw new EmbeddedPostgresException(words.getFirst() + " did not end within " + timeout);
                }
                return new Outcome(process.exitValue(), Files.readString(output, StandardCharsets.UTF_8));
            } finally {
                Files.delete(output);
            }
        } catch (IOException e) {
            throw new EmbeddedPostgresException("cannot run " + words.getFirst(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new EmbeddedPostgresException("interrupted while running " + words.getFirst(), e);
        }
    }
}
