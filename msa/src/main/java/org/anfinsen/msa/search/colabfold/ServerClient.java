package org.anfinsen.msa.search.colabfold;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.anfinsen.msa.search.SearchFailure;

/** The three requests of the protocol, tried again where the server does not answer. */
final class ServerClient {

    private static final int OK = 200;
    private static final int SERVER_ERROR = 500;
    private static final int TEXT_BYTES_MAX = 1 << 16;

    private final HttpClient http;
    private final String address;
    private final ColabFoldSettings settings;
    private final long deadlineNanos;

    ServerClient(HttpClient http, String address, ColabFoldSettings settings, long deadlineNanos) {
        this.http = http;
        this.address = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.settings = settings;
        this.deadlineNanos = deadlineNanos;
    }

    Ticket submit(String fasta) throws InterruptedException, ServerException {
        String form = "q=" + URLEncoder.encode(fasta, StandardCharsets.UTF_8) + "&mode="
                + URLEncoder.encode(settings.mode(), StandardCharsets.UTF_8);
        HttpRequest.Builder request = request("/ticket/msa")
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString(form));
        return ticket(text(request));
    }

    Ticket state(String id) throws InterruptedException, ServerException {
        return ticket(text(request("/ticket/" + URLEncoder.encode(id, StandardCharsets.UTF_8))));
    }

    /** The result, a tar.gz; to be closed. */
    InputStream download(String id) throws InterruptedException, ServerException {
        return send(request("/result/download/" + URLEncoder.encode(id, StandardCharsets.UTF_8)), body -> body);
    }

    /** Waits for the pause of the settings, or until the time is up. */
    void pause() throws InterruptedException, ServerException {
        long left = deadlineNanos - System.nanoTime();
        if (left <= settings.pause().toNanos()) {
            throw new ServerException(new SearchFailure.TimedOut(address, settings.timeout()));
        }
        Thread.sleep(settings.pause());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create(address + path)).header("User-Agent", settings.userAgent());
    }

    private Ticket ticket(String text) throws ServerException {
        try {
            return Ticket.parse(text);
        } catch (IllegalArgumentException e) {
            throw new ServerException(new SearchFailure.OutputUnreadable(address, String.valueOf(e.getMessage())));
        }
    }

    private String text(HttpRequest.Builder request) throws InterruptedException, ServerException {
        return send(request, body -> {
            try (body) {
                return new String(body.readNBytes(TEXT_BYTES_MAX), StandardCharsets.UTF_8);
            }
        });
    }

    /** What is read of an answer; an answer that breaks off while it is read is asked for again. */
    @FunctionalInterface
    private interface BodyReader<T> {
        T read(InputStream body) throws IOException;
    }

    private <T> T send(HttpRequest.Builder request, BodyReader<T> reader) throws InterruptedException, ServerException {
        String lastFailure = "";
        for (int attempt = 0; attempt <= settings.retries(); attempt++) {
            if (attempt > 0) {
                pause();
            }
            try {
                Duration left = Duration.ofNanos(Math.max(1, deadlineNanos - System.nanoTime()));
                Duration timeout = left.compareTo(settings.requestTimeout()) < 0 ? left : settings.requestTimeout();
                HttpResponse<InputStream> response =
                        http.send(request.timeout(timeout).build(), HttpResponse.BodyHandlers.ofInputStream());
                if (response.statusCode() == OK) {
                    return reader.read(response.body());
                }
                lastFailure = "status " + response.statusCode() + " " + firstLine(response.body());
                if (response.statusCode() < SERVER_ERROR) {
                    throw new ServerException(new SearchFailure.ServerRefused(address, lastFailure.strip()));
                }
            } catch (IOException e) {
                lastFailure = String.valueOf(e);
            }
        }
        throw new ServerException(new SearchFailure.ServerUnreachable(address, lastFailure.strip()));
    }

    private static String firstLine(InputStream body) throws IOException {
        try (body) {
            String text = new String(body.readNBytes(200), StandardCharsets.UTF_8);
            return text.lines().findFirst().orElse("");
        }
    }
}
