package org.anfinsen.network.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;
import org.anfinsen.network.OperationRunner;
import org.anfinsen.network.tensor.FloatTensor;
import org.junit.jupiter.api.Test;

class OutOfMemoryTest {

    @Test
    void isToldFromOtherFailuresOfTheRuntime() {
        // The outer product of the column and the row has 2^48 numbers, 1 PiB: more than a process can address.
        FloatTensor column = FloatTensor.zeros(1 << 24, 1);
        FloatTensor row = FloatTensor.zeros(1, 1 << 24);
        NetworkException failure = catchThrowableOfType(
                NetworkException.class,
                () -> OperationRunner.run(
                        Map.of("column", column, "row", row),
                        (g, inputs) -> Map.of("product", g.add(inputs.get("column"), inputs.get("row")))));

        assertThat(failure.isOutOfMemory()).as(failure.getMessage()).isTrue();
        assertThat(new NetworkException("expected shape [1], found [2]").isOutOfMemory())
                .isFalse();
    }
}
