package org.anfinsen.network.structuremodule;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Torsion angles as (sin, cos), not yet of unit length: Suppl. Alg. 20 lines 11 to 14. */
final class TorsionAngles {
    static final int COUNT = 7;

    private final Linear fromCurrent;
    private final Linear fromInitial;
    private final ResidualBlock first;
    private final ResidualBlock second;
    private final Linear angles;

    private record ResidualBlock(Linear in, Linear out) {
        static ResidualBlock take(ParameterScope scope, String suffix, int channels) {
            return new ResidualBlock(
                    Linear.take(scope.in("resblock1" + suffix), channels, channels),
                    Linear.take(scope.in("resblock2" + suffix), channels, channels));
        }

        Value apply(Graph g, Value a) {
            return g.add(a, out.applyToMatrix(g, g.relu(in.applyToMatrix(g, g.relu(a)))));
        }
    }

    TorsionAngles(ParameterScope scope, int cS) {
        fromCurrent = Linear.take(scope.in("input_projection"), cS);
        int channels = fromCurrent.out();
        fromInitial = Linear.take(scope.in("input_projection_1"), cS, channels);
        first = ResidualBlock.take(scope, "", channels);
        second = ResidualBlock.take(scope, "_1", channels);
        angles = Linear.take(scope.in("unnormalized_angles"), channels, 2 * COUNT);
    }

    /** From the current and the initial {@code s [N_res, c_s]} to {@code [N_res, 7, 2]}. */
    Value apply(Graph g, Value s, Value initial) {
        Value a = g.add(
                fromCurrent.applyToMatrix(g.scope("current"), g.relu(s)),
                fromInitial.applyToMatrix(g.scope("initial"), g.relu(initial)));
        Value refined = second.apply(g.scope("block_1"), first.apply(g.scope("block_0"), a));
        return g.reshape(angles.applyToMatrix(g.scope("angles"), g.relu(refined)), 0, COUNT, 2);
    }
}
