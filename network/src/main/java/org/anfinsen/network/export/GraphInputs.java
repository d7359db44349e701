package org.anfinsen.network.export;

import java.util.Optional;
import org.anfinsen.network.graph.ElementType;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.template.TemplateFeatures;

/** The declared inputs of the iteration's graph; shapes in {@link #declare}. */
record GraphInputs(
        Value targetFeat,
        Value residueIndex,
        Value seqMask,
        Value msaFeat,
        Value msaMask,
        Value extraMsaFeat,
        Value extraMsaMask,
        Optional<Value> coevolution,
        Optional<TemplateFeatures> templates,
        Value previousMsaFirstRow,
        Value previousPair,
        Value previousPseudoBeta) {

    static final String N_RES = "N_res";
    static final String N_SEQ = "N_seq";
    static final String N_EXTRA = "N_extra";
    static final String N_TEMPLATE = "N_template";

    static GraphInputs declare(Graph g, NetworkDimensions sizes) {
        return new GraphInputs(
                g.input(TensorNames.TARGET_FEAT, ElementType.FLOAT, N_RES, sizes.cTarget()),
                g.input(TensorNames.RESIDUE_INDEX, ElementType.INT32, N_RES),
                g.input(TensorNames.SEQ_MASK, ElementType.FLOAT, N_RES),
                g.input(TensorNames.MSA_FEAT, ElementType.FLOAT, N_SEQ, N_RES, sizes.cMsaFeat()),
                g.input(TensorNames.MSA_MASK, ElementType.FLOAT, N_SEQ, N_RES),
                g.input(TensorNames.EXTRA_MSA_FEAT, ElementType.FLOAT, N_EXTRA, N_RES, sizes.cExtraMsaFeat()),
                g.input(TensorNames.EXTRA_MSA_MASK, ElementType.FLOAT, N_EXTRA, N_RES),
                sizes.coevolutionChannels().isPresent()
                        ? Optional.of(g.input(
                                TensorNames.COEVOLUTION,
                                ElementType.FLOAT,
                                N_RES,
                                N_RES,
                                sizes.coevolutionChannels().getAsInt()))
                        : Optional.empty(),
                sizes.hasTemplates() ? Optional.of(declareTemplates(g)) : Optional.empty(),
                g.input(TensorNames.PREVIOUS_MSA_FIRST_ROW, ElementType.FLOAT, N_RES, sizes.cM()),
                g.input(TensorNames.PREVIOUS_PAIR, ElementType.FLOAT, N_RES, N_RES, sizes.cZ()),
                g.input(TensorNames.PREVIOUS_PSEUDO_BETA, ElementType.FLOAT, N_RES, 3));
    }

    private static TemplateFeatures declareTemplates(Graph g) {
        return new TemplateFeatures(
                g.input(TensorNames.TEMPLATE_AATYPE, ElementType.INT32, N_TEMPLATE, N_RES),
                g.input(TensorNames.TEMPLATE_MASK, ElementType.FLOAT, N_TEMPLATE),
                g.input(TensorNames.TEMPLATE_PSEUDO_BETA, ElementType.FLOAT, N_TEMPLATE, N_RES, 3),
                g.input(TensorNames.TEMPLATE_PSEUDO_BETA_MASK, ElementType.FLOAT, N_TEMPLATE, N_RES),
                g.input(TensorNames.TEMPLATE_BACKBONE_MASK, ElementType.FLOAT, N_TEMPLATE, N_RES),
                g.input(TensorNames.TEMPLATE_TORSIONS, ElementType.FLOAT, N_TEMPLATE, N_RES, 7, 2),
                g.input(TensorNames.TEMPLATE_ALTERNATIVE_TORSIONS, ElementType.FLOAT, N_TEMPLATE, N_RES, 7, 2),
                g.input(TensorNames.TEMPLATE_TORSION_MASK, ElementType.FLOAT, N_TEMPLATE, N_RES, 7));
    }
}
