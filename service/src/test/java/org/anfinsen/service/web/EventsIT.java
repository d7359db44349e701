package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.Test;

/** The event stream of a job. */
final class EventsIT extends ServiceTest {

    @Test
    void sendsTheHistoryThenWhatHappensAndEndsWithTheJob() throws Exception {
        CountDownLatch latch = engine.predictor().hold("held3");
        String job = http.submit("held3", freshSequence(30));
        http.await(job, "predicting");
        CompletableFuture<List<String>> states = CompletableFuture.supplyAsync(() -> states(lines(job)));
        Thread.sleep(300);
        latch.countDown();

        List<String> seen = states.get(30, TimeUnit.SECONDS);

        assertThat(seen.stream().distinct())
                .containsExactly("queued", "searching", "featurising", "predicting", "writing", "done");
    }

    @Test
    void continuesAfterTheLastEventTheCallerHas() {
        String job = http.submit("held4", freshSequence(30));
        http.await(job, "done");
        List<String> ids = ids(lines(job).toList());

        List<String> rest = ids(lines(job, "Last-Event-ID", ids.get(2)).toList());
        Http.Answer nothing = http.get(job + "/events", "Last-Event-ID", ids.getLast());

        assertThat(rest).isEqualTo(ids.subList(3, ids.size()));
        assertThat(nothing.status()).isEqualTo(204);
    }

    @Test
    void namesEventsAndNumbersThem() {
        String job = http.submit("held5", freshSequence(30));
        http.await(job, "done");

        List<String> lines = lines(job).toList();

        assertThat(lines).contains("event: state", "event: progress");
        assertThat(ids(lines)).isSortedAccordingTo((a, b) -> Long.compare(Long.parseLong(a), Long.parseLong(b)));
        assertThat(lines.stream()
                        .filter(line -> line.contains("\"cycle\":1"))
                        .findFirst()
                        .orElse(""))
                .contains("\"mean_plddt\":71.0", "\"cycles\":4");
    }

    @Test
    void answersAnUnknownJobWithAProblem() {
        assertThat(http.get("/v1/predictions/" + UUID.randomUUID() + "/events").status())
                .isEqualTo(404);
    }

    private Stream<String> lines(String job, String... headers) {
        try {
            HttpResponse<Stream<String>> response = http.client()
                    .send(http.request(job + "/events", headers).build(), HttpResponse.BodyHandlers.ofLines());
            assertThat(response.headers().firstValue("Content-Type").orElse("")).startsWith("text/event-stream");
            return response.body();
        } catch (IOException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private static List<String> states(Stream<String> lines) {
        List<String> states = new ArrayList<>();
        lines.filter(line -> line.startsWith("data: "))
                .forEach(line -> states.add(line.replaceAll(".*\"state\":\"([a-z]+)\".*", "$1")));
        return states;
    }

    private static List<String> ids(List<String> lines) {
        return lines.stream()
                .filter(line -> line.startsWith("id: "))
                .map(line -> line.substring(4))
                .toList();
    }
}
