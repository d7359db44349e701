package org.anfinsen.network.evoformer;

import java.io.IOException;
import java.util.Map;
import org.anfinsen.network.Golden;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The Evoformer's algorithms against the values that the trainer's modules of the same names computed. */
class EvoformerGoldenTest {
    private static final int C_M = 12;
    private static final int C_Z = 10;
    private static final int C_E = 9;
    private static final int BLOCKS = 2;

    private static ParameterScope block(ParameterScope root) {
        return root.in("evoformer/evoformer_iteration").block(0);
    }

    @Test
    void msaRowAttentionWithPairBiasMeetsItsGoldenFile() throws IOException {
        Golden.of("msa_row_attention_with_pair_bias")
                .isReproducedBy((g, root, in) -> update(
                        new MsaRowAttentionWithPairBias(block(root).in("msa_row_attention_with_pair_bias"), C_M, C_Z)
                                .apply(g, in.get("m"), in.get("z"), in.get("msa_mask"))));
    }

    @Test
    void msaColumnAttentionMeetsItsGoldenFile() throws IOException {
        Golden.of("msa_column_attention")
                .isReproducedBy((g, root, in) ->
                        update(new MsaColumnAttention(block(root).in("msa_column_attention"), C_M)
                                .apply(g, in.get("m"), in.get("msa_mask"))));
    }

    @Test
    void msaColumnGlobalAttentionMeetsItsGoldenFile() throws IOException {
        Golden.of("msa_column_global_attention").isReproducedBy((g, root, in) -> {
            ParameterScope scope = root.in("evoformer/extra_msa_stack").block(0).in("msa_column_global_attention");
            return update(new MsaColumnGlobalAttention(scope, C_E).apply(g, in.get("m"), in.get("msa_mask")));
        });
    }

    @Test
    void msaTransitionMeetsItsGoldenFile() throws IOException {
        Golden.of("msa_transition")
                .isReproducedBy((g, root, in) ->
                        update(new MsaTransition(block(root).in("msa_transition"), C_M).apply(g, in.get("m"))));
    }

    @Test
    void outerProductMeanMeetsItsGoldenFile() throws IOException {
        Golden.of("outer_product_mean")
                .isReproducedBy(
                        (g, root, in) -> update(new OuterProductMean(block(root).in("outer_product_mean"), C_M, C_Z)
                                .apply(g, in.get("m"), in.get("msa_mask"))));
    }

    @ParameterizedTest
    @EnumSource
    void triangleMultiplicationMeetsItsGoldenFile(TriangleMultiplication.Direction direction) throws IOException {
        Golden.of(direction.scope())
                .isReproducedBy((g, root, in) ->
                        update(new TriangleMultiplication(block(root).in(direction.scope()), C_Z, direction)
                                .apply(g, in.get("z"), in.get("pair_mask"))));
    }

    @ParameterizedTest
    @EnumSource
    void triangleAttentionMeetsItsGoldenFile(TriangleAttention.Node node) throws IOException {
        Golden.of(node.scope())
                .isReproducedBy((g, root, in) ->
                        update(new TriangleAttention(block(root).in(node.scope()), C_Z, node)
                                .apply(g, in.get("z"), in.get("pair_mask"))));
    }

    @Test
    void pairTransitionMeetsItsGoldenFile() throws IOException {
        Golden.of("pair_transition")
                .isReproducedBy((g, root, in) ->
                        update(new PairTransition(block(root).in("pair_transition"), C_Z).apply(g, in.get("z"))));
    }

    @Test
    void evoformerStackMeetsItsGoldenFile() throws IOException {
        Golden.of("evoformer_stack").isReproducedBy((g, root, in) -> {
            EvoformerStack stack = new EvoformerStack(root.in("evoformer/evoformer_iteration"), BLOCKS, C_M, C_Z);
            Representations refined = stack.apply(
                    g, new Representations(in.get("m"), in.get("z")), in.get("msa_mask"), in.get("pair_mask"));
            return Map.of("m", refined.msa(), "z", refined.pair());
        });
    }

    @Test
    void extraMsaStackMeetsItsGoldenFile() throws IOException {
        Golden.of("extra_msa_stack").isReproducedBy((g, root, in) -> {
            Value m = embedExtraMsa(g, root, in.get("extra_msa_feat"));
            ExtraMsaStack stack = new ExtraMsaStack(root.in("evoformer/extra_msa_stack"), 1, C_E, C_Z);
            return Map.of(
                    "z",
                    stack.apply(g, new Representations(m, in.get("z")), in.get("extra_msa_mask"), in.get("pair_mask")));
        });
    }

    private static Value embedExtraMsa(Graph g, ParameterScope root, Value features) {
        return Linear.take(root.in("evoformer/extra_msa_activations"), 25, C_E).apply(g, features);
    }

    private static Map<String, Value> update(Value value) {
        return Map.of("update", value);
    }
}
