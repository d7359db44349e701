package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anfinsen.service.command.Anfinsen;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Backs up and restores as docs/operator-guide.md says. */
@Timeout(400)
final class BackupIT {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    private final Path directory =
            Path.of("target", "test-data", "backup-" + System.nanoTime()).toAbsolutePath();

    @Test
    void findsItsJobsAndResultsInABackupThatWasMadeWhileTheServiceWorked() throws Exception {
        Path original = directory.resolve("original");
        Path restored = directory.resolve("restored");
        Path file = Files.createDirectories(directory).resolve("backup.zip");
        String done;
        String stalled;
        String waiting;
        byte[] structure;
        try (ServiceProcess service =
                ServiceProcess.start(original, true, "--anfinsen.worker.grace=1s", "--anfinsen.worker.concurrency=1")) {
            done = service.http().submit("finished", SEQUENCE);
            service.awaitDone(done);
            structure = service.http().get(done + "/structure.pdb").response().body();
            stalled = service.http().submit("stall_predicting", SEQUENCE + "A");
            service.http().await(stalled, "predicting");
            waiting = service.http().submit("waiting", SEQUENCE + "AA");

            assertThat(run("backup", file, original)).contains("backup.zip: 3 jobs, 5 files of results");
            service.http().submit("too-late", SEQUENCE + "AAA");
        }
        JsonNode said = JsonMapper.builder().build().readTree(run("restore", file, restored, "--json"));
        assertThat(said.path("jobs").asInt(0)).isEqualTo(3);
        assertThat(said.path("files").asInt(0)).isEqualTo(5);
        assertThat(said.path("bytes").asLong(0)).isEqualTo(Files.size(file));

        try (ServiceProcess service = ServiceProcess.start(restored, false)) {
            assertThat(service.http().get(done + "/structure.pdb").response().body())
                    .isEqualTo(structure);
            service.awaitDone(waiting);
            assertThat(service.awaitDone(stalled).path("attempt").asInt(0)).isEqualTo(2);
            assertThat(service.http()
                            .get("/v1/predictions")
                            .json()
                            .path("total")
                            .asInt(0))
                    .isEqualTo(3);
        }
    }

    private static String run(String command, Path file, Path data, String... more)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                ServiceProcess.classPath(),
                Anfinsen.class.getName(),
                command,
                file.toString(),
                "--data-directory",
                data.toString()));
        line.addAll(List.of(more));
        Process process = new ProcessBuilder(line).redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
