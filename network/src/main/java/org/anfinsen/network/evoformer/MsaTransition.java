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

    /** The update of {@code m [N_seq, N_res, c_m]}. */
    public Value apply(Graph g, Value m) {
        return transition.apply(g, m);
    }
}
