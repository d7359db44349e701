package org.anfinsen.service;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;

/** A {@link KillableService} in a process of its own, on a directory of its own. */
public final class ServiceProcess implements AutoCloseable {

    private static final Duration STOP_MAX = Duration.ofSeconds(60);

    private final Process process;
    private final Http http;

    private ServiceProcess(Process process, Http http) {
        this.process = process;
        this.http = http;
    }

    /**
     * Returns when the service answers.
     *
     * @param stall    true if jobs named {@code stall_…} are to stop in the state in their name
     * @param settings further ones, such as {@code --anfinsen.worker.lease=2s}
     */
    public static ServiceProcess start(Path directory, boolean stall, String... settings) throws IOException {
        return start(directory, stall, Map.of(), line -> {}, settings);
    }

    /** The same with someone who is told what it prints. */
    public static ServiceProcess start(Path directory, boolean stall, Consumer<String> log, String... settings)
            throws IOException {
        return start(directory, stall, Map.of(), log, settings);
    }

    /**
     * The same with variables in its environment.
     *
     * @param log told what the service prints
     */
    static ServiceProcess start(
            Path directory, boolean stall, Map<String, String> environment, Consumer<String> log, String... settings)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-XX:+UseSerialGC",
                "-Xmx300m",
                "--enable-native-access=ALL-UNNAMED",
                "-D" + TestPredictor.STALL + "=" + stall,
                "-cp",
                classPath(),
                KillableService.class.getName(),
                "--server.port=0",
                "--anfinsen.data-directory=" + directory));
        // Given twice, a setting is a list.
        for (String setting : List.of("--anfinsen.worker.lease=2s", "--anfinsen.worker.concurrency=4")) {
            String name = setting.substring(0, setting.indexOf('=') + 1);
            if (Arrays.stream(settings).noneMatch(given -> given.startsWith(name))) {
                command.add(setting);
            }
        }
        command.addAll(List.of(settings));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process started = builder.start();
        BufferedReader output = started.inputReader(StandardCharsets.UTF_8);
        StringBuilder before = new StringBuilder();
        for (String line = output.readLine(); line != null; line = output.readLine()) {
            before.append(line).append('\n');
            log.accept(line);
            if (line.startsWith(KillableService.READY)) {
                int port = Integer.parseInt(line.substring(KillableService.READY.length()));
                Thread.ofVirtual().start(() -> drain(output, log));
                return new ServiceProcess(started, new Http(port));
            }
        }
        throw new AssertionError("the service did not start:\n" + before);
    }

    public Http http() {
        return http;
    }

    long pid() {
        return process.pid();
    }

    /** SIGKILL. */
    public void kill() {
        process.destroyForcibly();
        awaitEnd();
    }

    /** SIGTERM, and the wait for the end. */
    public Duration terminate() {
        long start = System.nanoTime();
        process.destroy();
        awaitEnd();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    /** The states that a job went through. */
    List<String> events(String job) {
        return http.get(job + "/events")
                .text()
                .lines()
                .filter(line -> line.startsWith("data: "))
                .map(line -> line.replaceAll(".*\"state\":\"([a-z]+)\".*", "$1"))
                .toList();
    }

    /** Waits until a job is done, however often the service does not answer meanwhile. */
    JsonNode awaitDone(String job) throws InterruptedException {
        long end = System.nanoTime() + Duration.ofSeconds(90).toNanos();
        String seen = "";
        while (System.nanoTime() < end) {
            Http.Answer answer = http.get(job);
            seen = answer.status() + " " + answer.text();
            if (answer.status() == 200
                    && answer.json().path("state").asString("").equals("done")) {
                return answer.json();
            }
            Thread.sleep(100);
        }
        throw new AssertionError("not done: " + seen);
    }

    /** Lets the service stop its database. */
    @Override
    public void close() {
        if (process.isAlive()) {
            terminate();
        }
    }

    private void awaitEnd() {
        try {
            if (!process.waitFor(STOP_MAX)) {
                process.destroyForcibly();
                throw new AssertionError("the service has not stopped within " + STOP_MAX);
            }
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    /** So that the process never waits for room in the pipe. */
    private static void drain(BufferedReader output, Consumer<String> log) {
        try {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                log.accept(line);
            }
        } catch (IOException e) {
            // The process was ended.
        }
    }

    /** Failsafe starts tests from a jar that only names the class path, and says the path itself in a property. */
    static String classPath() {
        return System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    }
}
