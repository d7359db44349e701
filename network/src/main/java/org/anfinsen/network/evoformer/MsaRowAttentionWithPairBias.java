package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.parameters.ParameterScope;

/** Attention along each row of the MSA, biased by the pair representation: Suppl. Alg. 7. */
public final class MsaRowAttentionWithPairBias {
    private final LayerNorm queryNorm;
    private final LayerNorm pairNorm;
    private final GatedAttention attention;
    private final PairBias pairBias;

    /** Takes the arrays of {@code msa_row_attention_with_pair_bias}. */
    public MsaRowAttentionWithPairBias(ParameterScope scope, int cM, int cZ) {
        queryNorm = LayerNorm.take(scope.in("query_norm"), cM);
        pairNorm = LayerNorm.take(scope.in("feat_2d_norm"), cZ);
        attention = new GatedAttention(scope.in("attention"), cM);
        pairBias = new PairBias(scope, cZ, attention.heads());
    }

    /**
     * The update of the MSA representation.
     *
     * @param m {@code [N_seq, N_res, c_m]}
     * @param z {@code [N_res, N_res, c_z]}
     * @param msaMask {@code [N_seq, N_res]}
     * @return {@code [N_seq, N_res, c_m]}
     */
    public Value apply(Graph g, Value m, Value z, Value msaMask) {
        Value bias = pairBias.apply(g.scope("pair_bias"), pairNorm.apply(g.scope("pair_norm"), z));
        return attention.apply(g.scope("attention"), queryNorm.apply(g.scope("norm"), m), msaMask, bias);
    }
}
