package org.anfinsen.network.layer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * Layer normalisation over the last axis, biased variance, epsilon 1e-5.
 *
 * <p>Scale and offset that are followed by linear layers go {@linkplain #into into} these, and what is left is
 * {@link #normalize}: in simple operations, which ONNX Runtime's CPU kernels do some five times as fast as its
 * LayerNormalization.
 *
 * @param scale {@code [c]}
 * @param offset {@code [c]}
 */
public record LayerNorm(FloatTensor scale, FloatTensor offset) {
    private static final float EPSILON = 1e-5f;

    /** Takes {@code scale} and {@code offset}. */
    public static LayerNorm take(ParameterScope scope, int channels) {
        return new LayerNorm(scope.take("scale", channels), scope.take("offset", channels));
    }

    /** Normalises {@code x [..., c]}, scale and offset included. */
    public Value apply(Graph g, Value x) {
        return g.layerNorm(x, g.weights("scale", scale), g.weights("offset", offset), EPSILON);
    }

    /** Normalises {@code x [1, c, n, m]}, scale and offset included, over the second axis. */
    public Value applyToChannelsFirst(Graph g, Value x) {
        Value scaled = g.multiply(normalize(g, x, 1), g.weights("scale", scale.reshape(scale.size(), 1, 1)));
        return g.add(scaled, g.weights("offset", offset.reshape(offset.size(), 1, 1)));
    }

    /** Normalises {@code x [n, c]} to mean 0 and variance 1, without scale and offset. */
    public static Value normalize(Graph g, Value x) {
        return normalize(g, x, -1);
    }

    private static Value normalize(Graph g, Value x, int axis) {
        Value centered = g.subtract(x, g.mean(x, axis));
        Value variance = g.mean(g.multiply(centered, centered), axis);
        return g.divide(centered, g.squareRoot(g.add(variance, g.number(EPSILON))));
    }

    /** The linear layer that does to normalised values what {@code linear} does to them scaled and offset. */
    public Linear into(Linear linear) {
        int in = linear.in();
        int out = linear.out();
        float[] weights = new float[in * out];
        double[] bias = new double[out];
        for (int column = 0; column < out; column++) {
            bias[column] = linear.bias().at(column);
        }
        for (int row = 0; row < in; row++) {
            for (int column = 0; column < out; column++) {
                float weight = linear.weights().data()[row * out + column];
                weights[row * out + column] = weight * scale.data()[row];
                bias[column] += (double) weight * offset.data()[row];
            }
        }
        float[] rounded = new float[out];
        for (int column = 0; column < out; column++) {
            rounded[column] = (float) bias[column];
        }
        return new Linear(FloatTensor.of(weights, in, out), FloatTensor.of(rounded, out));
    }
}
