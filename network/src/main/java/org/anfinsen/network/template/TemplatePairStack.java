package org.anfinsen.network.template;

import java.util.List;
import java.util.stream.IntStream;
import org.anfinsen.network.evoformer.PairTransition;
import org.anfinsen.network.evoformer.TriangleAttention;
import org.anfinsen.network.evoformer.TriangleMultiplication;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.parameters.ParameterScope;

/** Refines the pair representation of one template: Suppl. Alg. 16. Attention comes first here. */
public final class TemplatePairStack {
    private final List<Block> blocks;
    private final LayerNorm outputNorm;

    private record Block(
            TriangleAttention starting,
            TriangleAttention ending,
            TriangleMultiplication outgoing,
            TriangleMultiplication incoming,
            PairTransition transition) {

        static Block take(ParameterScope scope, int cT) {
            return new Block(
                    attention(scope, cT, TriangleAttention.Node.STARTING),
                    attention(scope, cT, TriangleAttention.Node.ENDING),
                    multiplication(scope, cT, TriangleMultiplication.Direction.OUTGOING),
                    multiplication(scope, cT, TriangleMultiplication.Direction.INCOMING),
                    new PairTransition(scope.in("pair_transition"), cT));
        }

        private static TriangleAttention attention(ParameterScope scope, int cT, TriangleAttention.Node node) {
            return new TriangleAttention(scope.in(node.scope()), cT, node);
        }

        private static TriangleMultiplication multiplication(
                ParameterScope scope, int cT, TriangleMultiplication.Direction direction) {
            return new TriangleMultiplication(scope.in(direction.scope()), cT, direction);
        }

        Value apply(Graph g, Value t, Value pairMask) {
            Value refined = g.add(t, starting.apply(g.scope("triangle_attention_starting"), t, pairMask));
            refined = g.add(refined, ending.apply(g.scope("triangle_attention_ending"), refined, pairMask));
            refined = g.add(refined, outgoing.apply(g.scope("triangle_multiplication_outgoing"), refined, pairMask));
            refined = g.add(refined, incoming.apply(g.scope("triangle_multiplication_incoming"), refined, pairMask));
            return g.add(refined, transition.apply(g.scope("pair_transition"), refined));
        }
    }

    /** Takes {@code template_pair_stack} and {@code output_layer_norm} of {@code single_template_embedding}. */
    public TemplatePairStack(ParameterScope scope, int blockCount, int cT) {
        ParameterScope stack = scope.in("template_pair_stack/__layer_stack_no_state");
        blocks = IntStream.range(0, blockCount)
                .mapToObj(index -> Block.take(stack.block(index), cT))
                .toList();
        outputNorm = LayerNorm.take(scope.in("output_layer_norm"), cT);
    }

    /** Refines {@code t [N_res, N_res, c_t]} under {@code pairMask [N_res, N_res]}. */
    public Value apply(Graph g, Value t, Value pairMask) {
        Value refined = t;
        for (int index = 0; index < blocks.size(); index++) {
            refined = blocks.get(index).apply(g.scope(Integer.toString(index)), refined, pairMask);
        }
        return outputNorm.apply(g.scope("output_norm"), refined);
    }
}
