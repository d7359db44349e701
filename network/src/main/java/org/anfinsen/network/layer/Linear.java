package org.anfinsen.network.layer;

import java.util.Arrays;
import org.anfinsen.network.graph.EightBitWeights;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * {@code y = x W + b} over the last axis, with W as published: {@code [in, out]}.
 *
 * @param weights {@code [in, out]}
 * @param bias {@code [out]}, zeros where the published layer has none
 */
public record Linear(FloatTensor weights, FloatTensor bias) {
    /** Of a narrower layer, quantising costs more than the multiplication saves; such are the biases of attention. */
    private static final int LEAST_CHANNELS_IN_EIGHT_BITS = 32;

    /** Takes {@code weights} and {@code bias}. */
    public static Linear take(ParameterScope scope, int in, int out) {
        return new Linear(scope.take("weights", in, out), scope.take("bias", out));
    }

    /** As above, with as many outputs as the file has. */
    public static Linear take(ParameterScope scope, int in) {
        return take(scope, in, scope.dimension("bias", 1, 0));
    }

    /** A layer without a bias. */
    public static Linear withoutBias(FloatTensor weights) {
        return new Linear(weights, FloatTensor.zeros(weights.dimension(1)));
    }

    /** The number of inputs. */
    public int in() {
        return weights.dimension(0);
    }

    /** The number of outputs. */
    public int out() {
        return weights.dimension(1);
    }

    /** The layer followed by a multiplication: one operation less in the graph. */
    public Linear scaled(double factor) {
        return new Linear(scaled(weights, factor), scaled(bias, factor));
    }

    private static FloatTensor scaled(FloatTensor tensor, double factor) {
        float[] scaled = new float[tensor.size()];
        for (int i = 0; i < scaled.length; i++) {
            scaled[i] = (float) (tensor.data()[i] * factor);
        }
        return FloatTensor.of(scaled, tensor.shape());
    }

    /** One layer whose outputs are those of all given ones, in order: one matrix product in place of several. */
    public static Linear beside(Linear... layers) {
        int in = layers[0].in();
        int out = Arrays.stream(layers).mapToInt(Linear::out).sum();
        float[] weights = new float[in * out];
        float[] bias = new float[out];
        int column = 0;
        for (Linear layer : layers) {
            for (int row = 0; row < in; row++) {
                System.arraycopy(layer.weights.data(), row * layer.out(), weights, row * out + column, layer.out());
            }
            System.arraycopy(layer.bias.data(), 0, bias, column, layer.out());
            column += layer.out();
        }
        return new Linear(FloatTensor.of(weights, in, out), FloatTensor.of(bias, out));
    }

    private boolean hasBias() {
        for (float element : bias.data()) {
            if (element != 0) {
                return true;
            }
        }
        return false;
    }

    /** Applies the layer to {@code x [..., in]}; returns {@code [..., out]}. */
    public Value apply(Graph g, Value x) {
        if (!hasBias()) {
            return applyToMatrix(g, x);
        }
        Value flat = g.reshape(x, -1, in());
        return g.reshape(applyToMatrix(g, flat), g.leadingSizes(x), g.integers(out()));
    }

    /** Applies the layer to {@code x [n, in]}, which is cheaper; returns {@code [n, out]}. */
    public Value applyToMatrix(Graph g, Value x) {
        if (g.isInEightBits() && Math.min(in(), out()) >= LEAST_CHANNELS_IN_EIGHT_BITS) {
            return g.integerProduct(x, EightBitWeights.of(weights), hasBias() ? bias : null);
        }
        Value w = g.weights("weights", weights);
        return hasBias() ? g.gemm(x, false, w, false, g.weights("bias", bias)) : g.matMul(x, w);
    }
}
