package org.anfinsen.msa.search.colabfold;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Executors;
import java.util.zip.GZIPOutputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveOutputStream;

/**
 * A server that speaks the protocol over real HTTP: POST /ticket/msa with a form, GET /ticket/{id}, GET
 * /result/download/{id}. The id is the base64url of a SHA-224 of what was asked, as the real one's; the answers are
 * taken from scripts that a test fills, and what was asked is kept for the test to look at.
 */
final class LocalColabFoldServer implements AutoCloseable {

    private final HttpServer server;
    private final Queue<String> submitAnswers = new ArrayDeque<>();
    private final Queue<String> stateAnswers = new ArrayDeque<>();
    private final List<Map<String, String>> forms = new ArrayList<>();
    private final List<String> userAgents = new ArrayList<>();
    private byte[] archive = {};
    private int failures;
    private int breaks;
    private String id = "";

    LocalColabFoldServer() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::handle);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    synchronized LocalColabFoldServer onSubmit(String... states) {
        submitAnswers.addAll(Arrays.asList(states));
        return this;
    }

    synchronized LocalColabFoldServer onPoll(String... states) {
        stateAnswers.addAll(Arrays.asList(states));
        return this;
    }

    synchronized LocalColabFoldServer failing(int requests) {
        failures = requests;
        return this;
    }

    /** The next answers promise more bytes than are sent before the connection closes. */
    synchronized LocalColabFoldServer breakingOff(int answers) {
        breaks = answers;
        return this;
    }

    synchronized LocalColabFoldServer result(byte[] bytes) {
        archive = bytes;
        return this;
    }

    synchronized List<Map<String, String>> forms() {
        return List.copyOf(forms);
    }

    synchronized List<String> userAgents() {
        return List.copyOf(userAgents);
    }

    /** A tar.gz of files, each name followed by its text. */
    static byte[] archiveOf(String... namesAndTexts) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (TarArchiveOutputStream tar = new TarArchiveOutputStream(new GZIPOutputStream(bytes))) {
            for (int k = 0; k < namesAndTexts.length; k += 2) {
                byte[] text = namesAndTexts[k + 1].getBytes(StandardCharsets.UTF_8);
                TarArchiveEntry entry = new TarArchiveEntry(namesAndTexts[k]);
                entry.setSize(text.length);
                tar.putArchiveEntry(entry);
                tar.write(text);
                tar.closeArchiveEntry();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private synchronized void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            userAgents.add(String.valueOf(exchange.getRequestHeaders().getFirst("User-Agent")));
            String path = exchange.getRequestURI().getPath();
            if (failures > 0) {
                failures--;
                send(exchange, 502, "bad gateway".getBytes(StandardCharsets.UTF_8));
            } else if (breaks > 0) {
                breaks--;
                exchange.sendResponseHeaders(200, 1_000);
                exchange.getResponseBody().write("{\"id\":".getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            } else if (path.equals("/ticket/msa") && exchange.getRequestMethod().equals("POST")) {
                Map<String, String> form = form(exchange);
                forms.add(form);
                id = idOf(form);
                answer(exchange, submitAnswers.isEmpty() ? "PENDING" : submitAnswers.remove());
            } else if (path.equals("/ticket/" + id)) {
                answer(exchange, stateAnswers.isEmpty() ? "COMPLETE" : stateAnswers.remove());
            } else if (path.equals("/result/download/" + id)) {
                send(exchange, 200, archive);
            } else {
                send(exchange, 404, "no such ticket".getBytes(StandardCharsets.UTF_8));
            }
        }
    }

    /** A state, or {@code STATE:reason}; a word that is no state in capitals is sent as it is. */
    private void answer(HttpExchange exchange, String scripted) throws IOException {
        String[] parts = scripted.split(":", 2);
        boolean refused = parts[0].equals("RATELIMIT") || parts[0].equals("MAINTENANCE");
        String reason = parts.length > 1 ? ",\"reason\":\"" + parts[1] + "\"" : "";
        String json = "{\"id\":\"" + (refused ? "" : id) + "\",\"status\":\"" + parts[0] + "\"" + reason + "}";
        String text = parts[0].equals(parts[0].toUpperCase(java.util.Locale.ROOT)) ? json : scripted;
        send(exchange, 200, text.getBytes(StandardCharsets.UTF_8));
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
    }

    private static Map<String, String> form(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        Map<String, String> form = new HashMap<>();
        for (String field : body.split("&", -1)) {
            String[] parts = field.split("=", 2);
            form.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return form;
    }

    private static String idOf(Map<String, String> form) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-224")
                    .digest((form.get("q") + form.get("mode")).getBytes(StandardCharsets.UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
