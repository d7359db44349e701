package org.anfinsen.network.layer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * Layer normalisation over the last axis, biased variance, epsilon 1e-5.
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

    /** Normalises {@code x [..., c]}. */
    public Value apply(Graph g, Value x) {
        return g.layerNorm(x, g.weights("scale", scale), g.weights("offset", offset), EPSILON);
    }
}
