package org.anfinsen.network.head;

import java.util.stream.IntStream;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * Coil, helix or strand of each residue, as logits in this order, from the residue and its four neighbours on each side.
 *
 * <p>Departs from the supplement, which has no such head: it is trained on a network that is kept as it is. Beyond the ends
 * there are zeros.
 */
public final class SecondaryStructureHead {
    private static final int NEIGHBOURS = 4;
    private static final int WINDOW = 2 * NEIGHBOURS + 1;

    private final LayerNorm norm;
    private final Linear first;
    private final Linear second;
    private final Linear logits;

    /** Takes the arrays of {@code secondary_structure_head}. */
    public SecondaryStructureHead(ParameterScope scope, int cS) {
        norm = LayerNorm.take(scope.in("input_layer_norm"), cS);
        first = Linear.take(scope.in("act_0"), cS);
        second = Linear.take(scope.in("act_1"), WINDOW * first.out());
        logits = Linear.take(scope.in("logits"), second.out());
    }

    /** From the Evoformer's {@code s [N_res, c_s]} to {@code [N_res, 3]}. */
    public Value apply(Graph g, Value s) {
        Value a = first.applyToMatrix(g, norm.apply(g, s));
        Value beyond = g.weights("beyond", FloatTensor.zeros(NEIGHBOURS, first.out()));
        Value padded = g.concat(0, beyond, a, beyond);
        Value[] window = IntStream.range(0, WINDOW)
                .mapToObj(k -> g.slice(padded, 0, k, k == WINDOW - 1 ? Integer.MAX_VALUE : k + 1 - WINDOW))
                .toArray(Value[]::new);
        Value hidden = g.relu(second.applyToMatrix(g, g.concat(1, window)));
        return logits.applyToMatrix(g, hidden);
    }

    /** The number of states. */
    public int states() {
        return logits.out();
    }
}
