package org.anfinsen.network.evoformer;

import java.util.List;
import java.util.stream.IntStream;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.parameters.ParameterScope;

/** The Evoformer: Suppl. Alg. 6 without its last line, the single representation. */
public final class EvoformerStack {
    private final List<EvoformerBlock> blocks;

    /**
     * Takes the arrays of {@code evoformer_iteration}.
     *
     * @param blockCount how many blocks the stacked arrays hold
     */
    public EvoformerStack(ParameterScope scope, int blockCount, int cM, int cZ) {
        blocks = IntStream.range(0, blockCount)
                .mapToObj(index -> new EvoformerBlock(scope.block(index), cM, cZ))
                .toList();
    }

    /**
     * Refines both representations.
     *
     * @param in {@code [N_seq, N_res, c_m]} and {@code [N_res, N_res, c_z]}
     */
    public Representations refine(Graph g, Representations in, MsaMask msaMask, PairMask pairMask) {
        Representations refined = in;
        for (int index = 0; index < blocks.size(); index++) {
            refined = blocks.get(index).refine(g.scope("evoformer/" + index), refined, msaMask, pairMask);
        }
        return refined;
    }
}
