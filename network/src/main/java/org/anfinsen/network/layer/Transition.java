package org.anfinsen.network.layer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * Layer norm, a wider linear layer, ReLU, and back: the common body of Suppl. Alg. 9 and 15, which say which
 * representation it is applied to.
 */
public final class Transition {
    private final Linear widen;
    private final Linear narrow;

    /** Takes {@code input_layer_norm}, {@code transition1} and {@code transition2}; the factor is read from them. */
    public Transition(ParameterScope scope, int channels) {
        LayerNorm norm = LayerNorm.take(scope.in("input_layer_norm"), channels);
        widen = norm.into(Linear.take(scope.in("transition1"), channels));
        narrow = Linear.take(scope.in("transition2"), widen.out(), channels);
    }

    /** The update of one row {@code x [n, channels]}, of the same shape. */
    public Value apply(Graph g, Value x) {
        Value hidden = g.relu(widen.applyToMatrix(g.scope("widen"), LayerNorm.normalize(g.scope("norm"), x)));
        return narrow.applyToMatrix(g.scope("narrow"), hidden);
    }
}
