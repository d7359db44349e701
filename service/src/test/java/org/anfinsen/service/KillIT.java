package org.anfinsen.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Kills the service's process while jobs are in each of the states and starts it again on the same directory. */
final class KillIT {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    private final Path directory = Path.of("target", "test-data", "kill-" + System.nanoTime());

    @Test
    void finishesEveryAcceptedJobOnceAfterAKillInAnyState() throws Exception {
        List<String> jobs = new ArrayList<>();
        ServiceProcess killed = ServiceProcess.start(directory, true);
        for (String state : List.of("searching", "featurising", "predicting", "writing", "queued")) {
            String job = killed.http().submit("stall_" + state, SEQUENCE.substring(jobs.size()));
            jobs.add(job);
            killed.http().await(job, state);
        }
        killed.kill();

        try (ServiceProcess service = ServiceProcess.start(directory, false)) {
            Http http = service.http();
            for (String job : jobs) {
                JsonNode done = http.await(job, "done");
                assertThat(http.get(job + "/structure.pdb").text())
                        .startsWith("REMARK " + done.path("name").asString(""));
                assertThat(service.events(job)).endsWith("done").containsOnlyOnce("done");
            }
            assertThat(http.get(jobs.getLast()).json().path("attempt").asInt(0)).isEqualTo(1);
            assertThat(http.get(jobs.getFirst()).json().path("attempt").asInt(0))
                    .isEqualTo(2);
            assertThat(http.get("/v1/predictions").json().path("total").asInt(0))
                    .isEqualTo(jobs.size());
        }
    }
}
