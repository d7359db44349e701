package org.anfinsen.network.embedding;

import org.anfinsen.network.evoformer.Representations;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** First MSA and pair representations from the features: Suppl. Alg. 3. */
public final class InputEmbedder {
    private final Linear msa;
    private final Linear target;
    private final PairEmbedder pairs;

    /** Takes {@code preprocess_*}, {@code left_single}, {@code right_single} and the relative-position layer. */
    public InputEmbedder(ParameterScope scope, int cTarget, int cMsa, int cM, int cZ) {
        msa = Linear.take(scope.in("preprocess_msa"), cMsa, cM);
        target = Linear.take(scope.in("preprocess_1d"), cTarget, cM);
        pairs = PairEmbedder.take(scope, "pair_activiations", cTarget, cZ);
    }

    /**
     * Embeds the features.
     *
     * @param targetFeat {@code [N_res, 22]}
     * @param residueIndex {@code [N_res]}, integers
     * @param msaFeat {@code [N_seq, N_res, 49]}
     */
    public Representations apply(Graph g, Value targetFeat, Value residueIndex, Value msaFeat) {
        Value m = g.add(
                msa.apply(g.scope("msa"), msaFeat),
                g.unsqueeze(target.applyToMatrix(g.scope("target"), targetFeat), 0));
        return new Representations(m, pairs.apply(g, targetFeat, residueIndex));
    }
}
