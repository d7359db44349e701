package org.anfinsen.network.layer;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;
import org.jspecify.annotations.Nullable;

/**
 * Multi-head gated self-attention within one row {@code [n, c]}: the common body of Suppl. Alg. 7, 8, 13 and 14.
 * Logits are scaled by the head width to the power of -1/2; queries are not masked.
 */
public final class GatedAttention {
    private static final double MASKED = 1e9;

    private final int heads;
    private final int width;
    private final Linear queryKeyValue;
    private final Linear gate;
    private final Linear output;

    /**
     * Takes the {@code attention} arrays; head count and width are read from {@code query_w}.
     *
     * @param norm whose scale and offset are still missing from the rows
     */
    public GatedAttention(ParameterScope scope, LayerNorm norm, int channels) {
        heads = scope.dimension("query_w", 3, 1);
        width = scope.dimension("query_w", 3, 2);
        int inner = heads * width;
        queryKeyValue = norm.into(Linear.beside(
                Linear.withoutBias(take(scope, "query_w", channels)).scaled(1 / Math.sqrt(width)),
                Linear.withoutBias(take(scope, "key_w", channels)),
                Linear.withoutBias(take(scope, "value_w", channels))));
        gate = norm.into(new Linear(
                take(scope, "gating_w", channels),
                scope.take("gating_b", heads, width).reshape(inner)));
        output = new Linear(
                scope.take("output_w", heads, width, channels).reshape(inner, channels),
                scope.take("output_b", channels));
    }

    private FloatTensor take(ParameterScope scope, String leaf, int channels) {
        return scope.take(leaf, channels, heads, width).reshape(channels, heads * width);
    }

    /** The number of heads. */
    public int heads() {
        return heads;
    }

    /**
     * Attends within a row.
     *
     * @param x {@code [n, c]}, from {@link LayerNorm#normalize}
     * @param keyBias {@code [n]}, see {@link #keyBias}
     * @param bias {@code [heads, n, n]} in {@linkplain QueryChunks#split chunks}, added to the logits, or null
     * @return {@code [n, c]}
     */
    public Value apply(Graph g, Value x, Value keyBias, @Nullable Value bias) {
        Value projected = queryKeyValue.applyToMatrix(g.scope("query_key_value"), x);
        List<Value> qkv =
                g.split(g.transpose(g.reshape(projected, 0, 3L * heads, width), 1, 0, 2), 0, heads, heads, heads);
        Value n = g.size(x, 0);
        QueryChunks chunks = QueryChunks.of(g, n);
        Value queries = chunks.split(g, qkv.get(0));
        Value heard = g.forEachRow(bias == null ? List.of(queries) : List.of(queries, bias), 1, chunk -> {
                    Value logits = g.matMul(chunk.getFirst(), g.transpose(qkv.get(1), 0, 2, 1));
                    Value biased = bias == null ? logits : g.add(logits, chunk.getLast());
                    return List.of(g.matMul(g.softmax(g.add(biased, keyBias)), qkv.get(2)));
                })
                .getFirst();
        Value gated =
                g.multiply(chunks.join(g, heard, n, output.in()), g.sigmoid(gate.applyToMatrix(g.scope("gate"), x)));
        return output.applyToMatrix(g.scope("output"), gated);
    }

    /** 0 where the mask is 1, -1e9 where it is 0. */
    public static Value keyBias(Graph g, Value mask) {
        return g.multiply(g.subtract(mask, g.number(1)), g.number(MASKED));
    }
}
