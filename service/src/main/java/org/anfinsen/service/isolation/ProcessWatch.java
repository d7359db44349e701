package org.anfinsen.service.isolation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionFailure.Category;

/**
 * How long a prediction may take, and how much memory its process.
 *
 * @param timeLimit   for one attempt
 * @param memoryBytes resident, where Linux says how many they are
 */
record ProcessWatch(Duration timeLimit, long memoryBytes) {

    /** Code of the failure of a prediction that took too long. */
    static final String TIME = "time-limit";

    private static final double GIB = 1L << 30;
    private static final String RESIDENT = "VmRSS:";

    /** When a prediction that begins now must have ended, in the time of {@link System#nanoTime}. */
    long deadline() {
        return System.nanoTime() + timeLimit.toNanos();
    }

    /** What is over its limit. */
    Optional<PredictionFailure> excess(Process process, long deadline) {
        if (System.nanoTime() - deadline > 0) {
            return Optional.of(new PredictionFailure(
                    TIME,
                    Category.RESOURCES,
                    "the prediction took longer than " + timeLimit.toSeconds()
                            + " s (anfinsen.prediction.time-limit)"));
        }
        OptionalLong resident = resident(process);
        if (resident.isPresent() && resident.getAsLong() > memoryBytes) {
            return Optional.of(new PredictionFailure(
                    "out-of-memory",
                    Category.RESOURCES,
                    String.format(
                            Locale.ROOT,
                            "the prediction's process took %.2f GiB of memory, limit %.2f GiB"
                                    + " (anfinsen.prediction.process-memory)",
                            resident.getAsLong() / GIB,
                            memoryBytes / GIB)));
        }
        return Optional.empty();
    }

    /** Bytes in memory; empty on other systems than Linux. */
    static OptionalLong resident(Process process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "status")).stream()
                    .filter(line -> line.startsWith(RESIDENT))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
                    .findFirst();
        } catch (IOException e) {
            return OptionalLong.empty();
        }
    }
}
