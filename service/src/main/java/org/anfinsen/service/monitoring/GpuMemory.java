package org.anfinsen.service.monitoring;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Memory of the graphics cards, all their processes together: {@code anfinsen.gpu.memory.used} and
 * {@code anfinsen.gpu.memory.total} in bytes, by card. Asks {@code nvidia-smi}, which needs no CUDA context of this process;
 * without it, or without a card, there are no such meters.
 */
@Component
final class GpuMemory implements MeterBinder {

    private static final Logger LOG = LoggerFactory.getLogger(GpuMemory.class);
    private static final Duration AGE_MAX = Duration.ofSeconds(5);
    private static final Duration ANSWER_MAX = Duration.ofSeconds(10);
    private static final int MIB_SHIFT = 20;
    private static final List<String> QUESTION =
            List.of("--query-gpu=index,memory.used,memory.total", "--format=csv,noheader,nounits");

    private final String program;
    private Map<String, Card> cards = Map.of();
    private long askedAt;

    /** A card's memory in bytes. */
    private record Card(double used, double total) {}

    @Autowired
    GpuMemory() {
        this("nvidia-smi");
    }

    /** @param program on PATH, or with its path */
    GpuMemory(String program) {
        this.program = program;
    }

    @Override
    public synchronized void bindTo(MeterRegistry meters) {
        cards = ask();
        askedAt = System.nanoTime();
        for (String index : cards.keySet()) {
            Gauge.builder("anfinsen.gpu.memory.used", () -> card(index).used())
                    .description("Memory in use on a graphics card")
                    .baseUnit("bytes")
                    .tag("gpu", index)
                    .register(meters);
            Gauge.builder("anfinsen.gpu.memory.total", () -> card(index).total())
                    .description("Memory of a graphics card")
                    .baseUnit("bytes")
                    .tag("gpu", index)
                    .register(meters);
        }
    }

    /** All gauges of one scrape share an answer; a card that is gone has no value. */
    private synchronized Card card(String index) {
        if (System.nanoTime() - askedAt > AGE_MAX.toNanos()) {
            cards = ask();
            askedAt = System.nanoTime();
        }
        return cards.getOrDefault(index, new Card(Double.NaN, Double.NaN));
    }

    private Map<String, Card> ask() {
        Map<String, Card> found = new LinkedHashMap<>();
        for (String line : answer()) {
            String[] values = line.split(",", -1);
            if (values.length == 3 && isNumber(values[1]) && isNumber(values[2])) {
                found.put(values[0].strip(), new Card(bytes(values[1]), bytes(values[2])));
            }
        }
        return found;
    }

    private List<String> answer() {
        try {
            Process process = new ProcessBuilder(program, QUESTION.getFirst(), QUESTION.getLast())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            try {
                if (!process.waitFor(ANSWER_MAX) || process.exitValue() != 0) {
                    return List.of();
                }
                return new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8)
                        .lines()
                        .toList();
            } finally {
                process.destroyForcibly();
            }
        } catch (IOException e) {
            LOG.debug("No graphics cards are watched: {}", e.getMessage());
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    private static boolean isNumber(String text) {
        return text.strip().matches("[0-9]{1,12}");
    }

    private static double bytes(String mebibytes) {
        return (double) (Long.parseLong(mebibytes.strip()) << MIB_SHIFT);
    }
}
