package org.anfinsen.service.webhook;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of a user's that takes messages; its first answers are failures. */
final class Receiver implements AutoCloseable {

    private final List<Message> messages = new CopyOnWriteArrayList<>();
    private final AtomicInteger failures;
    private final HttpServer server;

    /** What came. */
    record Message(String id, String timestamp, String signature, String body) {}

    /** @param failures how often it answers 500 first */
    Receiver(int failures) throws IOException {
        this.failures = new AtomicInteger(failures);
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hook", exchange -> {
            byte[] body = exchange.getRequestBody().readAllBytes();
            messages.add(new Message(
                    exchange.getRequestHeaders().getFirst("webhook-id"),
                    exchange.getRequestHeaders().getFirst("webhook-timestamp"),
                    exchange.getRequestHeaders().getFirst("webhook-signature"),
                    new String(body, StandardCharsets.UTF_8)));
            exchange.sendResponseHeaders(this.failures.getAndDecrement() > 0 ? 500 : 204, -1);
            exchange.close();
        });
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    /** From now on it answers well. */
    void recover() {
        failures.set(0);
    }

    List<Message> messages() {
        return messages;
    }

    /** Waits until so many messages have come. */
    List<Message> await(int count) throws InterruptedException {
        for (int tries = 0; tries < 600; tries++) {
            if (messages.size() >= count) {
                return messages;
            }
            Thread.sleep(Duration.ofMillis(100));
        }
        throw new AssertionError(messages.size() + " messages, expected " + count);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
