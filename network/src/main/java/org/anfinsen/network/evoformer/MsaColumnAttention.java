package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.parameters.ParameterScope;

/** Attention along each column of the MSA: Suppl. Alg. 8. */
public final class MsaColumnAttention {
    private final LayerNorm queryNorm;
    private final GatedAttention attention;

    /** Takes the arrays of {@code msa_column_attention}. */
    public MsaColumnAttention(ParameterScope scope, int cM) {
        queryNorm = LayerNorm.take(scope.in("query_norm"), cM);
        attention = new GatedAttention(scope.in("attention"), cM);
    }

    /**
     * The update of the MSA representation.
     *
     * @param m {@code [N_seq, N_res, c_m]}
     * @param msaMask {@code [N_seq, N_res]}
     * @return {@code [N_seq, N_res, c_m]}
     */
    public Value apply(Graph g, Value m, Value msaMask) {
        Value columns = queryNorm.apply(g.scope("norm"), g.transpose(m, 1, 0, 2));
        Value update = attention.apply(g.scope("attention"), columns, g.transpose(msaMask, 1, 0), null);
        return g.transpose(update, 1, 0, 2);
    }
}
