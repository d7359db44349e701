package org.anfinsen.network.head;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** How well each residue is placed, as logits over lDDT bins: Suppl. Alg. 29. */
public final class PlddtHead {
    private final LayerNorm norm;
    private final Linear first;
    private final Linear second;
    private final Linear logits;

    /** Takes the arrays of {@code predicted_lddt_head}. */
    public PlddtHead(ParameterScope scope, int cS) {
        norm = LayerNorm.take(scope.in("input_layer_norm"), cS);
        first = Linear.take(scope.in("act_0"), cS);
        second = Linear.take(scope.in("act_1"), first.out());
        logits = Linear.take(scope.in("logits"), second.out());
    }

    /** From the structure module's {@code s [N_res, c_s]} to {@code [N_res, bins]}. */
    public Value apply(Graph g, Value s) {
        Value hidden = g.relu(first.applyToMatrix(g, norm.apply(g, s)));
        return logits.applyToMatrix(g, g.relu(second.applyToMatrix(g, hidden)));
    }

    /** The number of bins. */
    public int bins() {
        return logits.out();
    }
}
