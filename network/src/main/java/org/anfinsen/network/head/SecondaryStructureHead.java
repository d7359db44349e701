package org.anfinsen.network.head;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * Coil, helix or strand of each residue, as logits in this order.
 *
 * <p>Departs from the supplement, which has no such head: it is trained on a network that is kept as it is.
 */
public final class SecondaryStructureHead {
    private final LayerNorm norm;
    private final Linear hidden;
    private final Linear logits;

    /** Takes the arrays of {@code secondary_structure_head}. */
    public SecondaryStructureHead(ParameterScope scope, int cS) {
        norm = LayerNorm.take(scope.in("input_layer_norm"), cS);
        hidden = Linear.take(scope.in("act_0"), cS);
        logits = Linear.take(scope.in("logits"), hidden.out());
    }

    /** From the Evoformer's {@code s [N_res, c_s]} to {@code [N_res, 3]}. */
    public Value apply(Graph g, Value s) {
        return logits.applyToMatrix(g, g.relu(hidden.applyToMatrix(g, norm.apply(g, s))));
    }

    /** The number of states. */
    public int states() {
        return logits.out();
    }
}
