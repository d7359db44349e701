package org.anfinsen.network.embedding;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * One residual step: {@code x + convolution(relu(norm(x)))}.
 *
 * @param norm over the channels
 * @param weights {@code [c, c, 3, 3]}: output, input, rows, columns
 * @param dilation how far apart the pairs are that a convolution joins
 */
record CoevolutionBlock(LayerNorm norm, FloatTensor weights, int dilation) {
    private static final int KERNEL = 3;

    static CoevolutionBlock take(ParameterScope scope, int channels, int dilation) {
        return new CoevolutionBlock(
                LayerNorm.take(scope.in("layer_norm"), channels),
                scope.in("convolution").take("weights", channels, channels, KERNEL, KERNEL),
                dilation);
    }

    /** From {@code x [1, c, N_res, N_res]} and {@code mask [1, 1, N_res, N_res]} to the shape of {@code x}. */
    Value apply(Graph g, Value x, Value mask) {
        Value normal = norm.applyToChannelsFirst(g.scope("norm"), x);
        Value active = g.multiply(g.relu(normal), mask);
        return g.add(x, g.convolution(active, g.weights("weights", weights), dilation));
    }
}
