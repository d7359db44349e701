package org.anfinsen.network.layer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;

/**
 * The queries of an attention in chunks of equal size, at most {@value #SIZE_MAX}: the logits of one chunk at a time stay in the
 * processor's caches, where those of all queries of a long chain would not. The last chunk is padded.
 *
 * @param count how many chunks, a vector of one integer
 * @param size queries in each, likewise
 * @param padding queries that are missing in the last one, likewise
 */
public record QueryChunks(Value count, Value size, Value padding) {
    /** Most queries of a chunk. */
    public static final int SIZE_MAX = 256;

    /** Of {@code n} queries, a vector of one integer. */
    public static QueryChunks of(Graph g, Value n) {
        Value count = ceilDivide(g, n, g.integers(SIZE_MAX));
        Value size = ceilDivide(g, n, count);
        return new QueryChunks(count, size, g.subtract(g.multiply(count, size), n));
    }

    private static Value ceilDivide(Graph g, Value dividend, Value divisor) {
        return g.divide(g.add(dividend, g.subtract(divisor, g.integers(1))), divisor);
    }

    /** From {@code x [heads, n, c]} to {@code [count, heads, size, c]}. */
    public Value split(Graph g, Value x) {
        Value padded = g.padEnd(x, 1, padding);
        return g.transpose(g.reshape(padded, g.integers(0), count, size, g.integers(-1)), 1, 0, 2, 3);
    }

    /** From {@code chunks [count, heads, size, c]} of {@code n} queries to {@code [n, heads * c]}. */
    public Value join(Graph g, Value chunks, Value n, int channels) {
        Value joined = g.reshape(g.transpose(chunks, 0, 2, 1, 3), -1, channels);
        return g.slice(joined, 0, g.integers(0), n);
    }
}
