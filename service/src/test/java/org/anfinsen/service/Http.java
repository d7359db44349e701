package org.anfinsen.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to the service as a caller does. */
public final class Http {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();
    private final String root;

    public Http(int port) {
        root = "http://127.0.0.1:" + port;
    }

    /** An answer with its body as text. */
    public record Answer(HttpResponse<byte[]> response) {
        public int status() {
            return response.statusCode();
        }

        public String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        public JsonNode json() {
            return JSON.readTree(response.body());
        }

        public String header(String name) {
            return response.headers().firstValue(name).orElse("");
        }
    }

    public Answer get(String path, String... headers) {
        return send(request(path, headers).GET());
    }

    public Answer delete(String path, String... headers) {
        return send(request(path, headers).DELETE());
    }

    public Answer post(String path, String contentType, String body, String... headers) {
        return post(path, contentType, body.getBytes(StandardCharsets.UTF_8), headers);
    }

    public Answer post(String path, String contentType, byte[] body, String... headers) {
        return send(request(path, headers)
                .header("Content-Type", contentType)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body)));
    }

    public Answer post(String path, HttpRequest.BodyPublisher body, String... headers) {
        return send(request(path, headers).POST(body));
    }

    /** Submits one FASTA record and answers its job's address. */
    public String submit(String name, String residues) {
        Answer answer = post("/v1/predictions", "text/x-fasta", ">" + name + "\n" + residues + "\n");
        if (answer.status() != 202) {
            throw new AssertionError(answer.status() + " " + answer.text());
        }
        return answer.header("Location");
    }

    /** Waits until the job at this address is in a state. */
    public JsonNode await(String job, String state) {
        return awaitAny(() -> List.of(get(job).json()), state);
    }

    /** Waits until a prediction of this name is in a state. */
    public JsonNode awaitPrediction(String name, String state) {
        return awaitAny(() -> get("/v1/predictions?name=" + name).json().path("jobs"), state);
    }

    private static JsonNode awaitAny(Supplier<Iterable<JsonNode>> jobs, String state) {
        long end = System.nanoTime() + Duration.ofSeconds(60).toNanos();
        while (true) {
            Iterable<JsonNode> seen = jobs.get();
            for (JsonNode job : seen) {
                if (job.path("state").asString("").equals(state)) {
                    return job;
                }
            }
            if (System.nanoTime() > end) {
                throw new AssertionError("not " + state + " after a minute: " + seen);
            }
            try {
                Thread.sleep(50);
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
        }
    }

    public HttpRequest.Builder request(String path, String... headers) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(60));
        return headers.length == 0 ? builder : builder.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            return new Answer(client.send(request.build(), HttpResponse.BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    public HttpClient client() {
        return client;
    }
}
