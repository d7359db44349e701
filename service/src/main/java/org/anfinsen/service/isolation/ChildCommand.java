package org.anfinsen.service.isolation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Starts this program once more, as a {@link PredictingChild}.
 *
 * @param javaOptions after those of this process
 * @param crashes     directory for what Java writes about a crash; absolute
 */
record ChildCommand(List<String> javaOptions, Path crashes) {

    private static final String SPRING_LOADER = "org.springframework.boot.loader";
    private static final String REPORT = "hs_err_pid%s.log";
    private static final String MAIN = "org.anfinsen.service.command.Anfinsen";

    /** The child ends with its service, and not when ctrl-C reaches both of them: Java leaves ignored signals alone. */
    private static final String DEAF = "trap '' INT TERM HUP; exec \"$0\" \"$@\"";

    /** What a debugger or an agent listens on can be had once. */
    private static final List<String> NOT_TWICE = List.of("-agent", "-javaagent", "-Dcom.sun.management");

    /** The head of what Java wrote about the crash of a process; empty if it did not crash. */
    List<String> report(long process) {
        Path file = crashes.resolve(REPORT.formatted(process));
        if (!Files.isRegularFile(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file, StandardCharsets.ISO_8859_1)) {
            return lines.takeWhile(line -> line.startsWith("#")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Process start() throws IOException {
        Files.createDirectories(crashes);
        List<String> command = new ArrayList<>(List.of("sh", "-c", DEAF));
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        for (String option : ManagementFactory.getRuntimeMXBean().getInputArguments()) {
            if (NOT_TWICE.stream().noneMatch(option::startsWith)) {
                command.add(option);
            }
        }
        command.addAll(List.of(
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=" + crashes.resolve(REPORT.formatted("%p"))));
        command.addAll(javaOptions);
        String loader = ChildCommand.class.getClassLoader().getClass().getName();
        command.add(loader.startsWith(SPRING_LOADER) ? SPRING_LOADER + ".launch.JarLauncher" : MAIN);
        command.add(PredictingChild.COMMAND);
        ProcessBuilder builder = new ProcessBuilder(command);
        // Not as an option: ONNX Runtime bears short command lines only.
        builder.environment().put("CLASSPATH", System.getProperty("java.class.path"));
        return builder.start();
    }
}
