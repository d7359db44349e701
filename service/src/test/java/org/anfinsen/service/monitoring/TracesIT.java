package org.anfinsen.service.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;

/** Sends spans to a collector that keeps what it is sent. */
class TracesIT extends ServiceTest {

    private static final StringBuffer RECEIVED = new StringBuffer();
    private static final HttpServer COLLECTOR = collector();

    private static HttpServer collector() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.createContext("/v1/traces", exchange -> {
                // Protocol buffers hold names as they are.
                RECEIVED.append(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1));
                exchange.sendResponseHeaders(200, -1);
                exchange.close();
            });
            server.start();
            return server;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    @DynamicPropertySource
    static void settings(DynamicPropertyRegistry registry) {
        registry.add(
                "management.opentelemetry.tracing.export.otlp.endpoint",
                () -> "http://127.0.0.1:" + COLLECTOR.getAddress().getPort() + "/v1/traces");
        registry.add("management.opentelemetry.tracing.export.schedule-delay", () -> "200ms");
        registry.add("spring.test.tracing.export", () -> "true");
        registry.add("anfinsen.data-directory", () -> "target/test-data/traces");
    }

    @AfterAll
    static void stop() {
        COLLECTOR.stop(0);
    }

    @Test
    void tellsTheCollectorOfAPredictionItsStagesAndItsJob() throws InterruptedException {
        String job = http.submit("traced", freshSequence(30));
        http.await(job, "done");

        String id = job.substring(job.lastIndexOf('/') + 1);
        String[] told = {"anfinsen.prediction", "anfinsen.stage", "predicting", id};
        for (int tries = 0; tries < 100 && !Stream.of(told).allMatch(RECEIVED.toString()::contains); tries++) {
            Thread.sleep(100);
        }
        assertThat(RECEIVED.toString()).contains(told);
    }
}
