package org.anfinsen.network.evoformer;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.parameters.ParameterScope;

/** Attention along each row of the MSA, biased by the pair representation: Suppl. Alg. 7. */
public final class MsaRowAttentionWithPairBias {
    private final GatedAttention attention;
    private final PairBias pairBias;

    /** Takes the arrays of {@code msa_row_attention_with_pair_bias}. */
    public MsaRowAttentionWithPairBias(ParameterScope scope, int cM, int cZ) {
        attention = new GatedAttention(scope.in("attention"), LayerNorm.take(scope.in("query_norm"), cM), cM);
        pairBias = new PairBias(LayerNorm.take(scope.in("feat_2d_norm"), cZ), scope, cZ, attention.heads());
    }

    /**
     * The MSA representation with the update added.
     *
     * @param m {@code [N_seq, N_res, c_m]}
     * @param z {@code [N_res, N_res, c_z]}
     * @param keyBias of the MSA mask, {@code [N_seq, N_res]}
     * @return {@code [N_seq, N_res, c_m]}
     */
    public Value refine(Graph g, Value m, Value z, Value keyBias) {
        Value bias = pairBias.apply(g.scope("pair_bias"), z);
        return g.forEachRow(List.of(m, keyBias), 1, rows -> {
                    Value row = rows.get(0);
                    Value x = LayerNorm.normalize(g.scope("norm"), row);
                    return List.of(g.add(row, attention.apply(g, x, rows.get(1), bias)));
                })
                .getFirst();
    }
}
