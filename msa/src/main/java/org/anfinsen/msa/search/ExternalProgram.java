package org.anfinsen.msa.search;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A program that is installed on this machine. It is started without a shell, with its output in a file, and stopped
 * with all that it started when its time is up or the thread is interrupted.
 */
final class ExternalProgram {

    private static final int TAIL_BYTES = 2_000;
    private static final long OUTPUT_BYTES_MAX = 64L << 20;
    private static final Duration OUTPUT_LOOK = Duration.ofMillis(500);
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration STOP_TIMEOUT = Duration.ofSeconds(5);

    private final String program;
    private final String name;

    /** @param program a name to be looked for on PATH, or an absolute path */
    ExternalProgram(String program) {
        this.program = program;
        this.name = String.valueOf(Path.of(program).getFileName());
    }

    /** The bare name: callers over HTTP need not learn where it is. */
    String name() {
        return name;
    }

    /** Where it is; empty if it is not installed. */
    Optional<Path> find() {
        Path asPath = Path.of(program);
        if (asPath.isAbsolute()) {
            return Files.isExecutable(asPath) ? Optional.of(asPath) : Optional.empty();
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, program))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs it in a directory until it ends well.
     *
     * @param deadlineNanos when it must have ended, in the time of {@link System#nanoTime}
     * @param limit         the whole limit, for the message
     * @return its output, standard error included
     * @throws SearchFailedException if it is missing, ends with another code than 0, or is stopped because its time is up or
     *                               it prints more than 64 MiB
     */
    Path run(Path directory, long deadlineNanos, Duration limit, List<String> arguments)
            throws IOException, InterruptedException, SearchFailedException {
        Path file = find().orElseThrow(() -> new SearchFailedException(new SearchFailure.ProgramMissing(name)));
        List<String> command = new ArrayList<>(arguments.size() + 1);
        command.add(file.toString());
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            await(process, output, deadlineNanos, limit);
        } finally {
            stop(process);
        }
        if (process.exitValue() != 0) {
            throw new SearchFailedException(new SearchFailure.ProgramFailed(name, process.exitValue(), tail(output)));
        }
        return output;
    }

    private void await(Process process, Path output, long deadlineNanos, Duration limit)
            throws IOException, InterruptedException, SearchFailedException {
        while (true) {
            long left = deadlineNanos - System.nanoTime();
            if (process.waitFor(Math.clamp(left, 0, OUTPUT_LOOK.toNanos()), TimeUnit.NANOSECONDS)) {
                return;
            }
            if (left <= 0) {
                throw new SearchFailedException(new SearchFailure.TimedOut(name, limit));
            }
            if (Files.size(output) > OUTPUT_BYTES_MAX) {
                throw new SearchFailedException(new SearchFailure.OutputUnreadable(
                        name, "it printed more than " + (OUTPUT_BYTES_MAX >> 20) + " MiB"));
            }
        }
    }

    /** Until they have ended, so that nothing is written any more to a directory that is removed next. */
    private static void stop(Process process) {
        List<ProcessHandle> all = Stream.concat(process.descendants(), Stream.of(process.toHandle()))
                .toList();
        all.forEach(ProcessHandle::destroyForcibly);
        CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                .completeOnTimeout(null, STOP_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                .join();
    }

    /** The first match of a pattern's first group in what it prints; the bare name if there is none. */
    String version(Path directory, Pattern pattern, String... arguments) throws IOException, InterruptedException {
        try {
            long deadline = System.nanoTime() + VERSION_TIMEOUT.toNanos();
            String text = Files.readString(
                    run(directory, deadline, VERSION_TIMEOUT, List.of(arguments)), StandardCharsets.ISO_8859_1);
            return pattern.matcher(text)
                    .results()
                    .findFirst()
                    .map(match -> name + " " + match.group(1))
                    .orElse(name);
        } catch (SearchFailedException e) {
            return name;
        }
    }

    private static String tail(Path output) throws IOException {
        long size = Files.size(output);
        try (InputStream in = Files.newInputStream(output)) {
            in.skipNBytes(Math.max(0, size - TAIL_BYTES));
            return new String(in.readAllBytes(), StandardCharsets.ISO_8859_1).strip();
        }
    }
}
