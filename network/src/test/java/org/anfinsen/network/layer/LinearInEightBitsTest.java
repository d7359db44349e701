package org.anfinsen.network.layer;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.anfinsen.network.OperationRunner;
import org.anfinsen.network.Tensors;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.tensor.FloatTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Products of integers beside those in single precision. */
class LinearInEightBitsTest {
    private final Random random = new Random(5);

    private double errorInEightBits(Linear layer, FloatTensor x) throws IOException {
        Map<String, FloatTensor> results = OperationRunner.run(Map.of("x", x), (g, inputs) -> {
            Graph inEightBits = g.inEightBits().scope("integers");
            return Map.of(
                    "single", layer.apply(g, inputs.get("x")), "eight", layer.apply(inEightBits, inputs.get("x")));
        });
        assertThat(results.get("eight").shape()).isEqualTo(results.get("single").shape());
        return Tensors.relativeError(results.get("single"), results.get("eight"));
    }

    @ParameterizedTest
    @CsvSource({"48, 32, 40", "7, 64, 256", "100, 512, 128"})
    void errsByRounding(int rows, int in, int out) throws IOException {
        FloatTensor weights = Tensors.gaussian(random, 1 / Math.sqrt(in), in, out);
        FloatTensor x = Tensors.gaussian(random, 1, 2, rows, in);

        assertThat(errorInEightBits(new Linear(weights, Tensors.gaussian(random, 1, out)), x))
                .isBetween(1e-4, 0.02);
        assertThat(errorInEightBits(Linear.withoutBias(weights), x)).isBetween(1e-4, 0.02);
    }

    @ParameterizedTest
    @CsvSource({"31, 64", "64, 8"})
    void leavesNarrowLayersAlone(int in, int out) throws IOException {
        Linear layer = new Linear(Tensors.gaussian(random, 1, in, out), Tensors.gaussian(random, 1, out));

        assertThat(errorInEightBits(layer, Tensors.gaussian(random, 1, 20, in))).isZero();
    }

    /** The largest integers of one sign, where sums of two products would leave 16 bits if all eight were used. */
    @ParameterizedTest
    @CsvSource({"64, 1", "64, -1", "256, 1"})
    void doesNotOverflow(int in, float weight) throws IOException {
        float[] weights = new float[in * 32];
        Arrays.fill(weights, weight);
        float[] x = new float[in * 3];
        Arrays.fill(x, 10);

        Linear layer = Linear.withoutBias(FloatTensor.of(weights, in, 32));
        assertThat(errorInEightBits(layer, FloatTensor.of(x, 3, in))).isLessThan(1e-3);
    }

    @ParameterizedTest
    @CsvSource({"0", "17"})
    void keepsAColumnOfZeros(int column) throws IOException {
        FloatTensor weights = Tensors.gaussian(random, 1, 40, 32);
        for (int row = 0; row < 40; row++) {
            weights.data()[row * 32 + column] = 0;
        }
        FloatTensor x = Tensors.gaussian(random, 1, 5, 40);
        FloatTensor product = OperationRunner.run(
                        Map.of("x", x),
                        (g, inputs) -> Map.of("y", Linear.withoutBias(weights).apply(g.inEightBits(), inputs.get("x"))))
                .get("y");

        for (int row = 0; row < 5; row++) {
            assertThat(product.at(row, column)).isZero();
        }
    }
}
