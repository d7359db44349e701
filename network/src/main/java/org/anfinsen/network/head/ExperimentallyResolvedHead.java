package org.anfinsen.network.head;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Which atoms an experiment would have resolved, as logits: Suppl. section 1.9.10. */
public final class ExperimentallyResolvedHead {
    private final Linear logits;

    /** Takes {@code experimentally_resolved_head/logits}. */
    public ExperimentallyResolvedHead(ParameterScope scope, int cS) {
        logits = Linear.take(scope.in("logits"), cS);
    }

    /** From the Evoformer's {@code s [N_res, c_s]} to {@code [N_res, atoms]}. */
    public Value apply(Graph g, Value s) {
        return logits.apply(g, s);
    }

    /** The number of atoms. */
    public int atoms() {
        return logits.out();
    }
}
