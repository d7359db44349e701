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

    /** A row or column of the pair representation, {@code [N_res, c_z]}, with the update added. */
    public Value refineRow(Graph g, Value row) {
        return g.add(row, transition.apply(g, row));
    }
}
