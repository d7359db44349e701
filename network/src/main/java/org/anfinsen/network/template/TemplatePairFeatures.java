package org.anfinsen.network.template;

import org.anfinsen.network.embedding.DistanceBins;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.tensor.IntTensor;

/**
 * The 88 pair features of one template: 39 distance bins, pseudo-beta mask, residue types of column and row, three
 * unit-vector channels that are zero in the monomer networks, backbone mask; all multiplied by the last. Suppl. Table 1.
 */
final class TemplatePairFeatures {
    static final int CHANNELS = 88;
    static final int RESIDUE_TYPES = 22;

    private static final DistanceBins BINS = new DistanceBins(3.25, 50.75, 39);
    private static final int UNIT_VECTOR = 3;

    private TemplatePairFeatures() {}

    /** From one template's slices, without the template axis, to {@code [N_res, N_res, 88]}. */
    static Value apply(Graph g, Value aatype, Value pseudoBeta, Value pseudoBetaMask, Value backboneMask) {
        Value types = oneHot(g, aatype);
        Value nRes = g.size(aatype, 0);
        Value square = g.concat(0, nRes, nRes, g.integers(RESIDUE_TYPES));
        Value pairMask = pair(g, backboneMask);
        Value features = g.concat(
                -1,
                BINS.apply(g, pseudoBeta),
                pair(g, pseudoBetaMask),
                g.expand(g.unsqueeze(types, 0), square),
                g.expand(g.unsqueeze(types, 1), square),
                g.expand(g.number(0), nRes, nRes, g.integers(UNIT_VECTOR)),
                pairMask);
        return g.multiply(features, pairMask);
    }

    /** One-hot residue types: {@code [..., 22]} from integers {@code [...]}. */
    static Value oneHot(Graph g, Value aatype) {
        int[] all = new int[RESIDUE_TYPES];
        for (int type = 0; type < RESIDUE_TYPES; type++) {
            all[type] = type;
        }
        return g.equal(g.unsqueeze(aatype, -1), g.table("residue_types", IntTensor.of(all, RESIDUE_TYPES)));
    }

    private static Value pair(Graph g, Value mask) {
        return g.unsqueeze(g.multiply(g.unsqueeze(mask, 1), g.unsqueeze(mask, 0)), 2);
    }
}
