package org.anfinsen.network.evoformer;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anfinsen.network.Golden;
import org.anfinsen.network.Named;
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
        Golden.of("msa_row_attention_with_pair_bias").updates("m").isReproducedBy((g, root, in) -> {
            MsaRowAttentionWithPairBias attention =
                    new MsaRowAttentionWithPairBias(block(root).in("msa_row_attention_with_pair_bias"), C_M, C_Z);
            return refined(
                    attention.refine(g, in.get("m"), in.get("z"), msaMask(g, in).rowKeyBias()));
        });
    }

    @Test
    void msaColumnAttentionMeetsItsGoldenFile() throws IOException {
        Golden.of("msa_column_attention").updates("m").isReproducedBy((g, root, in) -> {
            MsaColumnAttention attention = new MsaColumnAttention(block(root).in("msa_column_attention"), C_M);
            return refined(forEachColumn(g, in, (column, keyBias, mask) -> attention.refineColumn(g, column, keyBias)));
        });
    }

    @Test
    void msaColumnGlobalAttentionMeetsItsGoldenFile() throws IOException {
        Golden.of("msa_column_global_attention").updates("m").isReproducedBy((g, root, in) -> {
            MsaColumnGlobalAttention attention = new MsaColumnGlobalAttention(
                    root.in("evoformer/extra_msa_stack").block(0).in("msa_column_global_attention"), C_E);
            return refined(
                    forEachColumn(g, in, (column, keyBias, mask) -> attention.refineColumn(g, column, keyBias, mask)));
        });
    }

    @Test
    void msaTransitionMeetsItsGoldenFile() throws IOException {
        Golden.of("msa_transition").updates("m").isReproducedBy((g, root, in) -> {
            MsaTransition transition = new MsaTransition(block(root).in("msa_transition"), C_M);
            return refined(forEachRow(g, in.get("m"), row -> transition.refineRow(g, row)));
        });
    }

    @Test
    void outerProductMeanMeetsItsGoldenFile() throws IOException {
        // z is not an input of the algorithm, so the update is added to zeros.
        Golden.of("outer_product_mean").isReproducedBy((g, root, in) -> {
            OuterProductMean mean = new OuterProductMean(block(root).in("outer_product_mean"), C_M, C_Z);
            List<Value> sides = g.forEachRow(
                    List.of(g.transpose(in.get("m"), 1, 0, 2), msaMask(g, in).columns()),
                    2,
                    column -> mean.projectColumn(g, column.get(0), column.get(1)));
            Value nRes = g.size(in.get("m"), 1);
            Value zeros = g.expand(g.number(0), nRes, nRes, g.integers(C_Z));
            return Map.of("update", mean.refine(g, zeros, sides.get(0), sides.get(1), in.get("msa_mask")));
        });
    }

    @ParameterizedTest
    @EnumSource
    void triangleMultiplicationMeetsItsGoldenFile(TriangleMultiplication.Direction direction) throws IOException {
        Golden.of(direction.scope())
                .updates("z")
                .isReproducedBy((g, root, in) ->
                        refined(new TriangleMultiplication(block(root).in(direction.scope()), C_Z, direction)
                                .refine(g, in.get("z"), in.get("pair_mask"))));
    }

    @ParameterizedTest
    @EnumSource
    void triangleAttentionMeetsItsGoldenFile(TriangleAttention.Node node) throws IOException {
        Golden.of(node.scope()).updates("z").isReproducedBy((g, root, in) -> {
            TriangleAttention attention = new TriangleAttention(block(root).in(node.scope()), C_Z);
            PairMask mask = PairMask.of(g, in.get("pair_mask"));
            return switch (node) {
                case STARTING -> refined(attendRows(g, attention, in.get("z"), mask.rowKeyBias()));
                case ENDING -> {
                    Value columns = g.transpose(in.get("z"), 1, 0, 2);
                    yield refined(g.transpose(attendRows(g, attention, columns, mask.columnKeyBias()), 1, 0, 2));
                }
            };
        });
    }

    private static Value attendRows(Graph g, TriangleAttention attention, Value z, Value keyBias) {
        Value bias = attention.pairBias(g, z);
        return g.forEachRow(
                        List.of(z, keyBias), 1, rows -> List.of(attention.refineRow(g, rows.get(0), rows.get(1), bias)))
                .getFirst();
    }

    @Test
    void pairTransitionMeetsItsGoldenFile() throws IOException {
        Golden.of("pair_transition").updates("z").isReproducedBy((g, root, in) -> {
            PairTransition transition = new PairTransition(block(root).in("pair_transition"), C_Z);
            return refined(forEachRow(g, in.get("z"), row -> transition.refineRow(g, row)));
        });
    }

    @Test
    void evoformerStackMeetsItsGoldenFile() throws IOException {
        Golden.of("evoformer_stack").isReproducedBy((g, root, in) -> {
            EvoformerStack stack = new EvoformerStack(root.in("evoformer/evoformer_iteration"), BLOCKS, C_M, C_Z);
            Representations refined = stack.refine(
                    g,
                    new Representations(in.get("m"), in.get("z")),
                    msaMask(g, in),
                    PairMask.of(g, in.get("pair_mask")));
            return Map.of("m", refined.msa(), "z", refined.pair());
        });
    }

    @Test
    void extraMsaStackMeetsItsGoldenFile() throws IOException {
        Golden.of("extra_msa_stack").isReproducedBy((g, root, in) -> {
            Value m = Linear.take(root.in("evoformer/extra_msa_activations"), 25, C_E)
                    .apply(g, in.get("extra_msa_feat"));
            ExtraMsaStack stack = new ExtraMsaStack(root.in("evoformer/extra_msa_stack"), 1, C_E, C_Z);
            Value z = stack.refine(
                    g,
                    new Representations(m, in.get("z")),
                    MsaMask.of(g, in.get("extra_msa_mask")),
                    PairMask.of(g, in.get("pair_mask")));
            return Map.of("z", z);
        });
    }

    private static MsaMask msaMask(Graph g, Named<Value> in) {
        return MsaMask.of(g, in.get("msa_mask"));
    }

    private static Map<String, Value> refined(Value value) {
        return Map.of(Golden.REFINED, value);
    }

    private interface RowOperation {
        Value apply(Value row);
    }

    private static Value forEachRow(Graph g, Value x, RowOperation operation) {
        return g.forEachRow(List.of(x), 1, rows -> List.of(operation.apply(rows.getFirst())))
                .getFirst();
    }

    private interface ColumnOperation {
        Value apply(Value column, Value keyBias, Value mask);
    }

    private static Value forEachColumn(Graph g, Named<Value> in, ColumnOperation operation) {
        MsaMask mask = msaMask(g, in);
        Value columns = g.forEachRow(
                        List.of(g.transpose(in.get("m"), 1, 0, 2), mask.columnKeyBias(), mask.columns()),
                        1,
                        column -> List.of(operation.apply(column.get(0), column.get(1), column.get(2))))
                .getFirst();
        return g.transpose(columns, 1, 0, 2);
    }
}
