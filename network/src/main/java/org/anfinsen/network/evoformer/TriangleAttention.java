package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;
import org.anfinsen.network.layer.LayerNorm;
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

    private final Node node;
    private final LayerNorm queryNorm;
    private final GatedAttention attention;
    private final PairBias pairBias;

    /** Takes the arrays of {@code triangle_attention_starting_node} or {@code ..._ending_node}. */
    public TriangleAttention(ParameterScope scope, int cZ, Node node) {
        this.node = node;
        queryNorm = LayerNorm.take(scope.in("query_norm"), cZ);
        attention = new GatedAttention(scope.in("attention"), cZ);
        pairBias = new PairBias(scope, cZ, attention.heads());
    }

    /**
     * The update of the pair representation.
     *
     * @param z {@code [N_res, N_res, c_z]}
     * @param pairMask {@code [N_res, N_res]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value apply(Graph g, Value z, Value pairMask) {
        return switch (node) {
            case STARTING -> attendRows(g, z, pairMask);
            case ENDING -> g.transpose(attendRows(g, g.transpose(z, 1, 0, 2), g.transpose(pairMask, 1, 0)), 1, 0, 2);
        };
    }

    private Value attendRows(Graph g, Value z, Value mask) {
        Value x = queryNorm.apply(g.scope("norm"), z);
        return attention.apply(g.scope("attention"), x, mask, pairBias.apply(g.scope("pair_bias"), x));
    }
}
