package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;

/**
 * The mask of the pair representation in the forms that its operations need, computed once.
 *
 * @param mask {@code [N_res, N_res]}
 * @param rowKeyBias what attention within a row adds to its keys, {@code [N_res, N_res]}
 * @param columnKeyBias what attention within a column adds to its keys, the transpose
 */
public record PairMask(Value mask, Value rowKeyBias, Value columnKeyBias) {

    /** From {@code mask [N_res, N_res]}. */
    public static PairMask of(Graph g, Value mask) {
        Value keyBias = GatedAttention.keyBias(g, mask);
        return new PairMask(mask, keyBias, g.transpose(keyBias, 1, 0));
    }
}
