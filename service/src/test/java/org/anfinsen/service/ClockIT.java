package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sets the clock of a service's PostgreSQL, which decides about leases, while jobs wait and run. That the service's own clock
 * decides about no job is asserted by {@code ModuleGraphTest}.
 */
@Timeout(600)
final class ClockIT {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    /** Of Debian's package faketime. */
    private static final List<Path> LIBRARIES = List.of(
            Path.of("/usr/lib/x86_64-linux-gnu/faketime/libfaketime.so.1"),
            Path.of("/usr/lib/aarch64-linux-gnu/faketime/libfaketime.so.1"));

    private final Path directory =
            Path.of("target", "test-data", "clock-" + System.nanoTime()).toAbsolutePath();

    private final Path clock = directory.resolve("clock");

    @Test
    void losesNoJobAndDoesNoneTwiceWhenTheClockGoesADayForwardAndTwoBack() throws Exception {
        Path library = LIBRARIES.stream().filter(Files::exists).findFirst().orElse(Path.of(""));
        assumeTrue(Files.isRegularFile(library), "not checked: a clock that is set, since libfaketime is not here");
        ServiceProcess.start(directory, false).close();
        followOurClock(library);
        List<String> jobs = new ArrayList<>();
        List<String> days = new ArrayList<>();
        try (ServiceProcess service = ServiceProcess.start(directory, true)) {
            Http http = service.http();
            // Its worker lives and keeps it, whatever the clock says.
            jobs.add(http.submit("stall_predicting", SEQUENCE));
            for (String offset : List.of("+0", "+1d", "-1d")) {
                Files.writeString(clock, offset);
                for (int i = 0; i < 6; i++) {
                    jobs.add(http.submit("clock" + jobs.size(), SEQUENCE + "A".repeat(jobs.size())));
                }
                Thread.sleep(3000);
                String last = http.submit("dated" + jobs.size(), SEQUENCE + "W".repeat(jobs.size()));
                jobs.add(last);
                days.add(service.awaitDone(last).path("accepted").asString("").substring(0, 10));
            }
            // Dies with the job in hand, while the clock is a day behind where its lease began.
            service.kill();
        }
        try (ServiceProcess service = ServiceProcess.start(directory, false)) {
            for (String job : jobs) {
                service.awaitDone(job);
                assertThat(service.events(job)).as(job).endsWith("done").containsOnlyOnce("done");
            }
            int attempts = service.awaitDone(jobs.getFirst()).path("attempt").asInt();
            assertThat(attempts)
                    .as("the kill cost an attempt, the clock did not")
                    .isEqualTo(2);
        }
        assertThat(days).as("the clock was set").doesNotHaveDuplicates().hasSize(3);
    }

    /** Puts programs before PostgreSQL's that start them with another clock. */
    private void followOurClock(Path library) throws IOException {
        Files.writeString(clock, "+0");
        Path binaries;
        try (Stream<Path> directories =
                Files.find(directory.resolve("postgresql"), 2, (file, attributes) -> file.endsWith("bin"))) {
            binaries = directories.findFirst().orElseThrow();
        }
        for (String program : List.of("postgres", "pg_ctl")) {
            Path file = binaries.resolve(program);
            Path real = Files.move(file, binaries.resolve(program + ".real"));
            Files.writeString(file, """
                #!/bin/sh
                export LD_PRELOAD=%s FAKETIME_TIMESTAMP_FILE=%s FAKETIME_CACHE_DURATION=1
                export FAKETIME_DONT_FAKE_MONOTONIC=1
                exec %s "$@"
                """.formatted(library, clock, real));
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }
}
