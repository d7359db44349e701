package org.anfinsen.service.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.anfinsen.service.NetworkServiceTest;
import org.anfinsen.service.ServiceTest;
import org.anfinsen.service.engine.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.beans.factory.annotation.Autowired;
import tools.jackson.databind.JsonNode;

/** Crashes the network's process under jobs that came over HTTP. */
@Timeout(240)
class CrashIT extends NetworkServiceTest {

    @Autowired
    private Engine engine = Isolated.engine();

    private void whileItPredicts(String job, int attempt, String signal) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (System.nanoTime() < end) {
            JsonNode seen = http.get(job).json();
            if (seen.path("state").asString("").equals("predicting")
                    && seen.path("attempt").asInt(0) == attempt) {
                ((IsolatedEngine) engine).processes().forEach(process -> Isolated.signal(signal, process));
                return;
            }
            Thread.sleep(20);
        }
        throw new AssertionError(
                "attempt " + attempt + " does not predict: " + http.get(job).text());
    }

    private String submit(String name) {
        // Not seen in an earlier run of this test, and some seconds of work.
        return http.submit(name, ServiceTest.freshSequence(160));
    }

    @Test
    void aJobWhoseNetworkCrashesOnceIsDoneAtTheSecondAttempt() throws InterruptedException {
        String job = submit("crashes-once");
        whileItPredicts(job, 1, "SEGV");

        JsonNode done = http.await(job, "done");
        assertThat(done.path("attempt").asInt(0)).isEqualTo(2);
        assertThat(http.get(job + "/events").text())
                .contains("crashed in native code (SIGSEGV)", "tried once more, with as little memory as it can");
    }

    @Test
    void aJobWhoseNetworkIsKilledTwiceFailsWithTheReasonAndTheServiceStaysUp() throws InterruptedException {
        String job = submit("killed-twice");
        whileItPredicts(job, 1, "KILL");
        whileItPredicts(job, 2, "KILL");

        JsonNode failed = http.await(job, "failed");
        assertThat(failed.path("failure").path("code").asString("")).isEqualTo("network-killed");
        assertThat(failed.path("failure").path("message").asString("")).contains("160 residues", "was killed");
        assertThat(http.get("/actuator/health/readiness").status()).isEqualTo(200);
        http.await(http.submit("after-the-crash", VILLIN), "done");
    }

    @Test
    void aCancelReachesTheMiddleOfAPass() {
        String job = http.submit("cancelled-in-a-pass", ServiceTest.freshSequence(600));
        http.await(job, "predicting");
        long start = System.nanoTime();
        http.delete(job);
        http.await(job, "cancelled");

        // A renewal of the lease finds out, every 10 seconds.
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(20));
    }
}
