package org.anfinsen.network.head;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Which letter stands where the MSA was masked, as logits: Suppl. section 1.9.9. */
public final class MaskedMsaHead {
    private final Linear logits;

    /** Takes {@code masked_msa_head/logits}. */
    public MaskedMsaHead(ParameterScope scope, int cM) {
        logits = Linear.take(scope.in("logits"), cM);
    }

    /** From {@code m [N_seq, N_res, c_m]} to {@code [N_seq, N_res, letters]}. */
    public Value apply(Graph g, Value m) {
        return logits.apply(g, m);
    }

    /** The number of letters. */
    public int letters() {
        return logits.out();
    }
}
