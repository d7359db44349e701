package org.anfinsen.network.head;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Error of each residue seen from each other's frame, as logits over bins: Suppl. section 1.9.7. */
public final class PredictedAlignedErrorHead {
    private final Linear logits;

    /** Takes {@code predicted_aligned_error_head/logits}. */
    public PredictedAlignedErrorHead(ParameterScope scope, int cZ) {
        logits = Linear.take(scope.in("logits"), cZ);
    }

    /** From {@code z [N_res, N_res, c_z]} to {@code [N_res, N_res, bins]}. */
    public Value apply(Graph g, Value z) {
        return logits.apply(g, z);
    }

    /** The number of bins. */
    public int bins() {
        return logits.out();
    }
}
