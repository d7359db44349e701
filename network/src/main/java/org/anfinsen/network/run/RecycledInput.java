package org.anfinsen.network.run;

import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * What one pass hands to the next. The tensors belong to whoever made them; the network reads only.
 *
 * @param msaFirstRow {@code [N_res, c_m]}
 * @param pair {@code [N_res, N_res, c_z]}
 * @param pseudoBeta {@code [N_res, 3]} in Å: C-beta, C-alpha of glycine, (0, 0, 0) of an unknown residue
 */
public record RecycledInput(FloatTensor msaFirstRow, FloatTensor pair, FloatTensor pseudoBeta) {

    /** Checks that all shapes agree. */
    public RecycledInput {
        Shapes.requireRank("previous MSA row", msaFirstRow, 2);
        Shapes.requireRank("previous pair", pair, 3);
        int nRes = msaFirstRow.dimension(0);
        Shapes.require("previous pair", pair, nRes, nRes, pair.dimension(2));
        Shapes.require("previous pseudo-beta", pseudoBeta, nRes, 3);
    }

    /** Zeros: what the first pass gets. */
    public static RecycledInput zeros(int nRes, NetworkDimensions dimensions) {
        return new RecycledInput(
                FloatTensor.zeros(nRes, dimensions.cM()),
                FloatTensor.zeros(nRes, nRes, dimensions.cZ()),
                FloatTensor.zeros(nRes, 3));
    }
}
