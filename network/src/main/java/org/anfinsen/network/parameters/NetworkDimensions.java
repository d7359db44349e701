package org.anfinsen.network.parameters;

import java.util.OptionalInt;

/**
 * Sizes of a network, read from the shapes of its parameters.
 *
 * @param cM channels of the MSA representation
 * @param cZ channels of the pair representation
 * @param cS channels of the single representation
 * @param cE channels of the extra-MSA representation
 * @param evoformerBlocks number of Evoformer blocks
 * @param extraMsaBlocks number of extra-MSA blocks
 * @param msaHeads attention heads of the MSA
 * @param pairHeads heads of triangle attention
 * @param ipaHeads heads of invariant point attention
 * @param outerProductChannels channels of each side of the outer product
 * @param triangleChannels channels of each side of triangle multiplication
 * @param transitionFactor how much wider a transition's hidden layer is
 * @param cTarget channels of {@code target_feat}
 * @param cMsaFeat channels of {@code msa_feat}
 * @param cExtraMsaFeat channels of {@code extra_msa_feat}
 * @param plddtBins bins of the pLDDT head
 * @param distogramBins bins of the distogram head
 * @param templateChannels channels of a template's pair representation, empty if the network takes no templates
 * @param templateBlocks blocks of the template pair stack, 0 if it takes no templates
 * @param coevolutionChannels channels of the coevolution input, empty for AlphaFold's own networks
 * @param coevolutionBlocks convolutions over the coevolution input, 0 if there are none
 * @param coevolutionStackChannels width of these convolutions, 0 if there are none
 * @param alignedErrorBins bins of the predicted-aligned-error head, empty if there is none
 * @param maskedMsaLetters letters of the masked-MSA head, empty if there is none
 * @param resolvedAtoms atoms of the experimentally-resolved head, empty if there is none
 * @param secondaryStructureStates states of the secondary structure head, empty if there is none, as in AlphaFold's own
 * @param parameterCount values in all arrays together
 */
public record NetworkDimensions(
        int cM,
        int cZ,
        int cS,
        int cE,
        int evoformerBlocks,
        int extraMsaBlocks,
        int msaHeads,
        int pairHeads,
        int ipaHeads,
        int outerProductChannels,
        int triangleChannels,
        int transitionFactor,
        int cTarget,
        int cMsaFeat,
        int cExtraMsaFeat,
        int plddtBins,
        int distogramBins,
        OptionalInt templateChannels,
        int templateBlocks,
        OptionalInt coevolutionChannels,
        int coevolutionBlocks,
        int coevolutionStackChannels,
        OptionalInt alignedErrorBins,
        OptionalInt maskedMsaLetters,
        OptionalInt resolvedAtoms,
        OptionalInt secondaryStructureStates,
        long parameterCount) {

    /**
     * Reads the sizes; arrays are looked at, not taken.
     *
     * @throws ParameterException naming the key if an array is missing or has another number of axes
     */
    public static NetworkDimensions of(Parameters parameters) {
        ParameterScope root = parameters.root();
        ParameterScope evoformer = root.in("evoformer");
        ParameterScope block = evoformer.in("evoformer_iteration");
        ParameterScope templates = evoformer.in("template_embedding/single_template_embedding");
        boolean hasTemplates = evoformer.in("template_embedding").exists();
        ParameterScope coevolution = evoformer.in("coevolution_embedding");
        ParameterScope convolution = evoformer.in("coevolution_stack/convolution");
        boolean hasConvolutions = convolution.exists();
        int cM = evoformer.in("preprocess_msa").dimension("weights", 2, 1);
        return new NetworkDimensions(
                cM,
                evoformer.in("left_single").dimension("weights", 2, 1),
                evoformer.in("single_activations").dimension("weights", 2, 1),
                evoformer.in("extra_msa_activations").dimension("weights", 2, 1),
                block.in("msa_transition/transition1").dimension("bias", 2, 0),
                evoformer.in("extra_msa_stack/msa_transition/transition1").dimension("bias", 2, 0),
                block.in("msa_row_attention_with_pair_bias/attention").dimension("query_w", 4, 2),
                block.in("triangle_attention_starting_node/attention").dimension("query_w", 4, 2),
                root.in("structure_module/fold_iteration/invariant_point_attention")
                        .dimension("trainable_point_weights", 1, 0),
                block.in("outer_product_mean/left_projection").dimension("bias", 2, 1),
                block.in("triangle_multiplication_outgoing/left_projection").dimension("bias", 2, 1),
                block.in("msa_transition/transition1").dimension("bias", 2, 1) / cM,
                evoformer.in("preprocess_1d").dimension("weights", 2, 0),
                evoformer.in("preprocess_msa").dimension("weights", 2, 0),
                evoformer.in("extra_msa_activations").dimension("weights", 2, 0),
                root.in("predicted_lddt_head/logits").dimension("bias", 1, 0),
                root.in("distogram_head/half_logits").dimension("bias", 1, 0),
                hasTemplates
                        ? OptionalInt.of(templates.in("embedding2d").dimension("weights", 2, 1))
                        : OptionalInt.empty(),
                hasTemplates
                        ? templates
                                .in("template_pair_stack/__layer_stack_no_state/pair_transition/transition1")
                                .dimension("bias", 2, 0)
                        : 0,
                coevolution.exists() ? OptionalInt.of(coevolution.dimension("weights", 2, 0)) : OptionalInt.empty(),
                hasConvolutions ? convolution.dimension("weights", 5, 0) : 0,
                hasConvolutions ? convolution.dimension("weights", 5, 1) : 0,
                headWidth(root.in("predicted_aligned_error_head/logits")),
                headWidth(root.in("masked_msa_head/logits")),
                headWidth(root.in("experimentally_resolved_head/logits")),
                headWidth(root.in("secondary_structure_head/logits")),
                parameters.valueCount());
    }

    private static OptionalInt headWidth(ParameterScope logits) {
        return logits.exists() ? OptionalInt.of(logits.dimension("bias", 1, 0)) : OptionalInt.empty();
    }

    /** Whether the network takes templates. */
    public boolean hasTemplates() {
        return templateChannels.isPresent();
    }
}
