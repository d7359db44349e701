package org.anfinsen.network.layer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head gated self-attention within each row of {@code [rows, length, c]}: the common body of Suppl. Alg. 7, 8,
 * 13 and 14. Logits are scaled by the head width to the power of -1/2; masked keys get -1e9; queries are not masked.
 */
public final class GatedAttention {
    private final int heads;
    private final int width;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear gate;
    private final Linear output;

    /** Takes the {@code attention} arrays; head count and width are read from {@code query_w}. */
    public GatedAttention(ParameterScope scope, int channels) {
        heads = scope.dimension("query_w", 3, 1);
        width = scope.dimension("query_w", 3, 2);
        int inner = heads * width;
        query = Linear.withoutBias(take(scope, "query_w", channels).reshape(channels, inner))
                .scaled(1 / Math.sqrt(width));
        key = Linear.withoutBias(take(scope, "key_w", channels).reshape(channels, inner));
        value = Linear.withoutBias(take(scope, "value_w", channels).reshape(channels, inner));
        gate = new Linear(
                take(scope, "gating_w", channels).reshape(channels, inner),
                scope.take("gating_b", heads, width).reshape(inner));
        output = new Linear(
                scope.take("output_w", heads, width, channels).reshape(inner, channels),
                scope.take("output_b", channels));
    }

    private FloatTensor take(ParameterScope scope, String leaf, int channels) {
        return scope.take(leaf, channels, heads, width);
    }

    /** The number of heads. */
    public int heads() {
        return heads;
    }

    /**
     * Attends along the second axis.
     *
     * @param x {@code [rows, length, c]}, normalised
     * @param mask {@code [rows, length]}, 1 for keys that count
     * @param bias {@code [1, heads, length, length]}, added to every row's logits, or null
     * @return {@code [rows, length, c]}
     */
    public Value apply(Graph g, Value x, Value mask, @Nullable Value bias) {
        Value q = g.transpose(split(g, query.apply(g.scope("query"), x)), 0, 2, 1, 3);
        Value k = g.transpose(split(g, key.apply(g.scope("key"), x)), 0, 2, 3, 1);
        Value v = g.transpose(split(g, value.apply(g.scope("value"), x)), 0, 2, 1, 3);
        Value logits = g.add(g.matMul(q, k), g.unsqueeze(keyBias(g, mask), 1, 2));
        if (bias != null) {
            logits = g.add(logits, bias);
        }
        Value heard = g.transpose(g.matMul(g.softmax(logits), v), 0, 2, 1, 3);
        Value gated = g.multiply(g.reshape(heard, 0, 0, output.in()), g.sigmoid(gate.apply(g.scope("gate"), x)));
        return output.apply(g.scope("output"), gated);
    }

    private Value split(Graph g, Value x) {
        return g.reshape(x, 0, 0, heads, width);
    }

    /** 0 where the mask is 1, -1e9 where it is 0. */
    static Value keyBias(Graph g, Value mask) {
        return g.multiply(g.subtract(mask, g.number(1)), g.number(1e9));
    }
}
