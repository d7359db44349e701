package org.anfinsen.network.template;

import java.util.List;
import java.util.stream.IntStream;
import org.anfinsen.network.evoformer.PairBlock;
import org.anfinsen.network.evoformer.PairMask;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.parameters.ParameterScope;

/** Refines the pair representation of one template: Suppl. Alg. 16. Attention comes first here. */
public final class TemplatePairStack {
    private final List<PairBlock> blocks;
    private final LayerNorm outputNorm;

    /** Takes {@code template_pair_stack} and {@code output_layer_norm} of {@code single_template_embedding}. */
    public TemplatePairStack(ParameterScope scope, int blockCount, int cT) {
        ParameterScope stack = scope.in("template_pair_stack/__layer_stack_no_state");
        blocks = IntStream.range(0, blockCount)
                .mapToObj(index -> new PairBlock(stack.block(index), cT))
                .toList();
        outputNorm = LayerNorm.take(scope.in("output_layer_norm"), cT);
    }

    /** Refines {@code t [N_res, N_res, c_t]}. */
    public Value apply(Graph g, Value t, PairMask pairMask) {
        Value refined = t;
        for (int index = 0; index < blocks.size(); index++) {
            refined = blocks.get(index).refineTemplate(g.scope(Integer.toString(index)), refined, pairMask);
        }
        return outputNorm.apply(g.scope("output_norm"), refined);
    }
}
