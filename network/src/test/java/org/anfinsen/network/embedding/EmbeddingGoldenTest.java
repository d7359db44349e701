package org.anfinsen.network.embedding;

import java.io.IOException;
import java.util.Map;
import org.anfinsen.network.Golden;
import org.anfinsen.network.evoformer.Representations;
import org.anfinsen.network.layer.Linear;
import org.junit.jupiter.api.Test;

/** The embedders against the values that the trainer's modules of the same names computed. */
class EmbeddingGoldenTest {
    private static final int C_M = 12;
    private static final int C_Z = 10;

    @Test
    void inputEmbedderMeetsItsGoldenFile() throws IOException {
        Golden.of("input_embedder").isReproducedBy((g, root, in) -> {
            Representations embedded = new InputEmbedder(root.in("evoformer"), 22, 49, C_M, C_Z)
                    .apply(g, in.get("target_feat"), in.get("residue_index"), in.get("msa_feat"));
            return Map.of("m", embedded.msa(), "z", embedded.pair());
        });
    }

    @Test
    void relativePositionMeetsItsGoldenFile() throws IOException {
        Golden.of("relative_position")
                .isReproducedBy((g, root, in) -> Map.of(
                        "z",
                        new RelativePosition(root.in("evoformer/pair_activiations"), C_Z)
                                .apply(g, in.get("residue_index"))));
    }

    @Test
    void recyclingEmbedderMeetsItsGoldenFile() throws IOException {
        Golden.of("recycling_embedder").isReproducedBy((g, root, in) -> {
            Representations updates = new RecyclingEmbedder(root.in("evoformer"), C_M, C_Z)
                    .apply(g, in.get("m_first_row"), in.get("z"), in.get("pseudo_beta"));
            return Map.of("m_update", updates.msa(), "z_update", updates.pair());
        });
    }

    @Test
    void coevolutionEmbeddingMeetsItsGoldenFile() throws IOException {
        Golden.of("coevolution_embedding")
                .isReproducedBy((g, root, in) -> Map.of(
                        "update",
                        Linear.take(root.in("evoformer/coevolution_embedding"), 7, C_Z)
                                .apply(g, in.get("coevolution"))));
    }

    @Test
    void coevolutionStackMeetsItsGoldenFile() throws IOException {
        Golden.of("coevolution_stack").isReproducedBy((g, root, in) -> {
            CoevolutionStack stack = new CoevolutionStack(root.in("evoformer/coevolution_stack"), 5, 6, 7, 71, C_Z);
            return Map.of(
                    "update",
                    stack.apply(
                            g,
                            in.get("coevolution"),
                            in.get("target_feat"),
                            in.get("residue_index"),
                            in.get("msa_feat"),
                            in.get("msa_mask"),
                            in.get("pair_mask")));
        });
    }
}
