package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Transition;
import org.anfinsen.network.parameters.ParameterScope;

/** The transition of the pair representation: Suppl. Alg. 15. */
public final class PairTransition {
    private final Transition transition;

    /** Takes the arrays of {@code pair_transition}. */
    public PairTransition(ParameterScope scope, int cZ) {
        transition = new Transition(scope, cZ);
    }

    /** The update of {@code z [N_res, N_res, c_z]}. */
    public Value apply(Graph g, Value z) {
        return transition.apply(g, z);
    }
}
