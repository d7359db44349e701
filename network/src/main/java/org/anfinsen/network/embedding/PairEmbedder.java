package org.anfinsen.network.embedding;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * Pairs of residues from what is known of each and from how far apart they are: Suppl. Alg. 3 lines 1 to 3.
 *
 * @param left of the pair's first residue, {@code [c_in, c]}
 * @param right of its second residue, {@code [c_in, c]}
 */
record PairEmbedder(Linear left, Linear right, RelativePosition relativePosition) {

    /** Takes {@code left_single}, {@code right_single} and, of the given name, the relative-position layer. */
    static PairEmbedder take(ParameterScope scope, String relativePosition, int in, int channels) {
        return new PairEmbedder(
                Linear.take(scope.in("left_single"), in, channels),
                Linear.take(scope.in("right_single"), in, channels),
                new RelativePosition(scope.in(relativePosition), channels));
    }

    /** From {@code single [N_res, c_in]} and {@code residueIndex [N_res]}, integers, to {@code [N_res, N_res, c]}. */
    Value apply(Graph g, Value single, Value residueIndex) {
        Value rows = g.unsqueeze(left.applyToMatrix(g.scope("left"), single), 1);
        Value columns = g.unsqueeze(right.applyToMatrix(g.scope("right"), single), 0);
        Value position = relativePosition.apply(g.scope("relative_position"), residueIndex);
        return g.add(g.add(rows, columns), position);
    }
}
