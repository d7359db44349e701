package org.anfinsen.network.evoformer;

import java.util.List;
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

    /** Refines both representations; masks as in {@link EvoformerStack#refine}. */
    public Representations refine(Graph g, Representations in, MsaMask msaMask, PairMask pairMask) {
        Value attended = rowAttention.refine(g.scope("msa_row_attention"), in.msa(), in.pair(), msaMask.rowKeyBias());
        // Everything up to the outer product looks at one column at a time, so one loop does it.
        List<Value> columns = g.forEachRow(
                List.of(g.transpose(attended, 1, 0, 2), msaMask.columnKeyBias(), msaMask.columns()),
                3,
                column -> refineColumn(g, column.get(0), column.get(1), column.get(2)));
        Value z = outerProductMean.refine(
                g.scope("outer_product_mean"), in.pair(), columns.get(1), columns.get(2), msaMask.mask());
        return new Representations(g.transpose(columns.get(0), 1, 0, 2), pairBlock.refine(g, z, pairMask));
    }

    /** The refined column {@code [N_seq, c_m]} and both sides of its outer product. */
    private List<Value> refineColumn(Graph g, Value column, Value keyBias, Value mask) {
        Value attended = columnAttention.refineColumn(g.scope("msa_column_attention"), column, keyBias);
        Value refined = transition.refineRow(g.scope("msa_transition"), attended);
        List<Value> sides = outerProductMean.projectColumn(g.scope("outer_product_mean"), refined, mask);
        return List.of(refined, sides.get(0), sides.get(1));
    }
}
