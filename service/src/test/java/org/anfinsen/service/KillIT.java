package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Kills the service's process while jobs are in each of the states and starts it again on the same directory. */
final class KillIT {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    private final Path directory = Path.of("target", "test-data", "kill-" + System.nanoTime());
    private @Nullable Process process;
    private Http http = new Http(1);

    @AfterEach
    void stop() throws InterruptedException {
        if (process != null) {
            // Let it stop its database.
            process.destroy();
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                kill();
            }
        }
    }

    @Test
    void finishesEveryAcceptedJobOnceAfterAKillInAnyState() throws Exception {
        List<String> jobs = new ArrayList<>();
        start(true);
        for (String state : List.of("searching", "featurising", "predicting", "writing", "queued")) {
            String job = http.submit("stall_" + state, SEQUENCE.substring(jobs.size()));
            jobs.add(job);
            http.await(job, state);
        }
        kill();
        start(false);

        for (String job : jobs) {
            JsonNode done = http.await(job, "done");
            assertThat(http.get(job + "/structure.pdb").text())
                    .startsWith("REMARK " + done.path("name").asString(""));
            assertThat(events(job)).endsWith("done").containsOnlyOnce("done");
        }
        assertThat(http.get(jobs.getLast()).json().path("attempt").asInt(0)).isEqualTo(1);
        assertThat(http.get(jobs.getFirst()).json().path("attempt").asInt(0)).isEqualTo(2);
        assertThat(http.get("/v1/predictions").json().path("total").asInt(0)).isEqualTo(jobs.size());
    }

    private List<String> events(String job) {
        return http.get(job + "/events")
                .text()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.replaceAll(".*\"state\":\"([a-z]+)\".*", "$1"))
                .toList();
    }

    private void start(boolean stall) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx300m",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + TestPredictor.STALL + "=" + stall,
                "-cp",
                classPath(),
                KillableService.class.getName(),
                "--server.port=0",
                "--anfinsen.data-directory=" + directory,
                "--anfinsen.worker.lease=2s",
                "--anfinsen.worker.concurrency=4");
        builder.redirectErrorStream(true);
        Process started = builder.start();
        process = started;
        BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
        StringBuilder log = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            log.append(line).append('\n');
            if (line.startsWith(KillableService.READY)) {
                http = new Http(Integer.parseInt(line.substring(KillableService.READY.length())));
                Thread.ofVirtual().start(() -> output.lines().forEach(KillIT::ignore));
                return;
            }
        }
        throw new AssertionError("the service did not start:\n" + log);
    }

    private static void ignore(String line) {
        // Read, so that the process never waits for room in the pipe.
    }

    /** Failsafe starts tests from a jar that only names the class path, and says the path itself in a property. */
    private static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }

    private void kill() throws InterruptedException {
        Process killed = process;
        if (killed != null) {
            killed.destroyForcibly();
            assertThat(killed.waitFor(Duration.ofSeconds(10))).isTrue();
        }
    }
}
