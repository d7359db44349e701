package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Restores what docs/operator-guide.md says to back up. */
final class BackupIT {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    private final Path directory =
            Path.of("target", "test-data", "backup-" + System.nanoTime()).toAbsolutePath();

    @Test
    void findsItsJobsAndResultsInACopyOfTheDataDirectory() throws Exception {
        Path original = directory.resolve("original");
        Path restored = directory.resolve("restored");
        String done;
        String waiting;
        byte[] structure;
        try (ServiceProcess service =
                ServiceProcess.start(original, true, "--anfinsen.worker.grace=1s", "--anfinsen.worker.concurrency=1")) {
            done = service.http().submit("finished", SEQUENCE);
            service.awaitDone(done);
            structure = service.http().get(done + "/structure.pdb").response().body();
            String stalled = service.http().submit("stall_predicting", SEQUENCE + "A");
            service.http().await(stalled, "predicting");
            waiting = service.http().submit("waiting", SEQUENCE + "AA");
        }
        copy(original, restored);

        try (ServiceProcess service = ServiceProcess.start(restored, false)) {
            assertThat(service.http().get(done + "/structure.pdb").response().body())
                    .isEqualTo(structure);
            service.awaitDone(waiting);
        }
    }

    private static void copy(Path from, Path to) throws IOException, InterruptedException {
        Process copy = new ProcessBuilder("cp", "-a", from.toString(), to.toString()).start();
        assertThat(copy.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(copy.exitValue()).isZero();
    }
}
