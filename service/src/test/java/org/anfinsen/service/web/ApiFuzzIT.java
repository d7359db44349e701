package org.anfinsen.service.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.anfinsen.service.ServiceTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.test.context.TestPropertySource;
import tools.jackson.databind.JsonNode;

/**
 * Sends requests made from the service's own OpenAPI description: values of the type that is described, at and beyond its
 * limits, and plain rubbish, for every operation. {@code -Danfinsen.fuzz.requests=10000} sends more of them, see
 * {@code scripts/fuzz}.
 */
@TestPropertySource(
        properties = {
            "anfinsen.data-directory=target/test-data/fuzz",
            "logging.level.org.anfinsen.service.problem=error"
        })
class ApiFuzzIT extends ServiceTest {

    private static final int REQUESTS = Integer.getInteger("anfinsen.fuzz.requests", 600);
    private static final long SEED = Long.getLong("anfinsen.fuzz.seed", 20261124);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(20);
    private static final List<String> METHODS = List.of("get", "post", "delete", "put", "patch", "head");
    private static final String[] RUBBISH = {
        "",
        " ",
        "0",
        "-1",
        "2147483648",
        "1e999",
        "NaN",
        "null",
        "true",
        "[]",
        "{}",
        "../../etc/passwd",
        "%00",
        "\u0000",
        "'; drop table predictions; --",
        "<script>alert(1)</script>",
        "\ud83e\uddec",
        "\u00e9\u0301",
        "a".repeat(3000),
        "${jndi:ldap://127.0.0.1/x}",
        "00000000-0000-0000-0000-000000000000",
        "%",
        "*",
        "\\",
        "\r\nX-Injected: 1"
    };
    private static final String[] TEXTS = {
        ">a\nMKTAYIAKQR\n", ">a\nMKT\n>b\nMKV\n", ">q\nMKTAYIAKQR\n>h\nMKTAaYIAK-R\n", "# STOCKHOLM 1.0\nq MKT\n//\n",
        "CLUSTAL\n\nq MKT\n", "{\"sequence\": \"MKTAYIAKQR\"}", "{\"sequence\": \"MKT\", \"recycles\": 0, \"seed\": 1}",
                "[[[[[[[[[[[[[",
        "--x\r\nContent-Disposition: form-data; name=\"file\"; filename=\"a.a3m\"\r\n\r\n>q\nMKT\n\r\n--x--\r\n"
    };

    private final Random random = new Random(SEED);
    private final List<String> known = new ArrayList<>();

    @Test
    @Timeout(3000)
    void answersNoRequestWithAFaultOfItsOwn() throws Exception {
        JsonNode api = http.get("/v1/openapi").json();
        List<Map.Entry<String, JsonNode>> operations = new ArrayList<>();
        api.path("paths")
                .properties()
                .forEach(path -> path.getValue().properties().stream()
                        .filter(operation -> METHODS.contains(operation.getKey()))
                        .forEach(operation -> operations.add(
                                Map.entry(operation.getKey() + " " + path.getKey(), operation.getValue()))));
        known.add(http.submit("fuzzed", freshSequence(30)).replaceAll(".*/", ""));
        String benchmark = http.post("/v1/benchmarks?name=fuzzed", "application/zip", targets())
                .header("Location");
        known.add(benchmark.replaceAll(".*/", ""));
        Map<Integer, Integer> answers = new TreeMap<>();

        for (int i = 0; i < REQUESTS; i++) {
            var operation = operations.get(i % operations.size());
            String[] name = operation.getKey().split(" ", 2);
            int number = i;
            HttpRequest request = request(name[0], name[1], operation.getValue());
            HttpResponse<byte[]> answer = send(number, request);
            answers.merge(answer.statusCode(), 1, Integer::sum);
            assertThat(answer.statusCode())
                    .as(() -> describe(number, request) + " " + new String(answer.body(), StandardCharsets.UTF_8))
                    .isLessThan(500);
            assertThat(answer.headers().firstValue("X-Injected")).isEmpty();
            String type = answer.headers().firstValue("Content-Type").orElse("");
            // A path with an encoded slash or the like never comes as far as the service.
            boolean refusedByTheServer = answer.statusCode() == 400 && type.startsWith("text/html");
            if (answer.statusCode() >= 400 && answer.body().length > 0 && !refusedByTheServer) {
                assertThat(type).as(() -> describe(number, request)).startsWith("application/problem+json");
            }
        }
        System.out.println(REQUESTS + " requests to " + operations.size() + " operations, answers " + answers);
        assertThat(answers.keySet())
                .as("some are accepted, some refused")
                .anyMatch(s -> s < 300)
                .anyMatch(s -> s >= 400);
        assertThat(http.get("/actuator/health").status()).isEqualTo(200);
    }

    private HttpResponse<byte[]> send(int number, HttpRequest request) throws InterruptedException {
        try {
            return http.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
        } catch (IOException closed) {
            // The server closes a connection after a body that it refused; the client may notice with its next request.
            try {
                return http.client().send(request, HttpResponse.BodyHandlers.ofByteArray());
            } catch (IOException e) {
                throw new AssertionError(describe(number, request), e);
            }
        }
    }

    private static String describe(int number, HttpRequest request) {
        return number + " " + request.method() + " " + request.uri() + " "
                + request.headers().map() + ", seed " + SEED;
    }

    private HttpRequest request(String method, String path, JsonNode operation) {
        StringBuilder query = new StringBuilder();
        String address = path;
        List<String> headers = new ArrayList<>();
        for (JsonNode parameter : operation.path("parameters")) {
            String name = parameter.path("name").asString("");
            String value = value(parameter.path("schema"));
            switch (parameter.path("in").asString("")) {
                case "path" -> address = address.replace("{" + name + "}", encoded(pathValue(value)));
                case "query" -> {
                    if (random.nextInt(3) > 0) {
                        query.append(query.isEmpty() ? '?' : '&')
                                .append(name)
                                .append('=')
                                .append(encoded(value));
                    }
                }
                case "header" -> {
                    if (random.nextInt(3) == 0) {
                        headers.add(name);
                        headers.add(headerValue(value));
                    }
                }
                default -> {
                    // Cookies: none are described.
                }
            }
        }
        byte[] body = new byte[0];
        JsonNode content = operation.path("requestBody").path("content");
        if (!content.isEmpty() || random.nextInt(20) == 0) {
            List<String> types = new ArrayList<>(content.propertyNames());
            types.add("application/octet-stream");
            String type = types.get(random.nextInt(types.size()));
            headers.add("Content-Type");
            headers.add(type.startsWith("multipart") ? type + "; boundary=x" : type);
            body = type.endsWith("zip") && random.nextInt(4) > 0 ? mutated(targets()) : body();
        }
        if (path.endsWith("/events")) {
            // A stream of a job that runs would be open for as long as it runs.
            headers.addAll(List.of("Last-Event-ID", Integer.toString(random.nextInt(100))));
        }
        HttpRequest.Builder request = http.request(address.replaceAll("\\{[^}]*}", "x") + query);
        if (!headers.isEmpty()) {
            request.headers(headers.toArray(String[]::new));
        }
        return request.timeout(ANSWER_MAX)
                .method(method.toUpperCase(Locale.ROOT), HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
    }

    private String pathValue(String value) {
        return switch (random.nextInt(3)) {
            case 0 -> known.get(random.nextInt(known.size()));
            case 1 ->
                UUID.nameUUIDFromBytes(new byte[] {(byte) random.nextInt()}).toString();
            default -> value.isEmpty() ? "x" : value.substring(0, Math.min(200, value.length()));
        };
    }

    private String value(JsonNode schema) {
        if (random.nextInt(2) == 0) {
            return RUBBISH[random.nextInt(RUBBISH.length)];
        }
        if (!schema.path("enum").isEmpty()) {
            return schema.path("enum")
                    .path(random.nextInt(schema.path("enum").size()))
                    .asString("");
        }
        return switch (schema.path("type").asString("")) {
            case "integer" -> Integer.toString(random.nextInt(60) - 5);
            case "boolean" -> Boolean.toString(random.nextBoolean());
            default -> "anfinsen-1";
        };
    }

    private byte[] body() {
        byte[] text = TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8);
        switch (random.nextInt(4)) {
            case 0 -> {
                return text;
            }
            case 1 -> {
                byte[] bytes = new byte[random.nextInt(200)];
                random.nextBytes(bytes);
                return bytes;
            }
            default -> {
                return mutated(text);
            }
        }
    }

    private byte[] mutated(byte[] bytes) {
        for (int times = random.nextInt(5); times > 0; times--) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return random.nextInt(3) == 0 ? Arrays.copyOf(bytes, random.nextInt(bytes.length)) : bytes;
    }

    /** A set of targets: some good, some of which nothing can be made. */
    private byte[] targets() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (String name : List.of("a.fasta", "b.pdb", "c.a3m", "peers.csv", "../d.fasta")) {
                if (random.nextInt(3) > 0) {
                    zip.putNextEntry(new ZipEntry(name));
                    zip.write(TEXTS[random.nextInt(TEXTS.length)].getBytes(StandardCharsets.UTF_8));
                }
            }
            zip.putNextEntry(new ZipEntry("target.fasta"));
            zip.write((">target\n" + freshSequence(20 + random.nextInt(10)) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    /** What a header may hold at all; the client sends nothing else. */
    private static String headerValue(String value) {
        String allowed = value.replaceAll("[^\\x21-\\x7e]", "");
        return allowed.isEmpty() ? "x" : allowed;
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
