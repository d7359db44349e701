package org.anfinsen.network.embedding;

import java.util.List;
import java.util.stream.IntStream;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * Departs from the supplement: a residual network of dilated convolutions over the coevolution maps makes an update of
 * the pair representation right after the input embedder. Parameters without it give AlphaFold's network exactly.
 */
public final class CoevolutionStack {
    private static final int[] DILATIONS = {1, 2, 4, 8};

    private final int channels;
    private final Linear coevolution;
    private final PairEmbedder pairs;
    private final List<CoevolutionBlock> blocks;
    private final Linear output;

    /**
     * Takes the arrays of {@code coevolution_stack}.
     *
     * @param blockCount how many blocks the stacked arrays hold
     * @param channels width of the convolutions
     * @param cProfile channels of {@code msa_feat} and {@code target_feat} together
     */
    public CoevolutionStack(
            ParameterScope scope, int blockCount, int channels, int cCoevolution, int cProfile, int cZ) {
        this.channels = channels;
        coevolution = Linear.take(scope.in("coevolution"), cCoevolution, channels);
        pairs = PairEmbedder.take(scope, "relative_position", cProfile, channels);
        blocks = IntStream.range(0, blockCount)
                .mapToObj(index ->
                        CoevolutionBlock.take(scope.block(index), channels, DILATIONS[index % DILATIONS.length]))
                .toList();
        output = LayerNorm.take(scope.in("output_layer_norm"), channels)
                .into(Linear.take(scope.in("output_projection"), channels, cZ));
    }

    /**
     * Computes the update.
     *
     * @param coevolution {@code [N_res, N_res, c_coevolution]}
     * @param targetFeat {@code [N_res, 22]}
     * @param residueIndex {@code [N_res]}, integers
     * @param msaFeat {@code [N_seq, N_res, 49]}
     * @param msaMask {@code [N_seq, N_res]}
     * @param pairMask {@code [N_res, N_res]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value apply(
            Graph g,
            Value coevolution,
            Value targetFeat,
            Value residueIndex,
            Value msaFeat,
            Value msaMask,
            Value pairMask) {
        Value single = g.concat(1, profile(g.scope("profile"), msaFeat, msaMask), targetFeat);
        Value embedded = g.add(
                pairs.apply(g, single, residueIndex), this.coevolution.apply(g.scope("coevolution"), coevolution));
        Value x = g.unsqueeze(g.transpose(embedded, 2, 0, 1), 0);
        Value mask = g.unsqueeze(pairMask, 0, 1);
        for (int index = 0; index < blocks.size(); index++) {
            x = blocks.get(index).apply(g.scope("blocks/" + index), x, mask);
        }
        Value refined = g.reshape(g.transpose(g.squeeze(x, 0), 1, 2, 0), -1, channels);
        Graph last = g.scope("output");
        Value update = output.applyToMatrix(last, LayerNorm.normalize(last, refined));
        return g.reshape(update, g.sizes(pairMask), g.integers(output.out()));
    }

    /** The mean of {@code msa_feat} over the rows that have the residue: {@code [N_res, 49]}. */
    private static Value profile(Graph g, Value msaFeat, Value msaMask) {
        Value rows = g.unsqueeze(msaMask, 2);
        Value sum = g.sum(g.multiply(msaFeat, rows), 0);
        return g.squeeze(g.divide(sum, g.maximum(g.sum(rows, 0), g.number(1))), 0);
    }
}
