package org.anfinsen.service.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessEndTest {

    private static String code(int exit, String... lines) {
        return ProcessEnd.failure(exit, List.of(lines)).code();
    }

    @Test
    void tellsWantOfMemoryFromAKillAndFromACrash() {
        assertThat(code(3, "Terminating due to java.lang.OutOfMemoryError: Java heap space"))
                .isEqualTo("out-of-memory");
        assertThat(code(1, "# There is insufficient memory for the Java Runtime Environment to continue."))
                .isEqualTo("out-of-memory");
        assertThat(code(134, "terminate called after throwing an instance of 'std::bad_alloc'"))
                .isEqualTo("out-of-memory");
        assertThat(code(137)).isEqualTo("network-killed");
        assertThat(code(134)).isEqualTo("network-crashed");
        assertThat(code(1)).isEqualTo("network-crashed");
    }

    @Test
    void namesTheSignal() {
        assertThat(ProcessEnd.failure(1, List.of("#", "#  SIGSEGV (0xb) at pc=0x00007f0e, pid=7, tid=8"))
                        .message())
                .contains("SIGSEGV");
        assertThat(ProcessEnd.failure(135, List.of()).message()).contains("signal 7");
    }
}
