package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.anfinsen.db.embedded.EmbeddedPostgres;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Breaks what the service stands on while it works, and sees that nothing accepted is lost or done twice. */
@Timeout(300)
final class FaultsIT {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    private final Path directory =
            Path.of("target", "test-data", "faults-" + System.nanoTime()).toAbsolutePath();

    @Test
    void losesNothingWhenPostgresqlIsKilledUnderLoad() throws Exception {
        try (ServiceProcess service = ServiceProcess.start(directory, false)) {
            List<String> jobs = new ArrayList<>();
            int refused = 0;
            for (int i = 0; i < 120; i++) {
                if (i == 40 || i == 80) {
                    signal("KILL", postgresql());
                }
                Http.Answer answer = submit(service, i);
                if (answer.status() == 202) {
                    jobs.add(answer.header("Location"));
                } else {
                    refused++;
                    assertThat(answer.status()).as(answer.text()).isEqualTo(503);
                    assertThat(answer.header("Retry-After")).isNotEmpty();
                    Thread.sleep(100);
                }
            }
            assertThat(jobs).hasSizeGreaterThan(40);
            assertDoneOnce(service, jobs);
            System.out.println(
                    "PostgreSQL killed twice: " + jobs.size() + " accepted and done, " + refused + " refused");
        }
    }

    @Test
    void sharesOneDatabaseAndTakesOverFromAServiceThatIsKilled() throws Exception {
        try (ServiceProcess first = ServiceProcess.start(directory, false)) {
            EmbeddedPostgres.Running database =
                    EmbeddedPostgres.find(directory.resolve("postgresql")).orElseThrow();
            ServiceProcess second = ServiceProcess.start(
                    directory.resolve("second"),
                    true,
                    "--spring.datasource.url=" + database.jdbcUrl(),
                    "--spring.datasource.username=" + EmbeddedPostgres.USER,
                    "--spring.datasource.password=" + database.password());
            List<String> jobs = new ArrayList<>();
            // The second stalls with four of them, and is killed; the first finishes its own and takes them over.
            for (int i = 0; i < 40; i++) {
                String name = i < 8 ? "stall_predicting" : "shared" + i;
                jobs.add((i % 2 == 0 ? first : second).http().submit(name, SEQUENCE + "A".repeat(i)));
            }
            Thread.sleep(1000);
            second.kill();

            assertDoneOnce(first, jobs);
        }
    }

    @Test
    void stopsInTheMiddleOfALongPassAndGoesOnAfterTheRestart() throws Exception {
        String job;
        try (ServiceProcess service =
                ServiceProcess.start(directory, true, "--anfinsen.worker.grace=1s", "--anfinsen.worker.lease=60s")) {
            job = service.http().submit("stall_predicting", SEQUENCE);
            service.http().await(job, "predicting");

            assertThat(service.terminate()).isLessThan(Duration.ofSeconds(30));
        }
        try (ServiceProcess service = ServiceProcess.start(directory, false)) {
            assertThat(service.awaitDone(job).path("attempt").asInt(0))
                    .as("an attempt that a stop ended does not count")
                    .isEqualTo(1);
            assertThat(service.events(job)).containsOnlyOnce("done");
        }
    }

    @Test
    void waitsForRoomOnAFullDiskAndLosesNothing() throws Exception {
        Files.createDirectories(directory);
        assumeTrue(
                run("mount", "-t", "tmpfs", "-o", "size=400m", "none", directory.toString()) == 0,
                "not checked: a full disk, since this process may not mount a file system of its own");
        try {
            try (ServiceProcess service = ServiceProcess.start(directory, false)) {
                List<String> jobs = new ArrayList<>();
                for (int i = 0; i < 5; i++) {
                    jobs.add(submit(service, i).header("Location"));
                }
                Path filler = directory.resolve("filler");
                fill(filler);
                List<Integer> answers = new ArrayList<>();
                for (int i = 0; i < 60; i++) {
                    Http.Answer answer = submit(service, 1000 + i);
                    answers.add(answer.status());
                    if (answer.status() == 202) {
                        jobs.add(answer.header("Location"));
                    }
                }
                assertThat(answers).contains(503).allMatch(status -> status == 202 || status == 503);
                Files.delete(filler);

                assertDoneOnce(service, jobs);
                long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
                int status = 0;
                while (status != 202 && System.nanoTime() < end) {
                    status = submit(service, 5000).status();
                }
                assertThat(status).isEqualTo(202);
            }
        } finally {
            run("umount", "--lazy", directory.toString());
        }
    }

    private static Http.Answer submit(ServiceProcess service, int number) {
        String residues =
                SEQUENCE + "ACDEFGHIKL".charAt(number % 10) + "A".repeat(number / 10 % 150) + "W".repeat(number / 1000);
        return service.http().post("/v1/predictions", "text/x-fasta", ">job" + number + "\n" + residues + "\n");
    }

    private static void assertDoneOnce(ServiceProcess service, List<String> jobs) throws InterruptedException {
        for (String job : jobs) {
            service.awaitDone(job);
            assertThat(service.events(job)).as(job).endsWith("done").containsOnlyOnce("done");
        }
        assertThat(jobs).doesNotHaveDuplicates();
    }

    private long postgresql() throws IOException {
        Path file = directory.resolve("postgresql/data/postmaster.pid");
        return Long.parseLong(Files.readAllLines(file).getFirst().strip());
    }

    private static void signal(String signal, long process) throws IOException, InterruptedException {
        assertThat(run("kill", "-" + signal, Long.toString(process))).isZero();
    }

    private static int run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    private static void fill(Path file) {
        try (OutputStream out = Files.newOutputStream(file)) {
            byte[] block = new byte[1 << 16];
            while (true) {
                out.write(block);
            }
        } catch (IOException e) {
            assertThat(e.getMessage()).contains("No space");
        }
    }
}
