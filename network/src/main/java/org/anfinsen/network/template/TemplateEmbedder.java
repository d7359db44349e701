package org.anfinsen.network.template;

import java.util.List;
import org.anfinsen.network.evoformer.PairMask;
import org.anfinsen.network.graph.ElementType;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Templates into pair representation and MSA: Suppl. Alg. 2 lines 7 to 13. */
public final class TemplateEmbedder {
    private static final int TORSIONS = 7;
    private static final int PSI = 2;
    private static final int ANGLE_CHANNELS = TemplatePairFeatures.RESIDUE_TYPES + 5 * TORSIONS;

    private final Linear pairEmbedding;
    private final TemplatePairStack stack;
    private final TemplatePointwiseAttention attention;
    private final Linear angleEmbedding;
    private final Linear angleProjection;

    /** Takes all {@code template_*} arrays below {@code evoformer}. */
    public TemplateEmbedder(ParameterScope scope, int blockCount, int cM, int cZ, int cT) {
        ParameterScope single = scope.in("template_embedding/single_template_embedding");
        pairEmbedding = Linear.take(single.in("embedding2d"), TemplatePairFeatures.CHANNELS, cT);
        stack = new TemplatePairStack(single, blockCount, cT);
        attention = new TemplatePointwiseAttention(scope.in("template_embedding/attention"), cZ, cT);
        angleEmbedding = Linear.take(scope.in("template_single_embedding"), ANGLE_CHANNELS, cM);
        angleProjection = Linear.take(scope.in("template_projection"), cM, cM);
    }

    /**
     * The update of the pair representation.
     *
     * @param z {@code [N_res, N_res, c_z]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value pairUpdate(Graph g, TemplateFeatures features, Value z, PairMask pairMask) {
        return attention.apply(g.scope("attention"), z, pairRepresentations(g, features, pairMask), features.mask());
    }

    /** The templates' refined pair representations, {@code [T, N_res, N_res, c_t]}. */
    Value pairRepresentations(Graph g, TemplateFeatures features, PairMask pairMask) {
        List<Value> perTemplate = List.of(
                g.cast(features.aatype(), ElementType.FLOAT),
                features.pseudoBeta(),
                features.pseudoBetaMask(),
                features.backboneMask());
        return g.forEachRow(perTemplate, 1, slices -> {
                    Value aatype = g.cast(slices.get(0), ElementType.INT32);
                    Value pairFeatures = TemplatePairFeatures.apply(
                            g.scope("features"), aatype, slices.get(1), slices.get(2), slices.get(3));
                    Value t = pairEmbedding.apply(g.scope("embedding"), pairFeatures);
                    return List.of(stack.apply(g.scope("pair_stack"), t, pairMask));
                })
                .getFirst();
    }

    /** Rows for the end of the MSA representation, one per template: {@code [T, N_res, c_m]}. */
    public Value msaRows(Graph g, TemplateFeatures features) {
        Value angles = g.concat(
                -1,
                TemplatePairFeatures.oneHot(g, features.aatype()),
                g.reshape(features.torsions(), 0, 0, 2 * TORSIONS),
                g.reshape(features.alternativeTorsions(), 0, 0, 2 * TORSIONS),
                features.torsionMask());
        Value hidden = g.relu(angleEmbedding.apply(g.scope("angle_embedding"), angles));
        return angleProjection.apply(g.scope("angle_projection"), hidden);
    }

    /** The MSA mask of those rows, the mask of psi: {@code [T, N_res]}. */
    public Value msaMask(Graph g, TemplateFeatures features) {
        return g.squeeze(g.slice(features.torsionMask(), 2, PSI, PSI + 1L), 2);
    }
}
