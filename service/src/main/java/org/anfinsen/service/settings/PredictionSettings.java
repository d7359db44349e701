package org.anfinsen.service.settings;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How predictions are made: {@code anfinsen.prediction.*}.
 *
 * @param model           the model package taken when a request names none
 * @param settledAngstrom recycling stops early when no more than this moves from one pass to the next: root mean square
 *                        change of the C-alpha distances, in Å; 0 never stops early
 * @param loadedModels    networks that stay in memory
 * @param threads         CPU threads of one operation of the network; 0 takes all cores
 * @param memory          what one prediction may take; a chain whose estimate is larger is refused when it is submitted. 0
 *                        stands for nine tenths of the machine's or container's memory
 * @param isolated        whether the service predicts in processes of their own, so that it survives what ends one of them
 * @param javaOptions     options of Java for these processes, after those of the service
 * @param processMemory   what such a process may take before it is ended; 0 as for {@code memory}
 * @param timeLimit       how long an attempt at a prediction may take in such a process, its search included
 */
@ConfigurationProperties("anfinsen.prediction")
public record PredictionSettings(
        @DefaultValue("anfinsen-1") String model,
        @DefaultValue("0.1") double settledAngstrom,
        @DefaultValue("2") int loadedModels,
        @DefaultValue("0") int threads,
        @DefaultValue("0B") DataSize memory,
        @DefaultValue("true") boolean isolated,
        @DefaultValue("-XX:MaxRAMPercentage=50") List<String> javaOptions,
        @DefaultValue("0B") DataSize processMemory,
        @DefaultValue("24h") Duration timeLimit) {

    public PredictionSettings {
        javaOptions = List.copyOf(javaOptions);
        if (!(settledAngstrom >= 0)) {
            throw new IllegalArgumentException(
                    "anfinsen.prediction.settled-angstrom is " + settledAngstrom + ", must not be negative");
        }
        if (memory.isNegative() || processMemory.isNegative()) {
            throw new IllegalArgumentException("anfinsen.prediction.memory is " + memory
                    + ", anfinsen.prediction.process-memory " + processMemory + ", must not be negative");
        }
        if (!timeLimit.isPositive()) {
            throw new IllegalArgumentException(
                    "anfinsen.prediction.time-limit is " + timeLimit + ", must be more than 0");
        }
    }

    /** The same with what takes as little memory as it can: one network, which computes with one thread. */
    public PredictionSettings sparing() {
        return new PredictionSettings(
                model, settledAngstrom, 1, 1, memory, isolated, javaOptions, processMemory, timeLimit);
    }

    /** Bytes that one prediction may take. */
    public long memoryBytes() {
        return bytes(memory);
    }

    /** Bytes that the process of a prediction may take. */
    public long processMemoryBytes() {
        return bytes(processMemory);
    }

    private static long bytes(DataSize size) {
        if (size.toBytes() > 0) {
            return size.toBytes();
        }
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return machine.getTotalMemorySize() / 10 * 9;
    }
}
