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
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A program that is installed on this machine. It is started without a shell, with its output in a file, and stopped
 * with all that it started when its time is up or the thread is interrupted.
 */
final class ExternalProgram {

    private static final int TAIL_BYTES = 2_000;
    private static final Duration VERSION_TIMEOUT = Duration.ofSeconds(20);

    private final String name;

    /** @param name a name to be looked for on PATH, or an absolute path */
    ExternalProgram(String name) {
        this.name = name;
    }

    String name() {
        return name;
    }

    /** Where it is; empty if it is not installed. */
    Optional<Path> find() {
        Path asPath = Path.of(name);
        if (asPath.isAbsolute()) {
            return Files.isExecutable(asPath) ? Optional.of(asPath) : Optional.empty();
        }
        String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
        return Pattern.compile(Pattern.quote(File.pathSeparator))
                .splitAsStream(path)
                .filter(directory -> !directory.isEmpty())
                .map(directory -> Path.of(directory, name))
                .filter(Files::isExecutable)
                .findFirst();
    }

    /**
     * Runs it in a directory until it ends well.
     *
     * @param deadlineNanos when it must have ended, in the time of {@link System#nanoTime}
     * @param limit         the whole limit, for the message
     * @return its output, standard error included
     * @throws SearchFailedException if it is missing, ends with another code than 0 or is stopped
     */
    Path run(Path directory, long deadlineNanos, Duration limit, List<String> arguments)
            throws IOException, InterruptedException, SearchFailedException {
        Path program = find().orElseThrow(() -> new SearchFailedException(new SearchFailure.ProgramMissing(name)));
        List<String> command = new ArrayList<>(arguments.size() + 1);
        command.add(program.toString());
        command.addAll(arguments);
        Path output = Files.createTempFile(directory, "output", ".txt");
        Process process = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        try {
            process.getOutputStream().close();
            if (!process.waitFor(Math.max(0, deadlineNanos - System.nanoTime()), TimeUnit.NANOSECONDS)) {
                throw new SearchFailedException(new SearchFailure.TimedOut(name, limit));
            }
        } finally {
            stop(process);
        }
        if (process.exitValue() != 0) {
            throw new SearchFailedException(new SearchFailure.ProgramFailed(name, process.exitValue(), tail(output)));
        }
        return output;
    }

    private static void stop(Process process) {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
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
