package org.anfinsen.network.template;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.anfinsen.network.Golden;
import org.anfinsen.network.Named;
import org.anfinsen.network.Tensors;
import org.anfinsen.network.evoformer.PairMask;
import org.anfinsen.network.graph.Value;
import org.junit.jupiter.api.Test;

/** The template algorithms against the values that the trainer's modules of the same names computed. */
class TemplateGoldenTest {
    private static final int C_M = 12;
    private static final int C_Z = 10;
    private static final int C_T = 8;
    private static final int BLOCKS = 2;

    @Test
    void templatePairStackMeetsItsGoldenFile() throws IOException {
        Golden.of("template_pair_stack").isReproducedBy((g, root, in) -> {
            TemplatePairStack stack = new TemplatePairStack(
                    root.in("evoformer/template_embedding/single_template_embedding"), BLOCKS, C_T);
            PairMask mask = PairMask.of(g, in.get("pair_mask"));
            Value refined = g.forEachRow(
                            List.of(in.get("t")), 1, slices -> List.of(stack.apply(g, slices.getFirst(), mask)))
                    .getFirst();
            return Map.of("t", refined);
        });
    }

    @Test
    void templatePointwiseAttentionMeetsItsGoldenFile() throws IOException {
        Golden.of("template_pointwise_attention")
                .isReproducedBy((g, root, in) -> Map.of(
                        "update",
                        new TemplatePointwiseAttention(root.in("evoformer/template_embedding/attention"), C_Z, C_T)
                                .apply(g, in.get("z"), in.get("t"), in.get("template_mask"))));
    }

    @Test
    void templateEmbedderMeetsItsGoldenFile() throws IOException {
        Golden golden = Golden.of("template_embedding");
        golden.replace("template_all_atom_mask", "template_backbone_mask", Tensors::backboneMask)
                .isReproducedBy((g, root, in) -> {
                    TemplateEmbedder embedder = new TemplateEmbedder(root.in("evoformer"), BLOCKS, C_M, C_Z, C_T);
                    TemplateFeatures features = features(in);
                    return Map.of(
                            "update",
                                    embedder.pairUpdate(g, features, in.get("z"), PairMask.of(g, in.get("pair_mask"))),
                            "rows", embedder.msaRows(g, features),
                            "rows_mask", embedder.msaMask(g, features));
                });
    }

    private static TemplateFeatures features(Named<Value> in) {
        return new TemplateFeatures(
                in.get("template_aatype"),
                in.get("template_mask"),
                in.get("template_pseudo_beta"),
                in.get("template_pseudo_beta_mask"),
                in.get("template_backbone_mask"),
                in.get("template_torsion_angles_sin_cos"),
                in.get("template_alt_torsion_angles_sin_cos"),
                in.get("template_torsion_angles_mask"));
    }
}
