package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anfinsen.structure.file.StructureReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code anfinsen predict} in a process of its own, with the default network, interrupted as ctrl-C does it. */
final class InterruptedPredictIT {

    private static final int INTERRUPTED = 130;
    private static final String RESIDUES = "LSDEDFKAVFGMTRSAFANLPLWKQQNLKKEKGLF";

    @TempDir
    private Path folder;

    @Test
    void leavesWholeFilesAndGoesOnWhereItWas() throws Exception {
        StringBuilder fasta = new StringBuilder();
        for (int k = 0; k < 5; k++) {
            fasta.append('>')
                    .append((char) ('a' + k))
                    .append('\n')
                    .append(RESIDUES.substring(k))
                    .append('\n');
        }
        Files.writeString(folder.resolve("five.fasta"), fasta);

        Process first = start();
        try (BufferedReader out = first.inputReader(StandardCharsets.UTF_8)) {
            assertThat(out.readLine()).startsWith("a: mean pLDDT");
            interrupt(first);
            List<String> rest = out.lines().toList();
            assertThat(first.waitFor()).isEqualTo(INTERRUPTED);
            assertThat(rest).as("nothing was left to interrupt").hasSizeLessThan(4);
        }
        TreeMap<String, byte[]> done = filesOfFinished();
        assertThat(done).containsKeys("a.done.txt", "a_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb");
        // What a process that was killed in the middle of a write leaves behind.
        Files.writeString(folder.resolve("out/.e.a3m.partial"), "half");

        Process second = start();
        List<String> printed;
        try (BufferedReader out = second.inputReader(StandardCharsets.UTF_8)) {
            printed = out.lines().toList();
        }
        assertThat(second.waitFor()).isZero();
        assertThat(printed).hasSize(5);
        assertThat(printed.getFirst()).startsWith("a: is there already");
        assertThat(printed.getLast()).startsWith("e: mean pLDDT");
        assertThat(filesOfFinished()).containsAllEntriesOf(done);
        for (int k = 0; k < 5; k++) {
            Path pdb =
                    folder.resolve("out/" + (char) ('a' + k) + "_unrelaxed_rank_001_anfinsen-1_model_1_seed_000.pdb");
            assertThat(StructureReader.readFirstChain(pdb).sequence().residues())
                    .isEqualTo(RESIDUES.substring(k));
        }
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            assertThat(files.map(Path::toString)).noneMatch(name -> name.endsWith(".partial"));
        }
    }

    /** As the launcher starts it. */
    private Process start() throws IOException {
        String root = System.getProperty("anfinsen.root");
        List<String> command = new ArrayList<>(List.of(
                // A build in the background of a script ignores the signal, and all that it starts would too.
                "env",
                "--default-signal=INT",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xrs",
                "-XX:+UseSerialGC",
                "-Xmx600m",
                "--enable-native-access=ALL-UNNAMED",
                "-Danfinsen.home=" + root,
                Anfinsen.class.getName(),
                "predict",
                "five.fasta",
                "--output",
                "out",
                "--recycles",
                "0",
                "--data-directory",
                Path.of("target", "test-data", "interrupted").toAbsolutePath().toString()));
        ProcessBuilder process =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        // Not an argument: ONNX Runtime ends a process whose command line is long.
        process.environment()
                .put(
                        "CLASSPATH",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
        return process.start();
    }

    private static void interrupt(Process process) throws IOException, InterruptedException {
        Process kill = new ProcessBuilder("kill", "-INT", Long.toString(process.pid())).start();
        assertThat(kill.waitFor(10, TimeUnit.SECONDS)).isTrue();
    }

    /** The files of the predictions that are marked as done. */
    private TreeMap<String, byte[]> filesOfFinished() throws IOException {
        TreeMap<String, byte[]> found = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("out"))) {
            for (Path file : files.toList()) {
                String name = String.valueOf(file.getFileName());
                if (Files.exists(folder.resolve("out/" + name.charAt(0) + ".done.txt"))) {
                    found.put(name, Files.readAllBytes(file));
                }
            }
        }
        return found;
    }
}
