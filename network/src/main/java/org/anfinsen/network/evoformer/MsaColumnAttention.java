package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.parameters.ParameterScope;

/** Attention along each column of the MSA: Suppl. Alg. 8. */
public final class MsaColumnAttention {
    private final GatedAttention attention;

    /** Takes the arrays of {@code msa_column_attention}. */
    public MsaColumnAttention(ParameterScope scope, int cM) {
        attention = new GatedAttention(scope.in("attention"), LayerNorm.take(scope.in("query_norm"), cM), cM);
    }

    /**
     * One column of the MSA representation with the update added.
     *
     * @param column {@code [N_seq, c_m]}
     * @param keyBias of the column's mask, {@code [N_seq]}
     * @return {@code [N_seq, c_m]}
     */
    public Value refineColumn(Graph g, Value column, Value keyBias) {
        return g.add(column, attention.apply(g, LayerNorm.normalize(g.scope("norm"), column), keyBias, null));
    }
}
