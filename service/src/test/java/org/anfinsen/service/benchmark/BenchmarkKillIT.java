package org.anfinsen.service.benchmark;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anfinsen.service.Http;
import org.anfinsen.service.ServiceProcess;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Kills the service's process in the middle of a benchmark and starts it again on the same directory. */
final class BenchmarkKillIT {

    private static final String RESIDUES = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";
    private static final int TARGETS = 8;

    private final Path directory = Path.of("target", "test-data", "benchmark-kill-" + System.nanoTime());
    private @Nullable ServiceProcess service;

    @AfterEach
    void stop() {
        if (service != null) {
            service.close();
        }
    }

    @Test
    void goesOnWhereItWasKilledAndPredictsNothingTwice() throws Exception {
        ServiceProcess killed = start(true);
        String benchmark = submit(killed.http());
        killed.http().awaitPrediction("stall_predicting", "predicting");
        // Four are predicted at one time, and the stalled one may be the quickest to start.
        killed.http().awaitPrediction("target0", "done");
        Set<String> doneBefore = done(killed.http());
        killed.kill();
        Http http = start(false).http();

        JsonNode ended = http.await(benchmark, "done");

        assertThat(doneBefore).hasSizeBetween(1, TARGETS - 2);
        assertThat(ended.path("targets").path("scored").asInt(0)).isEqualTo(TARGETS - 1);
        assertThat(ended.path("targets").path("failed").asInt(0)).isEqualTo(1);
        JsonNode predictions = http.get("/v1/predictions?limit=100").json();
        List<String> names = new ArrayList<>();
        for (JsonNode prediction : predictions.path("jobs")) {
            String name = prediction.path("name").asString("");
            names.add(name);
            int attempt = prediction.path("attempt").asInt(0);
            assertThat(attempt).as(name).isBetween(1, doneBefore.contains(name) ? 1 : 2);
        }
        // Had it failed before the kill, and its target not been told, it is tried once more.
        assertThat(Collections.frequency(names, "impossible")).isBetween(1, 2);
        assertThat(names)
                .filteredOn(name -> !name.equals("impossible"))
                .hasSize(TARGETS - 1)
                .doesNotHaveDuplicates();
        assertThat(http.get(benchmark + "/report/targets.csv").text())
                .contains("impossible,", "failed,", "predicting,too-large: not enough memory")
                .contains("stall_predicting,");
        assertThat(http.get(benchmark + "/report/index.html").text()).contains(TARGETS + " targets, 1 failed");
        assertThat(http.get(benchmark + "/report/../../../postgresql/password").status())
                .isGreaterThanOrEqualTo(400);
    }

    private ServiceProcess start(boolean stall) throws IOException {
        ServiceProcess started = ServiceProcess.start(directory, stall);
        service = started;
        return started;
    }

    private static String submit(Http http) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        for (int i = 0; i < TARGETS; i++) {
            String name = i == 3 ? "stall_predicting" : i == 5 ? "impossible" : "target" + i;
            files.put(name + ".fasta", ">" + name + "\n" + RESIDUES.substring(i) + "\n");
        }
        Http.Answer answer = http.post("/v1/benchmarks?name=killed", "application/zip", zip(files));
        assertThat(answer.status()).as(answer.text()).isEqualTo(202);
        return answer.header("Location");
    }

    private static Set<String> done(Http http) {
        Set<String> names = new HashSet<>();
        for (JsonNode job :
                http.get("/v1/predictions?state=done&limit=100").json().path("jobs")) {
            names.add(job.path("name").asString(""));
        }
        return names;
    }

    private static byte[] zip(Map<String, String> files) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (Map.Entry<String, String> file : files.entrySet()) {
                zip.putNextEntry(new ZipEntry(file.getKey()));
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes.toByteArray();
    }
}
