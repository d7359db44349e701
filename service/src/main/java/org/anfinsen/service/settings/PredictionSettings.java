package org.anfinsen.service.settings;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
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
 */
@ConfigurationProperties("anfinsen.prediction")
public record PredictionSettings(
        @DefaultValue("anfinsen-1") String model,
        @DefaultValue("0.1") double settledAngstrom,
        @DefaultValue("2") int loadedModels,
        @DefaultValue("0") int threads,
        @DefaultValue("0B") DataSize memory) {

    public PredictionSettings {
        if (!(settledAngstrom >= 0)) {
            throw new IllegalArgumentException(
                    "anfinsen.prediction.settled-angstrom is " + settledAngstrom + ", must not be negative");
        }
        if (memory.isNegative()) {
            throw new IllegalArgumentException("anfinsen.prediction.memory is " + memory + ", must not be negative");
        }
    }

    /** Bytes that one prediction may take. */
    public long memoryBytes() {
        if (memory.toBytes() > 0) {
            return memory.toBytes();
        }
        OperatingSystemMXBean machine = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
        return machine.getTotalMemorySize() / 10 * 9;
    }
}
