package org.anfinsen.network;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.anfinsen.network.embedding.InputEmbedder;
import org.anfinsen.network.embedding.RecyclingEmbedder;
import org.anfinsen.network.evoformer.MsaColumnAttention;
import org.anfinsen.network.evoformer.MsaColumnGlobalAttention;
import org.anfinsen.network.evoformer.MsaMask;
import org.anfinsen.network.evoformer.MsaRowAttentionWithPairBias;
import org.anfinsen.network.evoformer.MsaTransition;
import org.anfinsen.network.evoformer.OuterProductMean;
import org.anfinsen.network.evoformer.PairMask;
import org.anfinsen.network.evoformer.PairTransition;
import org.anfinsen.network.evoformer.Representations;
import org.anfinsen.network.evoformer.TriangleAttention;
import org.anfinsen.network.evoformer.TriangleMultiplication;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterFile;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.Tensor;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each operation alone against the published implementation's values, which are not shipped. What goes into an
 * operation is the block's input plus all earlier updates, so errors do not add up.
 */
class ReferenceOperationsTest {
    private static final double TOLERANCE = 1e-5;

    @TestFactory
    Stream<DynamicTest> reproducesEachOperation() throws IOException {
        List<Path> files = ReferenceCase.files();
        if (files.isEmpty()) {
            return Stream.of(DynamicTest.dynamicTest("reference cases", ReferenceOperationsTest::saysThatNoneAreThere));
        }
        return files.stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> reproduces(file)));
    }

    private static void saysThatNoneAreThere() {
        abort("no case_*_r*.npz in " + ReferenceCase.directory() + ": operations not checked against AlphaFold");
    }

    private static void reproduces(Path file) throws IOException {
        try (ReferenceCase reference = new ReferenceCase(file)) {
            Parameters parameters = ParameterFile.read(reference.parameters());
            NetworkDimensions sizes = NetworkDimensions.of(parameters);
            checkEmbedders(reference, parameters.root(), sizes);
            checkBlock(reference, parameters.untouched().root().in("evoformer/extra_msa_stack"), sizes, true);
            checkBlock(reference, parameters.untouched().root().in("evoformer/evoformer_iteration"), sizes, false);
        }
    }

    private static void checkEmbedders(ReferenceCase reference, ParameterScope root, NetworkDimensions sizes)
            throws IOException {
        int last = reference.passes() - 1;
        Map<String, Tensor> inputs = new HashMap<>();
        inputs.put("target_feat", reference.feature("target_feat"));
        inputs.put("residue_index", reference.integerFeature("residue_index"));
        inputs.put("msa_feat", reference.feature("msa_feat"));
        inputs.put("m_prev", Tensors.slice(reference.out("recycle_in/m_prev"), last));
        inputs.put("z_prev", Tensors.slice(reference.out("recycle_in/z_prev"), last));
        inputs.put("pseudo_beta_prev", Tensors.slice(reference.out("recycle_in/pseudo_beta_prev"), last));
        Map<String, FloatTensor> found = OperationRunner.run(inputs, (g, in) -> {
            ParameterScope scope = root.in("evoformer");
            Representations embedded = new InputEmbedder(
                            scope, sizes.cTarget(), sizes.cMsaFeat(), sizes.cM(), sizes.cZ())
                    .apply(g, in.get("target_feat"), in.get("residue_index"), in.get("msa_feat"));
            Representations recycled = new RecyclingEmbedder(scope, sizes.cM(), sizes.cZ())
                    .apply(g, in.get("m_prev"), in.get("z_prev"), in.get("pseudo_beta_prev"));
            return Map.of(
                    "input_embedder/m", embedded.msa(),
                    "input_embedder/z", embedded.pair(),
                    "recycling_embedder/m_update", recycled.msa(),
                    "recycling_embedder/z_update", recycled.pair());
        });
        found.forEach((name, tensor) -> Tensors.assertClose(name, tensor, reference.out(name), TOLERANCE));
    }

    /** The operations of the first block in their order; {@code extra} is for the extra-MSA stack. */
    private static void checkBlock(
            ReferenceCase reference, ParameterScope stack, NetworkDimensions sizes, boolean extra) throws IOException {
        String block = extra ? "extra0/" : "evo0/";
        Chain chain = new Chain(reference, block, extra);
        int cM = extra ? sizes.cE() : sizes.cM();
        int cZ = sizes.cZ();
        ParameterScope scope = stack.block(0);
        MsaRowAttentionWithPairBias row =
                new MsaRowAttentionWithPairBias(scope.in("msa_row_attention_with_pair_bias"), cM, cZ);
        chain.checkMsa(
                "msa_row_attention",
                (g, m, z, masks) -> row.refine(g, m, z, masks.msa().rowKeyBias()));
        if (extra) {
            MsaColumnGlobalAttention column = new MsaColumnGlobalAttention(scope.in("msa_column_global_attention"), cM);
            chain.checkMsa(
                    "msa_column_attention",
                    (g, m, z, masks) -> columns(
                            g,
                            List.of(
                                    g.transpose(m, 1, 0, 2),
                                    masks.msa().columnKeyBias(),
                                    masks.msa().columns()),
                            c -> column.refineColumn(g, c.get(0), c.get(1), c.get(2))));
        } else {
            MsaColumnAttention column = new MsaColumnAttention(scope.in("msa_column_attention"), cM);
            chain.checkMsa(
                    "msa_column_attention",
                    (g, m, z, masks) -> columns(
                            g,
                            List.of(g.transpose(m, 1, 0, 2), masks.msa().columnKeyBias()),
                            c -> column.refineColumn(g, c.get(0), c.get(1))));
        }
        MsaTransition msaTransition = new MsaTransition(scope.in("msa_transition"), cM);
        // The reference leaves masked entries of the extra stack alone here; nothing that is used depends on them.
        chain.ignoreMasked(extra);
        chain.checkMsa(
                "msa_transition", (g, m, z, masks) -> rows(g, List.of(m), r -> msaTransition.refineRow(g, r.get(0))));
        chain.ignoreMasked(false);
        OuterProductMean outer = new OuterProductMean(scope.in("outer_product_mean"), cM, cZ);
        chain.checkPair("outer_product_mean", (g, m, z, masks) -> {
            List<Value> sides = g.forEachRow(
                    List.of(g.transpose(m, 1, 0, 2), masks.msa().columns()),
                    2,
                    c -> outer.projectColumn(g, c.get(0), c.get(1)));
            return outer.refine(g, z, sides.get(0), sides.get(1), masks.msa().mask());
        });
        checkPairOperations(chain, scope, cZ);
    }

    private static void checkPairOperations(Chain chain, ParameterScope scope, int cZ) throws IOException {
        for (TriangleMultiplication.Direction direction : TriangleMultiplication.Direction.values()) {
            TriangleMultiplication multiplication =
                    new TriangleMultiplication(scope.in(direction.scope()), cZ, direction);
            chain.checkPair(
                    direction.scope(),
                    (g, m, z, masks) -> multiplication.refine(g, z, masks.pair().mask()));
        }
        TriangleAttention starting = new TriangleAttention(scope.in("triangle_attention_starting_node"), cZ);
        chain.checkPair(
                "triangle_attention_starting_node",
                (g, m, z, masks) -> attend(g, starting, z, masks.pair().rowKeyBias()));
        TriangleAttention ending = new TriangleAttention(scope.in("triangle_attention_ending_node"), cZ);
        chain.checkPair(
                "triangle_attention_ending_node",
                (g, m, z, masks) -> g.transpose(
                        attend(g, ending, g.transpose(z, 1, 0, 2), masks.pair().columnKeyBias()), 1, 0, 2));
        PairTransition transition = new PairTransition(scope.in("pair_transition"), cZ);
        chain.checkPair(
                "pair_transition", (g, m, z, masks) -> rows(g, List.of(z), r -> transition.refineRow(g, r.get(0))));
    }

    private static Value attend(Graph g, TriangleAttention attention, Value z, Value keyBias) {
        Value bias = attention.pairBias(g, z);
        return rows(g, List.of(z, keyBias), r -> attention.refineRow(g, r.get(0), r.get(1), bias));
    }

    private interface RowOperation {
        Value apply(List<Value> rows);
    }

    private static Value rows(Graph g, List<Value> inputs, RowOperation operation) {
        return g.forEachRow(inputs, 1, slices -> List.of(operation.apply(slices)))
                .getFirst();
    }

    private static Value columns(Graph g, List<Value> inputs, RowOperation operation) {
        return g.transpose(rows(g, inputs, operation), 1, 0, 2);
    }

    private record Masks(MsaMask msa, PairMask pair) {}

    private interface Operation {
        Value apply(Graph g, Value m, Value z, Masks masks);
    }

    /** The two representations as they are before each operation, by the reference's own updates. */
    private static final class Chain {
        private final ReferenceCase reference;
        private final String block;
        private final Map<String, Tensor> inputs = new LinkedHashMap<>();
        private boolean ignoreMasked;

        Chain(ReferenceCase reference, String block, boolean extra) {
            this.reference = reference;
            this.block = block;
            inputs.put("m", reference.out(extra ? "extra_msa_embedder/a" : "evoformer/m_in"));
            inputs.put("z", reference.out(extra ? "extra_msa_stack/z_in" : "extra_msa_stack/z_out"));
            inputs.put("msa_mask", extra ? reference.feature("extra_msa_mask") : reference.evoformerMask());
            inputs.put("pair_mask", reference.pairMask());
        }

        void ignoreMasked(boolean ignore) {
            ignoreMasked = ignore;
        }

        void checkMsa(String name, Operation operation) throws IOException {
            check(name, "m", operation);
        }

        void checkPair(String name, Operation operation) throws IOException {
            check(name, "z", operation);
        }

        private void check(String name, String changed, Operation operation) throws IOException {
            FloatTensor before = (FloatTensor) new Named<>(inputs).get(changed);
            FloatTensor expected = Tensors.add(before, reference.out(block + name));
            Map<String, FloatTensor> found = OperationRunner.run(inputs, (g, in) -> {
                Masks masks = new Masks(MsaMask.of(g, in.get("msa_mask")), PairMask.of(g, in.get("pair_mask")));
                return Map.of("refined", operation.apply(g, in.get("m"), in.get("z"), masks));
            });
            FloatTensor mask = ignoreMasked
                    ? (FloatTensor) new Named<>(inputs).get("msa_mask")
                    : FloatTensor.of(new float[] {1}, 1);
            Tensors.assertClose(
                    reference + " " + block + name,
                    Tensors.masked(new Named<>(found).get("refined"), mask),
                    Tensors.masked(expected, mask),
                    TOLERANCE);
            inputs.put(changed, expected);
        }
    }
}
