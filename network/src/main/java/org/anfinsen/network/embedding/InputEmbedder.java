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
    private final Linear left;
    private final Linear right;
    private final RelativePosition relativePosition;

    /** Takes {@code preprocess_*}, {@code left_single}, {@code right_single} and the relative-position layer. */
    public InputEmbedder(ParameterScope scope, int cTarget, int cMsa, int cM, int cZ) {
        msa = Linear.take(scope.in("preprocess_msa"), cMsa, cM);
        target = Linear.take(scope.in("preprocess_1d"), cTarget, cM);
        left = Linear.take(scope.in("left_single"), cTarget, cZ);
        right = Linear.take(scope.in("right_single"), cTarget, cZ);
        relativePosition = new RelativePosition(scope.in("pair_activiations"), cZ);
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
        Value rows = g.unsqueeze(left.applyToMatrix(g.scope("left"), targetFeat), 1);
        Value columns = g.unsqueeze(right.applyToMatrix(g.scope("right"), targetFeat), 0);
        Value position = relativePosition.apply(g.scope("relative_position"), residueIndex);
        return new Representations(m, g.add(g.add(rows, columns), position));
    }
}
