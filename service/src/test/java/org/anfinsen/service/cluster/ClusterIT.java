package org.anfinsen.service.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anfinsen.db.embedded.EmbeddedPostgres;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceProcess;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** One service and workers in processes of their own, with a database and a broker between them; one worker is killed. */
final class ClusterIT {

    private static final String RESIDUES = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";
    private static final int TARGETS = 6;

    private final Path directory = Path.of("target", "test-data", "cluster-" + System.nanoTime());
    private final List<ServiceProcess> processes = new ArrayList<>();
    private final List<AutoCloseable> servers = new ArrayList<>();

    @AfterEach
    void stop() throws Exception {
        for (ServiceProcess process : processes) {
            process.close();
        }
        for (AutoCloseable server : servers) {
            server.close();
        }
    }

    @Test
    void losesNothingWithAWorkerThatIsKilled() throws Exception {
        Optional<Broker> broker = Broker.start(directory.resolve("rabbitmq"));
        assumeTrue(broker.isPresent(), "RabbitMQ is not installed: work in several processes was not checked");
        servers.add(broker.get());
        EmbeddedPostgres database =
                EmbeddedPostgres.start(directory.resolve("postgresql"), EmbeddedPostgres.Settings.DEFAULT);
        servers.add(database);
        Http service = start(false, broker.get(), database, "false", "aligning,scoring")
                .http();
        ServiceProcess doomed = start(true, broker.get(), database, "true", "predicting");

        String benchmark = submit(service);
        service.awaitPrediction("stall_predicting", "predicting");
        doomed.kill();
        processes.remove(doomed);
        assertThat(service.get(benchmark).json().path("state").asString("")).isEqualTo("running");
        start(false, broker.get(), database, "true", "predicting");

        JsonNode ended = service.await(benchmark, "done");
        assertThat(ended.path("targets").path("scored").asInt(0)).isEqualTo(TARGETS);
        JsonNode predictions = service.get("/v1/predictions?limit=100").json();
        assertThat(predictions.path("total").asInt(0)).isEqualTo(TARGETS);
        for (JsonNode prediction : predictions.path("jobs")) {
            boolean wasRunning = prediction.path("name").asString("").equals("stall_predicting");
            assertThat(prediction.path("attempt").asInt(0)).isBetween(wasRunning ? 2 : 1, 2);
        }
    }

    private ServiceProcess start(
            boolean stall, Broker broker, EmbeddedPostgres database, String predicts, String stages)
            throws IOException {
        ServiceProcess started = ServiceProcess.start(
                directory.resolve("process-" + processes.size()),
                stall,
                "--spring.datasource.url=" + database.jdbcUrl(),
                "--spring.datasource.username=" + EmbeddedPostgres.USER,
                "--spring.datasource.password=" + database.password(),
                "--spring.rabbitmq.host=127.0.0.1",
                "--spring.rabbitmq.port=" + broker.port(),
                "--anfinsen.cluster.enabled=true",
                "--anfinsen.cluster.stages=" + stages,
                "--anfinsen.worker.enabled=" + predicts,
                "--anfinsen.benchmark.resume=" + processes.isEmpty());
        processes.add(started);
        return started;
    }

    private static String submit(Http http) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (int i = 0; i < TARGETS; i++) {
                String name = i == 2 ? "stall_predicting" : "target" + i;
                zip.putNextEntry(new ZipEntry(name + ".fasta"));
                zip.write((">" + name + "\n" + RESIDUES.substring(i) + "\n").getBytes(StandardCharsets.UTF_8));
            }
        }
        Http.Answer answer = http.post("/v1/benchmarks", "application/zip", bytes.toByteArray());
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.header("Location");
    }
}
