package org.anfinsen.network.evoformer;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * The operations on the pair representation that Evoformer, extra-MSA and template blocks share: Suppl. Alg. 6 lines 6
 * to 10, and in another order Alg. 16 lines 3 to 7.
 */
public final class PairBlock {
    private final TriangleMultiplication outgoing;
    private final TriangleMultiplication incoming;
    private final TriangleAttention starting;
    private final TriangleAttention ending;
    private final PairTransition transition;

    /** Takes the arrays of the five operations. */
    public PairBlock(ParameterScope scope, int cZ) {
        outgoing = multiplication(scope, cZ, TriangleMultiplication.Direction.OUTGOING);
        incoming = multiplication(scope, cZ, TriangleMultiplication.Direction.INCOMING);
        starting = new TriangleAttention(scope.in(TriangleAttention.Node.STARTING.scope()), cZ);
        ending = new TriangleAttention(scope.in(TriangleAttention.Node.ENDING.scope()), cZ);
        transition = new PairTransition(scope.in("pair_transition"), cZ);
    }

    private static TriangleMultiplication multiplication(
            ParameterScope scope, int cZ, TriangleMultiplication.Direction direction) {
        return new TriangleMultiplication(scope.in(direction.scope()), cZ, direction);
    }

    /** Multiplication, attention, transition: refines {@code z [N_res, N_res, c_z]}. */
    public Value refine(Graph g, Value z, PairMask mask) {
        Value multiplied = multiply(g, z, mask);
        Value starting = attendAtStart(g, multiplied, mask);
        Value columns = g.transpose(starting, 1, 0, 2);
        Value bias = ending.pairBias(g.scope("triangle_attention_ending"), columns);
        // The transition looks at one pair at a time, so it follows in the same loop over columns.
        Value refined = g.forEachRow(List.of(columns, mask.columnKeyBias()), 1, rows -> {
                    Value attended =
                            ending.refineRow(g.scope("triangle_attention_ending"), rows.get(0), rows.get(1), bias);
                    return List.of(transition.refineRow(g.scope("pair_transition"), attended));
                })
                .getFirst();
        return g.transpose(refined, 1, 0, 2);
    }

    /** Attention, multiplication, transition, as templates have it: refines {@code t [N_res, N_res, c_t]}. */
    public Value refineTemplate(Graph g, Value t, PairMask mask) {
        Value columns = g.transpose(attendAtStart(g, t, mask), 1, 0, 2);
        Value bias = ending.pairBias(g.scope("triangle_attention_ending"), columns);
        Value attended = g.forEachRow(
                        List.of(columns, mask.columnKeyBias()),
                        1,
                        rows -> List.of(
                                ending.refineRow(g.scope("triangle_attention_ending"), rows.get(0), rows.get(1), bias)))
                .getFirst();
        Value multiplied = multiply(g, g.transpose(attended, 1, 0, 2), mask);
        return g.forEachRow(
                        List.of(multiplied),
                        1,
                        rows -> List.of(transition.refineRow(g.scope("pair_transition"), rows.getFirst())))
                .getFirst();
    }

    private Value multiply(Graph g, Value z, PairMask mask) {
        Value refined = outgoing.refine(g.scope("triangle_multiplication_outgoing"), z, mask.mask());
        return incoming.refine(g.scope("triangle_multiplication_incoming"), refined, mask.mask());
    }

    private Value attendAtStart(Graph g, Value z, PairMask mask) {
        Graph here = g.scope("triangle_attention_starting");
        Value bias = starting.pairBias(here, z);
        return here.forEachRow(
                        List.of(z, mask.rowKeyBias()),
                        1,
                        rows -> List.of(starting.refineRow(here, rows.get(0), rows.get(1), bias)))
                .getFirst();
    }
}
