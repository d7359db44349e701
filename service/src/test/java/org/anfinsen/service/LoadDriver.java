package org.anfinsen.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Submits at a steady rate to a service started for it, whose network is the tests' own, while readers ask for states,
 * follow event streams and download; then looks whether every accepted job was done once. {@code scripts/load} runs it;
 * the regular tests do not.
 */
final class LoadDriver {

    private static final String RESIDUES = "ACDEFGHIKLMNPQRSTVWY";

    private final int submissions = Integer.getInteger("anfinsen.load.submissions", 1000);
    private final Duration time = Duration.ofSeconds(Integer.getInteger("anfinsen.load.seconds", 60));
    private final int readers = Integer.getInteger("anfinsen.load.readers", 200);
    private final List<String> jobs = new CopyOnWriteArrayList<>();
    private final Map<String, List<Long>> micros = new ConcurrentHashMap<>();
    private final Map<String, Integer> answers = new ConcurrentHashMap<>();
    private volatile boolean stopping;

    @Test
    void losesNothingUnderLoad() throws Exception {
        Path directory = Files.createTempDirectory("anfinsen-load");
        try (ServiceProcess service = ServiceProcess.start(
                directory,
                false,
                "--anfinsen.limits.max-queued-jobs=5000",
                "--anfinsen.limits.max-event-streams=1000")) {
            List<Thread> reading = new ArrayList<>();
            for (int i = 0; i < readers; i++) {
                reading.add(Thread.ofVirtual().start(() -> read(service.http())));
            }
            long start = System.nanoTime();
            List<Thread> submitting = new ArrayList<>();
            for (int i = 0; i < submissions; i++) {
                int number = i;
                submitting.add(Thread.ofVirtual().start(() -> submit(service.http(), number)));
                long next = start + time.toNanos() * (i + 1) / submissions;
                Thread.sleep(Duration.ofNanos(Math.max(0, next - System.nanoTime())));
            }
            for (Thread thread : submitting) {
                thread.join();
            }
            System.out.printf("%d submissions in %.1f s%n", submissions, (System.nanoTime() - start) / 1e9);
            stopping = true;
            for (Thread thread : reading) {
                thread.join();
            }
            report(service, start);
        }
    }

    private void submit(Http http, int number) {
        StringBuilder residues = new StringBuilder("MKV");
        for (int rest = number; residues.length() < 30; rest = rest / 20 + 7) {
            residues.append(RESIDUES.charAt(rest % 20));
        }
        Http.Answer answer = timed(
                "submit",
                () -> http.post(
                        "/v1/predictions",
                        "text/x-fasta",
                        ">load" + number + "\n" + residues + "A".repeat(number % 100) + "\n"));
        if (answer.status() == 202) {
            jobs.add(answer.header("Location"));
        }
    }

    private void read(Http http) {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            while (!stopping) {
                if (!jobs.isEmpty()) {
                    String job = jobs.get(random.nextInt(jobs.size()));
                    ask(http, job, random.nextInt(4));
                }
                Thread.sleep(random.nextInt(400, 1600));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void ask(Http http, String job, int kind) {
        try {
            switch (kind) {
                case 0 -> timed("events", () -> http.get(job + "/events"));
                case 1 -> timed("file", () -> http.get(job + "/structure.pdb"));
                default -> timed("status", () -> http.get(job));
            }
        } catch (UncheckedIOException e) {
            answers.merge("broken off", 1, Integer::sum);
        }
    }

    private Http.Answer timed(String kind, Supplier<Http.Answer> call) {
        long start = System.nanoTime();
        Http.Answer answer = call.get();
        micros.computeIfAbsent(kind, key -> Collections.synchronizedList(new ArrayList<>()))
                .add((System.nanoTime() - start) / 1000);
        answers.merge(kind + " " + answer.status(), 1, Integer::sum);
        return answer;
    }

    private void report(ServiceProcess service, long start) throws IOException, InterruptedException {
        int twice = 0;
        for (String job : jobs) {
            service.awaitDone(job);
            if (Collections.frequency(service.events(job), "done") != 1) {
                twice++;
            }
        }
        int total = service.http().get("/v1/predictions").json().path("total").asInt(0);
        System.out.printf(
                "all done after %.1f s: %d accepted, %d in the list, %d finished other than once%n",
                (System.nanoTime() - start) / 1e9, jobs.size(), total, twice);
        System.out.println("answers " + new TreeMap<>(answers));
        for (Map.Entry<String, List<Long>> entry : new TreeMap<>(micros).entrySet()) {
            List<Long> sorted = new ArrayList<>(entry.getValue());
            Collections.sort(sorted);
            System.out.printf(
                    "%-7s %6d calls, ms: p50 %.1f, p95 %.1f, p99 %.1f, max %.1f%n",
                    entry.getKey(),
                    sorted.size(),
                    sorted.get(sorted.size() / 2) / 1e3,
                    sorted.get(sorted.size() * 95 / 100) / 1e3,
                    sorted.get(sorted.size() * 99 / 100) / 1e3,
                    sorted.getLast() / 1e3);
        }
        for (String line : Files.readAllLines(Path.of("/proc/" + service.pid() + "/status"))) {
            if (line.startsWith("VmHWM")) {
                System.out.println("largest resident memory of the service: "
                        + line.substring(6).strip());
            }
        }
        if (twice > 0 || total != jobs.size()) {
            throw new AssertionError("jobs were lost or done twice");
        }
    }
}
