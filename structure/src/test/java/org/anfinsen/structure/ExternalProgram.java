package org.anfinsen.structure;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/** Runs an independent program where it is installed; tests that need it are skipped elsewhere. */
public final class ExternalProgram {

    private ExternalProgram() {}

    /** What the program prints; fails the test if it ends with an error. */
    public static String run(Path folder, String program, String... arguments)
            throws IOException, InterruptedException {
        boolean installed = Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
        Assumptions.assumeTrue(installed, "not checked by an independent program: no " + program + " on the PATH");
        List<String> command = new ArrayList<>(List.of(program));
        command.addAll(List.of(arguments));
        Path output = Files.createTempFile(folder, program, ".out");
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end within 60 s");
        }
        String printed = Files.readString(output, StandardCharsets.ISO_8859_1);
        if (process.exitValue() != 0) {
            throw new AssertionError(command + " ended with " + process.exitValue() + ": " + printed);
        }
        return printed;
    }
}
