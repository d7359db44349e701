package org.anfinsen.service.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GpuMemoryTest {

    @TempDir
    private Path directory = Path.of("");

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();

    @Test
    void tellsTheMemoryOfEachCard() throws IOException {
        new GpuMemory(program("echo '0, 512, 81559'; echo '1, [N/A], 81559'; echo '2, 0, 24576'")).bindTo(meters);

        assertThat(meters.get("anfinsen.gpu.memory.used")
                        .tag("gpu", "0")
                        .gauge()
                        .value())
                .isEqualTo(512.0 * (1 << 20));
        assertThat(meters.get("anfinsen.gpu.memory.total")
                        .tag("gpu", "2")
                        .gauge()
                        .value())
                .isEqualTo(24576.0 * (1 << 20));
        assertThat(meters.getMeters()).hasSize(4);
    }

    @Test
    void hasNoMetersWithoutACard() throws IOException {
        new GpuMemory("no-such-program").bindTo(meters);
        new GpuMemory(program("echo 'No devices were found'; exit 6")).bindTo(meters);

        assertThat(meters.getMeters()).isEmpty();
    }

    private String program(String script) throws IOException {
        Path file = directory.resolve("smi" + script.hashCode());
        Files.writeString(file, "#!/bin/sh\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        return file.toString();
    }
}
