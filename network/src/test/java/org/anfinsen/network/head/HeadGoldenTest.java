package org.anfinsen.network.head;

import java.io.IOException;
import java.util.Map;
import org.anfinsen.network.Golden;
import org.anfinsen.network.graph.Value;
import org.junit.jupiter.api.Test;

/** The heads against the values that the trainer's modules of the same names computed. */
class HeadGoldenTest {
    private static final int C_M = 12;
    private static final int C_Z = 10;
    private static final int C_S = 13;

    @Test
    void plddtHeadMeetsItsGoldenFile() throws IOException {
        Golden.of("plddt_head")
                .isReproducedBy((g, root, in) ->
                        logits(new PlddtHead(root.in("predicted_lddt_head"), C_S).apply(g, in.get("s"))));
    }

    @Test
    void distogramHeadMeetsItsGoldenFile() throws IOException {
        Golden.of("distogram_head")
                .isReproducedBy((g, root, in) ->
                        logits(new DistogramHead(root.in("distogram_head"), C_Z).apply(g, in.get("z"))));
    }

    @Test
    void predictedAlignedErrorHeadMeetsItsGoldenFile() throws IOException {
        Golden.of("predicted_aligned_error_head")
                .isReproducedBy((g, root, in) ->
                        logits(new PredictedAlignedErrorHead(root.in("predicted_aligned_error_head"), C_Z)
                                .apply(g, in.get("z"))));
    }

    @Test
    void maskedMsaHeadMeetsItsGoldenFile() throws IOException {
        Golden.of("masked_msa_head")
                .isReproducedBy((g, root, in) ->
                        logits(new MaskedMsaHead(root.in("masked_msa_head"), C_M).apply(g, in.get("m"))));
    }

    @Test
    void experimentallyResolvedHeadMeetsItsGoldenFile() throws IOException {
        Golden.of("experimentally_resolved_head")
                .isReproducedBy((g, root, in) ->
                        logits(new ExperimentallyResolvedHead(root.in("experimentally_resolved_head"), C_S)
                                .apply(g, in.get("s"))));
    }

    @Test
    void secondaryStructureHeadMeetsItsGoldenFile() throws IOException {
        Golden.of("secondary_structure_head")
                .isReproducedBy((g, root, in) -> logits(
                        new SecondaryStructureHead(root.in("secondary_structure_head"), C_S).apply(g, in.get("s"))));
    }

    private static Map<String, Value> logits(Value value) {
        return Map.of("logits", value);
    }
}
