package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;

/** One block of the Evoformer: Suppl. Alg. 6 lines 2 to 10. */
public final class EvoformerBlock {
    private final MsaRowAttentionWithPairBias rowAttention;
    private final MsaColumnAttention columnAttention;
    private final MsaTransition transition;
    private final OuterProductMean outerProductMean;
    private final PairBlock pairBlock;

    /** Takes the arrays of one block of {@code evoformer_iteration}. */
    public EvoformerBlock(ParameterScope scope, int cM, int cZ) {
        rowAttention = new MsaRowAttentionWithPairBias(scope.in("msa_row_attention_with_pair_bias"), cM, cZ);
        columnAttention = new MsaColumnAttention(scope.in("msa_column_attention"), cM);
        transition = new MsaTransition(scope.in("msa_transition"), cM);
        outerProductMean = new OuterProductMean(scope.in("outer_product_mean"), cM, cZ);
        pairBlock = new PairBlock(scope, cZ);
    }

    /** Refines both representations; masks as in {@link EvoformerStack#apply}. */
    public Representations apply(Graph g, Representations in, Value msaMask, Value pairMask) {
        Value m = in.msa();
        m = g.add(m, rowAttention.apply(g.scope("msa_row_attention"), m, in.pair(), msaMask));
        m = g.add(m, columnAttention.apply(g.scope("msa_column_attention"), m, msaMask));
        m = g.add(m, transition.apply(g.scope("msa_transition"), m));
        Value z = g.add(in.pair(), outerProductMean.apply(g.scope("outer_product_mean"), m, msaMask));
        return new Representations(m, pairBlock.apply(g, z, pairMask));
    }
}
