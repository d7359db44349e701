package org.anfinsen.network.evoformer;

import java.util.List;
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
    private final LayerNorm norm;
    private final Linear query;
    private final Linear keyValue;
    private final Linear gate;
    private final Linear output;

    /** Takes the arrays of {@code msa_column_global_attention}. */
    public MsaColumnGlobalAttention(ParameterScope scope, int cE) {
        ParameterScope attention = scope.in("attention");
        heads = attention.dimension("query_w", 3, 1);
        width = attention.dimension("query_w", 3, 2);
        int inner = heads * width;
        norm = LayerNorm.take(scope.in("query_norm"), cE);
        query = Linear.withoutBias(attention.take("query_w", cE, heads, width).reshape(cE, inner))
                .scaled(1 / Math.sqrt(width));
        keyValue = norm.into(Linear.beside(
                Linear.withoutBias(attention.take("key_w", cE, width)),
                Linear.withoutBias(attention.take("value_w", cE, width))));
        gate = norm.into(new Linear(
                attention.take("gating_w", cE, heads, width).reshape(cE, inner),
                attention.take("gating_b", heads, width).reshape(inner)));
        output = new Linear(
                attention.take("output_w", heads, width, cE).reshape(inner, cE), attention.take("output_b", cE));
    }

    /**
     * One column of the extra-MSA representation with the update added.
     *
     * @param column {@code [N_extra, c_e]}
     * @param keyBias of the column's mask, {@code [N_extra]}
     * @param mask {@code [N_extra]}
     * @return {@code [N_extra, c_e]}
     */
    public Value refineColumn(Graph g, Value column, Value keyBias, Value mask) {
        Value x = LayerNorm.normalize(g.scope("norm"), column);
        Value rows = g.add(g.sum(mask, 0), g.number(MASK_EPSILON));
        // The mean of rows scaled and offset; without any row it is 0.
        Value present = g.divide(g.sum(mask, 0), rows);
        Value mean = g.add(
                g.multiply(g.divide(g.matMul(g.unsqueeze(mask, 0), x), rows), g.weights("scale", norm.scale())),
                g.multiply(present, g.weights("offset", norm.offset())));
        Value q = g.reshape(query.applyToMatrix(g.scope("query"), mean), heads, width);
        List<Value> kv = g.split(keyValue.applyToMatrix(g.scope("key_value"), x), 1, width, width);
        Value weights = g.softmax(g.add(g.matMul(q, g.transpose(kv.get(0), 1, 0)), keyBias));
        Value heard = g.reshape(g.matMul(weights, kv.get(1)), 1, output.in());
        Value gated = g.multiply(g.sigmoid(gate.applyToMatrix(g.scope("gate"), x)), heard);
        return g.add(column, output.applyToMatrix(g.scope("output"), gated));
    }
}
