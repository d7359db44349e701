package org.anfinsen.network.export;

import java.util.Optional;
import org.anfinsen.network.embedding.CoevolutionStack;
import org.anfinsen.network.embedding.InputEmbedder;
import org.anfinsen.network.embedding.RecyclingEmbedder;
import org.anfinsen.network.evoformer.EvoformerStack;
import org.anfinsen.network.evoformer.ExtraMsaStack;
import org.anfinsen.network.evoformer.MsaMask;
import org.anfinsen.network.evoformer.PairMask;
import org.anfinsen.network.evoformer.Representations;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.head.DistogramHead;
import org.anfinsen.network.head.ExperimentallyResolvedHead;
import org.anfinsen.network.head.MaskedMsaHead;
import org.anfinsen.network.head.PlddtHead;
import org.anfinsen.network.head.PredictedAlignedErrorHead;
import org.anfinsen.network.head.SecondaryStructureHead;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.structuremodule.StructureModule;
import org.anfinsen.network.template.TemplateEmbedder;
import org.anfinsen.network.template.TemplateFeatures;

/**
 * One pass of the network: Suppl. Alg. 2 lines 5 to 22, without ensembling.
 *
 * <p>Departs from the supplement: if the parameters have {@code evoformer/coevolution_embedding}, a linear layer over
 * coevolution features is added to the pair representation right after the input embedder, and if they have
 * {@code evoformer/coevolution_stack}, convolutions over them. Without these this is AlphaFold's network exactly.
 */
final class Iteration {
    private final NetworkDimensions sizes;
    private final InputEmbedder inputEmbedder;
    private final RecyclingEmbedder recyclingEmbedder;
    private final Optional<Linear> coevolution;
    private final Optional<CoevolutionStack> coevolutionStack;
    private final Optional<TemplateEmbedder> templates;
    private final Linear extraMsa;
    private final ExtraMsaStack extraMsaStack;
    private final EvoformerStack evoformerStack;
    private final Linear single;
    private final StructureModule structureModule;
    private final PlddtHead plddt;
    private final DistogramHead distogram;
    private final Optional<PredictedAlignedErrorHead> alignedError;
    private final Optional<MaskedMsaHead> maskedMsa;
    private final Optional<ExperimentallyResolvedHead> resolved;
    private final Optional<SecondaryStructureHead> secondaryStructure;

    Iteration(ParameterScope root, NetworkDimensions sizes) {
        this.sizes = sizes;
        int cM = sizes.cM();
        int cZ = sizes.cZ();
        int cS = sizes.cS();
        ParameterScope evoformer = root.in("evoformer");
        inputEmbedder = new InputEmbedder(evoformer, sizes.cTarget(), sizes.cMsaFeat(), cM, cZ);
        recyclingEmbedder = new RecyclingEmbedder(evoformer, cM, cZ);
        coevolution = sizes.coevolutionChannels().isPresent()
                ? Optional.of(Linear.take(
                        evoformer.in("coevolution_embedding"),
                        sizes.coevolutionChannels().getAsInt(),
                        cZ))
                : Optional.empty();
        coevolutionStack = sizes.coevolutionBlocks() > 0
                ? Optional.of(new CoevolutionStack(
                        evoformer.in("coevolution_stack"),
                        sizes.coevolutionBlocks(),
                        sizes.coevolutionStackChannels(),
                        sizes.coevolutionChannels().orElseThrow(),
                        sizes.cMsaFeat() + sizes.cTarget(),
                        cZ))
                : Optional.empty();
        templates = sizes.templateChannels().isPresent()
                ? Optional.of(new TemplateEmbedder(
                        evoformer,
                        sizes.templateBlocks(),
                        cM,
                        cZ,
                        sizes.templateChannels().getAsInt()))
                : Optional.empty();
        extraMsa = Linear.take(evoformer.in("extra_msa_activations"), sizes.cExtraMsaFeat(), sizes.cE());
        extraMsaStack = new ExtraMsaStack(evoformer.in("extra_msa_stack"), sizes.extraMsaBlocks(), sizes.cE(), cZ);
        evoformerStack = new EvoformerStack(evoformer.in("evoformer_iteration"), sizes.evoformerBlocks(), cM, cZ);
        single = Linear.take(evoformer.in("single_activations"), cM, cS);
        structureModule = new StructureModule(root.in("structure_module"), cS, cZ);
        plddt = new PlddtHead(root.in("predicted_lddt_head"), cS);
        distogram = new DistogramHead(root.in("distogram_head"), cZ);
        alignedError = sizes.alignedErrorBins().isPresent()
                ? Optional.of(new PredictedAlignedErrorHead(root.in("predicted_aligned_error_head"), cZ))
                : Optional.empty();
        maskedMsa = sizes.maskedMsaLetters().isPresent()
                ? Optional.of(new MaskedMsaHead(root.in("masked_msa_head"), cM))
                : Optional.empty();
        resolved = sizes.resolvedAtoms().isPresent()
                ? Optional.of(new ExperimentallyResolvedHead(root.in("experimentally_resolved_head"), cS))
                : Optional.empty();
        secondaryStructure = sizes.secondaryStructureStates().isPresent()
                ? Optional.of(new SecondaryStructureHead(root.in("secondary_structure_head"), cS))
                : Optional.empty();
    }

    /**
     * Declares inputs, computes, declares outputs.
     *
     * @param stacks the view of the graph that template, extra-MSA and Evoformer stack are added through
     */
    void apply(Graph g, Graph stacks) {
        GraphInputs in = GraphInputs.declare(g, sizes);
        Value residuePairs = g.multiply(g.unsqueeze(in.seqMask(), 1), g.unsqueeze(in.seqMask(), 0));
        PairMask pairMask = PairMask.of(g, residuePairs);
        Representations embedded = embed(g, stacks, in, pairMask);
        Value msaMask = in.templates().isPresent()
                ? g.concat(0, in.msaMask(), templateMsaMask(g, in.templates().get()))
                : in.msaMask();
        Representations refined = evoformerStack.refine(stacks, embedded, MsaMask.of(g, msaMask), pairMask);
        writeHeads(g, in, refined);
    }

    private Value templateMsaMask(Graph g, TemplateFeatures features) {
        return templates.orElseThrow().msaMask(g.scope("template"), features);
    }

    /** Everything before the Evoformer. */
    private Representations embed(Graph g, Graph stacks, GraphInputs in, PairMask pairMask) {
        Representations input =
                inputEmbedder.apply(g.scope("input_embedder"), in.targetFeat(), in.residueIndex(), in.msaFeat());
        Value z = input.pair();
        if (coevolution.isPresent() && in.coevolution().isPresent()) {
            Graph here = g.scope("coevolution");
            Value features = in.coevolution().get();
            z = here.add(z, coevolution.get().apply(here, features));
            if (coevolutionStack.isPresent()) {
                Value update = coevolutionStack
                        .get()
                        .apply(
                                g.scope("coevolution_stack"),
                                features,
                                in.targetFeat(),
                                in.residueIndex(),
                                in.msaFeat(),
                                in.msaMask(),
                                pairMask.mask());
                z = here.add(z, update);
            }
        }
        Representations previous = recyclingEmbedder.apply(
                g.scope("recycling_embedder"), in.previousMsaFirstRow(), in.previousPair(), in.previousPseudoBeta());
        Value firstRow = g.add(g.slice(input.msa(), 0, 0, 1), g.unsqueeze(previous.msa(), 0));
        Value otherRows = g.slice(input.msa(), 0, 1, Integer.MAX_VALUE);
        Value m = g.concat(0, firstRow, otherRows);
        z = g.add(z, previous.pair());
        if (templates.isPresent() && in.templates().isPresent()) {
            Graph here = stacks.scope("template");
            TemplateFeatures features = in.templates().get();
            z = here.add(z, templates.get().pairUpdate(here, features, z, pairMask));
            m = here.concat(0, m, templates.get().msaRows(here, features));
        }
        Value extra = extraMsa.apply(g.scope("extra_msa_embedder"), in.extraMsaFeat());
        z = extraMsaStack.refine(stacks, new Representations(extra, z), MsaMask.of(g, in.extraMsaMask()), pairMask);
        return new Representations(m, z);
    }

    /** Everything after the Evoformer. */
    private void writeHeads(Graph g, GraphInputs in, Representations refined) {
        Value m = refined.msa();
        Value z = refined.pair();
        Value firstRow = g.squeeze(g.slice(m, 0, 0, 1), 0);
        Value s = single.applyToMatrix(g.scope("single"), firstRow);
        StructureModule.Result folded = structureModule.apply(g.scope("structure_module"), s, z, in.seqMask());
        String nRes = GraphInputs.N_RES;
        g.output(TensorNames.MSA_FIRST_ROW, firstRow, nRes, sizes.cM());
        g.output(TensorNames.PAIR, z, nRes, nRes, sizes.cZ());
        g.output(TensorNames.SINGLE, s, nRes, sizes.cS());
        g.output(TensorNames.ROTATIONS, folded.rotations(), nRes, 3, 3);
        g.output(TensorNames.TRANSLATIONS, folded.translations(), nRes, 3);
        g.output(TensorNames.UNNORMALIZED_TORSIONS, folded.unnormalizedTorsions(), nRes, 7, 2);
        g.output(TensorNames.TORSIONS, folded.torsions(), nRes, 7, 2);
        g.output(TensorNames.PLDDT_LOGITS, plddt.apply(g.scope("plddt"), folded.single()), nRes, plddt.bins());
        g.output(TensorNames.DISTOGRAM_LOGITS, distogram.apply(g.scope("distogram"), z), nRes, nRes, distogram.bins());
        alignedError.ifPresent(head -> g.output(
                TensorNames.ALIGNED_ERROR_LOGITS, head.apply(g.scope("aligned_error"), z), nRes, nRes, head.bins()));
        maskedMsa.ifPresent(head -> {
            Value rows = g.slice(m, 0, g.integers(0), g.size(in.msaFeat(), 0));
            Value logits = head.apply(g.scope("masked_msa"), rows);
            g.output(TensorNames.MASKED_MSA_LOGITS, logits, GraphInputs.N_SEQ, nRes, head.letters());
        });
        resolved.ifPresent(head -> g.output(
                TensorNames.RESOLVED_LOGITS, head.apply(g.scope("experimentally_resolved"), s), nRes, head.atoms()));
        secondaryStructure.ifPresent(head -> g.output(
                TensorNames.SECONDARY_STRUCTURE_LOGITS,
                head.apply(g.scope("secondary_structure"), s),
                nRes,
                head.states()));
    }
}
