package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.GatedAttention;

/**
 * The mask of an MSA representation in the forms that its operations need, computed once.
 *
 * @param mask {@code [N_seq, N_res]}
 * @param columns the transpose, {@code [N_res, N_seq]}
 * @param rowKeyBias what attention within a row adds to its keys, {@code [N_seq, N_res]}
 * @param columnKeyBias what attention within a column adds to its keys, the transpose
 */
public record MsaMask(Value mask, Value columns, Value rowKeyBias, Value columnKeyBias) {

    /** From {@code mask [N_seq, N_res]}. */
    public static MsaMask of(Graph g, Value mask) {
        Value keyBias = GatedAttention.keyBias(g, mask);
        return new MsaMask(mask, g.transpose(mask, 1, 0), keyBias, g.transpose(keyBias, 1, 0));
    }
}
