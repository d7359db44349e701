package org.anfinsen.network.embedding;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * How far apart two residues are in the sequence, clipped: Suppl. Alg. 4 and 5. A linear layer over a one-hot vector
 * picks a row of its weights, so the graph looks the row up.
 */
public final class RelativePosition {
    private final FloatTensor table;
    private final int clip;

    /** Takes {@code pair_activiations}, spelt as published; its 2 clip + 1 inputs say where to clip. */
    public RelativePosition(ParameterScope scope, int cZ) {
        int bins = scope.dimension("weights", 2, 0);
        if (bins % 2 == 0) {
            throw new ParameterException(scope + ": relative positions need an odd number of bins, found " + bins);
        }
        clip = bins / 2;
        table = rowsWithBias(Linear.take(scope, bins, cZ));
    }

    private static FloatTensor rowsWithBias(Linear linear) {
        float[] rows = linear.weights().data().clone();
        for (int i = 0; i < rows.length; i++) {
            rows[i] += linear.bias().data()[i % linear.out()];
        }
        return FloatTensor.of(rows, linear.in(), linear.out());
    }

    /** From {@code residueIndex [N_res]}, integers, to {@code [N_res, N_res, c_z]}. */
    public Value apply(Graph g, Value residueIndex) {
        Value difference = g.subtract(g.unsqueeze(residueIndex, 1), g.unsqueeze(residueIndex, 0));
        Value bin = g.add(g.clip(difference, g.integer(-clip), g.integer(clip)), g.integer(clip));
        return g.gather(g.weights("table", table), bin);
    }
}
