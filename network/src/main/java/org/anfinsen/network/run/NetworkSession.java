package org.anfinsen.network.run;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.export.TensorNames;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.Tensor;

/**
 * A network ready to predict: one call is one pass, the caller feeds it its own results to recycle. Several threads
 * may run passes at once; each then needs its own memory.
 */
public final class NetworkSession implements AutoCloseable {
    private final GraphSession graph;
    private final NetworkDimensions dimensions;

    private NetworkSession(GraphSession graph, NetworkDimensions dimensions) {
        this.graph = graph;
        this.dimensions = dimensions;
    }

    /**
     * Loads an exported graph.
     *
     * @param model written by {@link IterationExporter}
     * @param dimensions the sizes the exporter found
     * @throws NetworkException if it cannot be loaded or was written by another version of the exporter
     */
    public static NetworkSession open(Path model, NetworkDimensions dimensions, SessionSettings settings) {
        GraphSession graph = GraphSession.open(model, settings);
        String version = graph.metadata().getOrDefault(IterationExporter.VERSION_KEY, "none");
        if (!version.equals(IterationExporter.VERSION)) {
            graph.close();
            throw new NetworkException(model + ": exporter version " + version + ", expected "
                    + IterationExporter.VERSION + "; export it again");
        }
        return new NetworkSession(graph, dimensions);
    }

    /**
     * Runs one pass.
     *
     * @param recycled what the pass before returned, or {@link RecycledInput#zeros} for the first
     * @throws IllegalArgumentException if the features have other widths than the network; the message gives both
     * @throws NetworkException if ONNX Runtime fails
     */
    public NetworkOutput run(NetworkInput input, RecycledInput recycled) {
        check(input, recycled);
        Map<String, FloatTensor> outputs = graph.run(tensors(input, recycled));
        return new NetworkOutput(
                required(outputs, TensorNames.MSA_FIRST_ROW),
                required(outputs, TensorNames.PAIR),
                required(outputs, TensorNames.SINGLE),
                required(outputs, TensorNames.ROTATIONS),
                required(outputs, TensorNames.TRANSLATIONS),
                required(outputs, TensorNames.UNNORMALIZED_TORSIONS),
                required(outputs, TensorNames.TORSIONS),
                required(outputs, TensorNames.PLDDT_LOGITS),
                required(outputs, TensorNames.DISTOGRAM_LOGITS),
                Optional.ofNullable(outputs.get(TensorNames.ALIGNED_ERROR_LOGITS)),
                Optional.ofNullable(outputs.get(TensorNames.MASKED_MSA_LOGITS)),
                Optional.ofNullable(outputs.get(TensorNames.RESOLVED_LOGITS)),
                Optional.ofNullable(outputs.get(TensorNames.SECONDARY_STRUCTURE_LOGITS)));
    }

    private static FloatTensor required(Map<String, FloatTensor> outputs, String name) {
        FloatTensor tensor = outputs.get(name);
        if (tensor == null) {
            throw new NetworkException("the graph has no output " + name + ", only " + outputs.keySet());
        }
        return tensor;
    }

    private void check(NetworkInput input, RecycledInput recycled) {
        int nRes = input.nRes();
        Shapes.require("target_feat", input.targetFeat(), nRes, dimensions.cTarget());
        Shapes.require("msa_feat", input.msaFeat(), input.nSeq(), nRes, dimensions.cMsaFeat());
        Shapes.require("extra_msa_feat", input.extraMsaFeat(), input.nExtra(), nRes, dimensions.cExtraMsaFeat());
        Shapes.require("previous MSA row", recycled.msaFirstRow(), nRes, dimensions.cM());
        Shapes.require("previous pair", recycled.pair(), nRes, nRes, dimensions.cZ());
        if (input.coevolution().isPresent() != dimensions.coevolutionChannels().isPresent()) {
            throw new IllegalArgumentException("coevolution features are "
                    + (input.coevolution().isPresent() ? "given, but the network takes none" : "missing"));
        }
        input.coevolution()
                .ifPresent(tensor -> Shapes.require(
                        "coevolution",
                        tensor,
                        nRes,
                        nRes,
                        dimensions.coevolutionChannels().orElseThrow()));
        if (input.templates().isPresent() && !dimensions.hasTemplates()) {
            throw new IllegalArgumentException("templates are given, but the network takes none");
        }
    }

    private Map<String, Tensor> tensors(NetworkInput input, RecycledInput recycled) {
        Map<String, Tensor> tensors = new HashMap<>();
        tensors.put(TensorNames.TARGET_FEAT, input.targetFeat());
        tensors.put(TensorNames.RESIDUE_INDEX, input.residueIndex());
        tensors.put(TensorNames.SEQ_MASK, input.seqMask());
        tensors.put(TensorNames.MSA_FEAT, input.msaFeat());
        tensors.put(TensorNames.MSA_MASK, input.msaMask());
        putExtraMsa(tensors, input);
        input.coevolution().ifPresent(tensor -> tensors.put(TensorNames.COEVOLUTION, tensor));
        if (dimensions.hasTemplates()) {
            putTemplates(tensors, input.templates().orElseGet(() -> TemplateInput.none(input.nRes())));
        }
        tensors.put(TensorNames.PREVIOUS_MSA_FIRST_ROW, recycled.msaFirstRow());
        tensors.put(TensorNames.PREVIOUS_PAIR, recycled.pair());
        tensors.put(TensorNames.PREVIOUS_PSEUDO_BETA, recycled.pseudoBeta());
        return tensors;
    }

    /** Without extra sequences the graph gets one masked row, as AlphaFold's padding does. */
    private void putExtraMsa(Map<String, Tensor> tensors, NetworkInput input) {
        boolean none = input.nExtra() == 0;
        int nRes = input.nRes();
        tensors.put(
                TensorNames.EXTRA_MSA_FEAT,
                none ? FloatTensor.zeros(1, nRes, dimensions.cExtraMsaFeat()) : input.extraMsaFeat());
        tensors.put(TensorNames.EXTRA_MSA_MASK, none ? FloatTensor.zeros(1, nRes) : input.extraMsaMask());
    }

    private static void putTemplates(Map<String, Tensor> tensors, TemplateInput templates) {
        tensors.put(TensorNames.TEMPLATE_AATYPE, templates.aatype());
        tensors.put(TensorNames.TEMPLATE_MASK, templates.mask());
        tensors.put(TensorNames.TEMPLATE_PSEUDO_BETA, templates.pseudoBeta());
        tensors.put(TensorNames.TEMPLATE_PSEUDO_BETA_MASK, templates.pseudoBetaMask());
        tensors.put(TensorNames.TEMPLATE_BACKBONE_MASK, templates.backboneMask());
        tensors.put(TensorNames.TEMPLATE_TORSIONS, templates.torsions());
        tensors.put(TensorNames.TEMPLATE_ALTERNATIVE_TORSIONS, templates.alternativeTorsions());
        tensors.put(TensorNames.TEMPLATE_TORSION_MASK, templates.torsionMask());
    }

    /** The network's sizes. */
    public NetworkDimensions dimensions() {
        return dimensions;
    }

    /** {@code CUDA} or {@code CPU}. */
    public String provider() {
        return graph.provider();
    }

    /** Why the provider is not CUDA; empty if it is. */
    public Optional<String> cpuReason() {
        return graph.cpuReason();
    }

    @Override
    public void close() {
        graph.close();
    }
}
