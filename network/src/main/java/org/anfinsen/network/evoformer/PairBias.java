package org.anfinsen.network.evoformer;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.layer.QueryChunks;
import org.anfinsen.network.parameters.ParameterScope;

/** The bias that attention gets from the pair representation: Suppl. Alg. 7 line 3, Alg. 13 line 3. */
final class PairBias {
    private final Linear linear;

    PairBias(LayerNorm norm, ParameterScope scope, int channels, int heads) {
        linear = norm.into(Linear.withoutBias(scope.take("feat_2d_weights", channels, heads)));
    }

    /** From {@code z [N_res, N_res, c]} to {@code [heads, N_res, N_res]}, in {@linkplain QueryChunks#split chunks}. */
    Value apply(Graph g, Value z) {
        Value byRow = g.forEachRow(
                        List.of(z),
                        1,
                        rows -> List.of(
                                g.transpose(linear.applyToMatrix(g, LayerNorm.normalize(g, rows.getFirst())), 1, 0)))
                .getFirst();
        return QueryChunks.of(g, g.size(z, 0)).split(g, g.transpose(byRow, 1, 0, 2));
    }
}
