package org.anfinsen.network.run;

import static org.assertj.core.api.Assertions.assertThat;

import org.anfinsen.network.Golden;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.junit.jupiter.api.Test;

class MemoryEstimateTest {
    private final NetworkDimensions sizes =
            NetworkDimensions.of(Golden.of("iteration").parameters());

    @Test
    void growsWithEachSize() {
        long base = MemoryEstimate.of(sizes, 1000, 100, 200).totalBytes();
        assertThat(MemoryEstimate.of(sizes, 1001, 100, 200).totalBytes()).isGreaterThan(base);
        assertThat(MemoryEstimate.of(sizes, 1000, 5000, 200).totalBytes()).isGreaterThan(base);
        assertThat(MemoryEstimate.of(sizes, 1000, 100, 9000).totalBytes()).isGreaterThan(base);
    }

    @Test
    void isQuadraticInTheLengthOfALongChain() {
        double one = MemoryEstimate.of(sizes, 10_000, 1, 1).totalBytes();
        double two = MemoryEstimate.of(sizes, 20_000, 1, 1).totalBytes();
        assertThat(two / one).isBetween(3.9, 4.0);
    }

    @Test
    void countsAtLeastTheTensorsThatMustExist() {
        int nRes = 2000;
        long sides = 4L * 4 * nRes * nRes * sizes.triangleChannels();
        assertThat(MemoryEstimate.of(sizes, nRes, 1, 1).nativeBytes()).isGreaterThan(sides);
    }
}
