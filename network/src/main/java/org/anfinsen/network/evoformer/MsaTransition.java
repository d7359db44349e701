package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Transition;
import org.anfinsen.network.parameters.ParameterScope;

/** The transition of the MSA representation: Suppl. Alg. 9. */
public final class MsaTransition {
    private final Transition transition;

    /** Takes the arrays of {@code msa_transition}. */
    public MsaTransition(ParameterScope scope, int cM) {
        transition = new Transition(scope, cM);
    }

    /** A row or column of the MSA representation, {@code [n, c_m]}, with the update added. */
    public Value refineRow(Graph g, Value row) {
        return g.add(row, transition.apply(g, row));
    }
}
