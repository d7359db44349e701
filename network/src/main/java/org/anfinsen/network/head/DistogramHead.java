package org.anfinsen.network.head;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Distances between C-beta atoms, as logits over bins: Suppl. section 1.9.8. */
public final class DistogramHead {
    private final Linear half;

    /** Takes {@code distogram_head/half_logits}. */
    public DistogramHead(ParameterScope scope, int cZ) {
        half = Linear.take(scope.in("half_logits"), cZ);
    }

    /** From {@code z [N_res, N_res, c_z]} to symmetric {@code [N_res, N_res, bins]}. */
    public Value apply(Graph g, Value z) {
        Value logits = half.apply(g, z);
        return g.add(logits, g.transpose(logits, 1, 0, 2));
    }

    /** The number of bins. */
    public int bins() {
        return half.out();
    }
}
