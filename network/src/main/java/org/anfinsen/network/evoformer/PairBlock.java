package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;

/** The pair operations that end every Evoformer and extra-MSA block: Suppl. Alg. 6 lines 6 to 10. */
final class PairBlock {
    private final TriangleMultiplication outgoing;
    private final TriangleMultiplication incoming;
    private final TriangleAttention starting;
    private final TriangleAttention ending;
    private final PairTransition transition;

    PairBlock(ParameterScope scope, int cZ) {
        outgoing = multiplication(scope, cZ, TriangleMultiplication.Direction.OUTGOING);
        incoming = multiplication(scope, cZ, TriangleMultiplication.Direction.INCOMING);
        starting = attention(scope, cZ, TriangleAttention.Node.STARTING);
        ending = attention(scope, cZ, TriangleAttention.Node.ENDING);
        transition = new PairTransition(scope.in("pair_transition"), cZ);
    }

    private static TriangleMultiplication multiplication(
            ParameterScope scope, int cZ, TriangleMultiplication.Direction direction) {
        return new TriangleMultiplication(scope.in(direction.scope()), cZ, direction);
    }

    private static TriangleAttention attention(ParameterScope scope, int cZ, TriangleAttention.Node node) {
        return new TriangleAttention(scope.in(node.scope()), cZ, node);
    }

    /** Refines {@code z [N_res, N_res, c_z]} under {@code pairMask [N_res, N_res]}. */
    Value apply(Graph g, Value z, Value pairMask) {
        Value refined = g.add(z, outgoing.apply(g.scope("triangle_multiplication_outgoing"), z, pairMask));
        refined = g.add(refined, incoming.apply(g.scope("triangle_multiplication_incoming"), refined, pairMask));
        refined = g.add(refined, starting.apply(g.scope("triangle_attention_starting"), refined, pairMask));
        refined = g.add(refined, ending.apply(g.scope("triangle_attention_ending"), refined, pairMask));
        return g.add(refined, transition.apply(g.scope("pair_transition"), refined));
    }
}
