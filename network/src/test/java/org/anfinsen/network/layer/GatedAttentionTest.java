package org.anfinsen.network.layer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Map;
import java.util.Random;
import org.anfinsen.network.OperationRunner;
import org.anfinsen.network.Tensors;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.tensor.FloatTensor;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Attention over rows that take one chunk of queries, several full ones, and several of which the last is padded. */
class GatedAttentionTest {
    private static final String ROOT = Parameters.ROOT;
    private static final int CHANNELS = 5;
    private static final int HEADS = 2;
    private static final int WIDTH = 3;

    private final Random random = new Random(11);

    @ParameterizedTest
    @ValueSource(ints = {1, 255, 256, 257, 512, 515})
    void attendsToAllKeysWhateverTheChunks(int n) throws IOException {
        Map<String, FloatTensor> arrays = Map.of(
                ROOT + "/attention//query_w", Tensors.gaussian(random, 1, CHANNELS, HEADS, WIDTH),
                ROOT + "/attention//key_w", Tensors.gaussian(random, 1, CHANNELS, HEADS, WIDTH),
                ROOT + "/attention//value_w", Tensors.gaussian(random, 1, CHANNELS, HEADS, WIDTH),
                ROOT + "/attention//gating_w", Tensors.gaussian(random, 1, CHANNELS, HEADS, WIDTH),
                ROOT + "/attention//gating_b", Tensors.gaussian(random, 1, HEADS, WIDTH),
                ROOT + "/attention//output_w", Tensors.gaussian(random, 1, HEADS, WIDTH, CHANNELS),
                ROOT + "/attention//output_b", Tensors.gaussian(random, 1, CHANNELS),
                ROOT + "/norm//scale", Tensors.gaussian(random, 1, CHANNELS),
                ROOT + "/norm//offset", Tensors.gaussian(random, 1, CHANNELS));
        FloatTensor x = Tensors.gaussian(random, 1, n, CHANNELS);
        FloatTensor bias = Tensors.gaussian(random, 1, HEADS, n, n);
        FloatTensor keyBias = Tensors.gaussian(random, 1, n);
        Parameters parameters = new Parameters(arrays);
        LayerNorm norm = LayerNorm.take(parameters.root().in("norm"), CHANNELS);
        GatedAttention attention = new GatedAttention(parameters.root().in("attention"), norm, CHANNELS);

        FloatTensor heard = OperationRunner.run(
                        Map.of("x", x, "bias", bias, "keyBias", keyBias),
                        (g, in) -> Map.of(
                                "y",
                                attention.apply(
                                        g,
                                        in.get("x"),
                                        in.get("keyBias"),
                                        QueryChunks.of(g, g.size(in.get("x"), 0))
                                                .split(g, in.get("bias")))))
                .get("y");

        assertThat(heard.shape()).containsExactly(n, CHANNELS);
        for (int query : new int[] {0, n / 2, n - 1}) {
            double[] expected = attend(arrays, x, bias, keyBias, query);
            for (int channel = 0; channel < CHANNELS; channel++) {
                assertThat((double) heard.at(query, channel)).isCloseTo(expected[channel], within(1e-3));
            }
        }
    }

    /** Suppl. Alg. 7 for one query, number by number. */
    private static double[] attend(
            Map<String, FloatTensor> arrays, FloatTensor x, FloatTensor bias, FloatTensor keyBias, int query) {
        int n = x.dimension(0);
        double[] heard = new double[CHANNELS];
        for (int channel = 0; channel < CHANNELS; channel++) {
            heard[channel] = arrays.get(ROOT + "/attention//output_b").at(channel);
        }
        for (int head = 0; head < HEADS; head++) {
            double[] weights = new double[n];
            double sum = 0;
            for (int key = 0; key < n; key++) {
                double logit = bias.at(head, query, key) + keyBias.at(key);
                for (int w = 0; w < WIDTH; w++) {
                    logit += projection(arrays, "query_w", x, query, head, w)
                            * projection(arrays, "key_w", x, key, head, w)
                            / Math.sqrt(WIDTH);
                }
                weights[key] = Math.exp(logit);
                sum += weights[key];
            }
            for (int w = 0; w < WIDTH; w++) {
                double value = 0;
                for (int key = 0; key < n; key++) {
                    value += weights[key] / sum * projection(arrays, "value_w", x, key, head, w);
                }
                double gate = projection(arrays, "gating_w", x, query, head, w)
                        + arrays.get(ROOT + "/attention//gating_b").at(head, w);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    heard[channel] += value
                            / (1 + Math.exp(-gate))
                            * arrays.get(ROOT + "/attention//output_w").at(head, w, channel);
                }
            }
        }
        return heard;
    }

    private static double projection(
            Map<String, FloatTensor> arrays, String name, FloatTensor x, int row, int head, int width) {
        FloatTensor weights = arrays.get(ROOT + "/attention//" + name);
        double sum = 0;
        for (int channel = 0; channel < CHANNELS; channel++) {
            double scaled =
                    x.at(row, channel) * arrays.get(ROOT + "/norm//scale").at(channel)
                            + arrays.get(ROOT + "/norm//offset").at(channel);
            sum += scaled * weights.at(channel, head, width);
        }
        return sum;
    }
}
