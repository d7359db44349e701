package org.anfinsen.service.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Messages to a real server that fails at first, from a service that is killed meanwhile. */
final class WebhookIT {

    private static final String RESIDUES = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";
    private static final String LATER = "--anfinsen.webhooks.first-retry=";

    private final Path directory = Path.of("target", "test-data", "webhook-" + System.nanoTime());
    private @Nullable ServiceProcess service;

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void arriveSignedThoughTheReceiverFailsAndTheServiceIsKilled() throws Exception {
        try (Receiver receiver = new Receiver(Integer.MAX_VALUE)) {
            ServiceProcess killed = start(true);
            Http.Answer batch = killed.http()
                    .post(
                            "/v1/predictions?webhook=" + receiver.address(),
                            "text/x-fasta",
                            ">first\n" + RESIDUES + "\n>impossible\n" + RESIDUES.substring(1) + "\n");
            assertThat(batch.status()).as(batch.text()).isEqualTo(202);
            Http.Answer benchmark = killed.http()
                    .post("/v1/benchmarks?webhook=" + receiver.address(), "application/zip", zip("target"));
            assertThat(benchmark.status()).as(benchmark.text()).isEqualTo(202);
            receiver.await(6);
            killed.kill();
            receiver.recover();
            int before = receiver.messages().size();
            start(true);

            List<Receiver.Message> messages = receiver.await(before + 2);

            JsonNode ofJobs = check(messages, "predictions.ended", batch.header("Webhook-Secret"));
            assertThat(ofJobs.path("jobs").size()).isEqualTo(2);
            assertThat(ofJobs.path("jobs").path(0).path("state").asString("")).isEqualTo("done");
            assertThat(ofJobs.path("jobs").path(1).path("state").asString("")).isEqualTo("failed");
            JsonNode ofBenchmark = check(messages, "benchmark.done", benchmark.header("Webhook-Secret"));
            assertThat(ofBenchmark.path("address").asString("")).isEqualTo(benchmark.header("Location"));
            assertThat(ofBenchmark.path("targets").path("scored").asInt(0)).isEqualTo(1);
            Thread.sleep(3000);
            assertThat(receiver.messages()).as("none comes after it was taken").hasSize(before + 2);
        }
    }

    @Test
    void doNotGoInsideTheNetworkUnlessThatIsAllowed() throws Exception {
        try (Receiver receiver = new Receiver(0)) {
            Http http = start(false).http();

            Http.Answer answer = http.post(
                    "/v1/predictions?webhook=" + receiver.address(), "text/x-fasta", ">a\n" + RESIDUES + "\n");

            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.json().path("errors").path(0).path("code").asString(""))
                    .isEqualTo("invalid-webhook");
            assertThat(http.get("/v1/predictions").json().path("total").asInt(-1))
                    .isZero();
        }
    }

    /** All tries of one message: same id and body, a signature that is right at each, a time of its own. */
    private static JsonNode check(List<Receiver.Message> messages, String type, String secret) {
        List<Receiver.Message> tries = messages.stream()
                .filter(message -> message.body().contains("\"" + type + "\""))
                .toList();
        assertThat(tries).hasSizeGreaterThanOrEqualTo(3);
        assertThat(tries)
                .extracting(Receiver.Message::id)
                .containsOnly(tries.getFirst().id());
        assertThat(tries)
                .extracting(Receiver.Message::body)
                .containsOnly(tries.getFirst().body());
        assertThat(secret).startsWith("whsec_");
        String key = secret.substring("whsec_".length());
        for (Receiver.Message message : tries) {
            Instant time = Instant.ofEpochSecond(Long.parseLong(message.timestamp()));
            assertThat(message.signature()).isEqualTo(WebhookSignature.of(key, message.id(), time, message.body()));
            assertThat(time)
                    .isBetween(Instant.now().minusSeconds(300), Instant.now().plusSeconds(1));
        }
        return JsonMapper.shared().readTree(tries.getLast().body()).path("data");
    }

    private ServiceProcess start(boolean privateAddresses) throws IOException {
        ServiceProcess started = ServiceProcess.start(
                directory, false, LATER + "300ms", "--anfinsen.webhooks.private-addresses=" + privateAddresses);
        service = started;
        return started;
    }

    private static byte[] zip(String name) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            zip.putNextEntry(new ZipEntry(name + ".fasta"));
            zip.write((">" + name + "\n" + RESIDUES + "\n").getBytes(StandardCharsets.UTF_8));
        }
        return bytes.toByteArray();
    }
}
