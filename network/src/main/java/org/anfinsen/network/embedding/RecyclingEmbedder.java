package org.anfinsen.network.embedding;

import org.anfinsen.network.evoformer.Representations;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * The previous pass's first MSA row, pair representation and distances, as updates: Suppl. Alg. 32. It runs in the
 * first pass too, on zeros: offsets and the bias are then all there is.
 */
public final class RecyclingEmbedder {
    private final LayerNorm msaNorm;
    private final LayerNorm pairNorm;
    private final Linear distances;
    private final DistanceBins bins;

    /** Takes {@code prev_*}; the number of distance bins is read from {@code prev_pos_linear}. */
    public RecyclingEmbedder(ParameterScope scope, int cM, int cZ) {
        msaNorm = LayerNorm.take(scope.in("prev_msa_first_row_norm"), cM);
        pairNorm = LayerNorm.take(scope.in("prev_pair_norm"), cZ);
        int count = scope.in("prev_pos_linear").dimension("weights", 2, 0);
        distances = Linear.take(scope.in("prev_pos_linear"), count, cZ);
        bins = new DistanceBins(3.25, 20.75, count);
    }

    /**
     * The updates: the first belongs to MSA row 0.
     *
     * @param msaFirstRow {@code [N_res, c_m]}
     * @param pair {@code [N_res, N_res, c_z]}
     * @param pseudoBeta {@code [N_res, 3]} in Å
     * @return {@code [N_res, c_m]} and {@code [N_res, N_res, c_z]}
     */
    public Representations apply(Graph g, Value msaFirstRow, Value pair, Value pseudoBeta) {
        Value m = msaNorm.apply(g.scope("msa_norm"), msaFirstRow);
        Value oneHot = bins.apply(g.scope("bins"), pseudoBeta);
        Value z = g.add(pairNorm.apply(g.scope("pair_norm"), pair), distances.apply(g.scope("distances"), oneHot));
        return new Representations(m, z);
    }
}
