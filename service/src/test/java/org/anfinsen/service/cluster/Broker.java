package org.anfinsen.service.cluster;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A RabbitMQ of the tests' own: Debian's program on free ports and with its data in a folder. */
final class Broker implements AutoCloseable {

    private static final Path PROGRAM = Path.of("/usr/lib/rabbitmq/bin/rabbitmq-server");
    private static final int TRIES_MAX = 240;

    private final Process process;
    private final int port;

    private Broker(Process process, int port) {
        this.process = process;
        this.port = port;
    }

    /** Starts it; empty where RabbitMQ is not installed. */
    static Optional<Broker> start(Path directory) throws IOException, InterruptedException {
        if (!Files.isExecutable(PROGRAM)) {
            return Optional.empty();
        }
        Path root = Files.createDirectories(directory).toAbsolutePath();
        int port = freePort();
        int distribution = freePort();
        ProcessBuilder builder = new ProcessBuilder(PROGRAM.toString())
                .redirectErrorStream(true)
                .redirectOutput(root.resolve("output.log").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME", root.toString(),
                        "RABBITMQ_NODENAME", "anfinsen" + port + "@localhost",
                        "RABBITMQ_NODE_IP_ADDRESS", "127.0.0.1",
                        "RABBITMQ_NODE_PORT", Integer.toString(port),
                        "RABBITMQ_DIST_PORT", Integer.toString(distribution),
                        "RABBITMQ_MNESIA_BASE", root.resolve("mnesia").toString(),
                        "RABBITMQ_LOG_BASE", root.resolve("log").toString(),
                        "RABBITMQ_ENABLED_PLUGINS_FILE", root.resolve("plugins").toString(),
                        "RABBITMQ_PID_FILE", root.resolve("pid").toString()));
        Broker broker = new Broker(builder.start(), port);
        for (int tries = 0; tries < TRIES_MAX && broker.process.isAlive(); tries++) {
            if (broker.answers()) {
                return Optional.of(broker);
            }
            Thread.sleep(500);
        }
        broker.close();
        throw new AssertionError("RabbitMQ does not start:\n" + Files.readString(root.resolve("output.log")));
    }

    int port() {
        return port;
    }

    private boolean answers() {
        try (Socket socket = new Socket("127.0.0.1", port)) {
            return socket.isConnected();
        } catch (IOException e) {
            return false;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        }
    }

    /** The program is a script above Erlang's machine: both end. */
    @Override
    public void close() {
        process.descendants().forEach(ProcessHandle::destroyForcibly);
        process.destroyForcibly();
        try {
            process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
