package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * Attention along each column with one query for the whole column, its masked mean, and one key and value head:
 * Suppl. Alg. 19.
 */
public final class MsaColumnGlobalAttention {
    private static final double MASK_EPSILON = 1e-10;

    private final int heads;
    private final int width;
    private final LayerNorm queryNorm;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear gate;
    private final Linear output;

    /** Takes the arrays of {@code msa_column_global_attention}. */
    public MsaColumnGlobalAttention(ParameterScope scope, int cE) {
        ParameterScope attention = scope.in("attention");
        heads = attention.dimension("query_w", 3, 1);
        width = attention.dimension("query_w", 3, 2);
        int inner = heads * width;
        queryNorm = LayerNorm.take(scope.in("query_norm"), cE);
        query = Linear.withoutBias(attention.take("query_w", cE, heads, width).reshape(cE, inner))
                .scaled(1 / Math.sqrt(width));
        key = Linear.withoutBias(attention.take("key_w", cE, width));
        value = Linear.withoutBias(attention.take("value_w", cE, width));
        gate = new Linear(
                attention.take("gating_w", cE, heads, width).reshape(cE, inner),
                attention.take("gating_b", heads, width).reshape(inner));
        output = new Linear(
                attention.take("output_w", heads, width, cE).reshape(inner, cE), attention.take("output_b", cE));
    }

    /**
     * The update of the extra-MSA representation.
     *
     * @param m {@code [N_extra, N_res, c_e]}
     * @param msaMask {@code [N_extra, N_res]}
     * @return {@code [N_extra, N_res, c_e]}
     */
    public Value apply(Graph g, Value m, Value msaMask) {
        Value x = queryNorm.apply(g.scope("norm"), m);
        Value mask = g.unsqueeze(msaMask, 2);
        Value rows = g.add(g.squeeze(g.sum(mask, 0), 0), g.number(MASK_EPSILON));
        Value mean = g.divide(g.squeeze(g.sum(g.multiply(x, mask), 0), 0), rows);
        Value q = g.reshape(query.applyToMatrix(g.scope("query"), mean), 0, heads, width);
        Value k = g.transpose(key.apply(g.scope("key"), x), 1, 2, 0);
        Value v = g.transpose(value.apply(g.scope("value"), x), 1, 0, 2);
        // [N_res, 1, N_extra]: 0 for rows that count, -1e9 for the others.
        Value keyBias = g.unsqueeze(g.multiply(g.subtract(g.transpose(msaMask, 1, 0), g.number(1)), g.number(1e9)), 1);
        Value weights = g.softmax(g.add(g.matMul(q, k), keyBias));
        Value heard = g.reshape(g.matMul(weights, v), 0, output.in());
        Value gated = g.multiply(g.sigmoid(gate.apply(g.scope("gate"), x)), heard);
        return output.apply(g.scope("output"), gated);
    }
}
