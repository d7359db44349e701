package org.anfinsen.network.evoformer;

import java.util.List;
import java.util.stream.IntStream;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.ParameterScope;

/** Brings what the sequences outside the clusters say into the pair representation: Suppl. Alg. 18. */
public final class ExtraMsaStack {
    private final List<ExtraMsaBlock> blocks;

    /**
     * Takes the arrays of {@code extra_msa_stack}.
     *
     * @param blockCount how many blocks the stacked arrays hold
     */
    public ExtraMsaStack(ParameterScope scope, int blockCount, int cE, int cZ) {
        blocks = IntStream.range(0, blockCount)
                .mapToObj(index -> new ExtraMsaBlock(scope.block(index), cE, cZ))
                .toList();
    }

    /**
     * Refines the pair representation; the extra-MSA representation is not used after this.
     *
     * @param in {@code [N_extra, N_res, c_e]} and {@code [N_res, N_res, c_z]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value refine(Graph g, Representations in, MsaMask msaMask, PairMask pairMask) {
        Representations refined = in;
        for (int index = 0; index < blocks.size(); index++) {
            refined = blocks.get(index).refine(g.scope("extra_msa/" + index), refined, msaMask, pairMask);
        }
        return refined.pair();
    }
}
