package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.QueryChunks;
import org.anfinsen.network.parameters.ParameterScope;

/** Attention among the edges that share a node: Suppl. Alg. 13 and 14. */
public final class TriangleAttention {
    /** Which node the edges share. */
    public enum Node {
        /** Edges {@code ij} and {@code ik}: Suppl. Alg. 13. */
        STARTING("triangle_attention_starting_node"),
        /** Edges {@code ij} and {@code kj}: Suppl. Alg. 14. */
        ENDING("triangle_attention_ending_node");

        private final String scope;

        Node(String scope) {
            this.scope = scope;
        }

        /** The published scope's last part. */
        public String scope() {
            return scope;
        }
    }

    private final GatedAttention attention;
    private final PairBias pairBias;

    /** Takes the arrays of {@code triangle_attention_starting_node} or {@code ..._ending_node}. */
    public TriangleAttention(ParameterScope scope, int cZ) {
        LayerNorm norm = LayerNorm.take(scope.in("query_norm"), cZ);
        attention = new GatedAttention(scope.in("attention"), norm, cZ);
        pairBias = new PairBias(norm, scope, cZ, attention.heads());
    }

    /** The bias of all rows, {@code [heads, N_res, N_res]} in {@linkplain QueryChunks#split chunks}, from {@code z [N_res, N_res, c_z]}. */
    public Value pairBias(Graph g, Value z) {
        return pairBias.apply(g.scope("pair_bias"), z);
    }

    /**
     * One row of the pair representation with the update added; for the ending node, of its transpose.
     *
     * @param row {@code [N_res, c_z]}
     * @param keyBias of the row's mask, {@code [N_res]}
     * @param bias from {@link #pairBias}
     * @return {@code [N_res, c_z]}
     */
    public Value refineRow(Graph g, Value row, Value keyBias, Value bias) {
        return g.add(row, attention.apply(g, LayerNorm.normalize(g.scope("norm"), row), keyBias, bias));
    }
}
