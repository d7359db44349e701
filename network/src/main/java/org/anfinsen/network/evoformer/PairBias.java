package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** The bias that attention gets from the pair representation: Suppl. Alg. 7 line 3, Alg. 13 line 3. */
final class PairBias {
    private final Linear linear;

    PairBias(ParameterScope scope, int channels, int heads) {
        linear = Linear.withoutBias(scope.take("feat_2d_weights", channels, heads));
    }

    /** From {@code z [N_res, N_res, c]}, normalised, to {@code [1, heads, N_res, N_res]}. */
    Value apply(Graph g, Value z) {
        return g.unsqueeze(g.transpose(linear.apply(g, z), 2, 0, 1), 0);
    }
}
