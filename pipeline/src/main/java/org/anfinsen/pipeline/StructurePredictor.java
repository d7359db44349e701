package org.anfinsen.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.IntFunction;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.weight.RowWeights;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.model.ModelException;
import org.anfinsen.network.run.NetworkException;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.pipeline.artifact.ArtifactWriter;
import org.anfinsen.pipeline.feature.NetworkInputs;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;

/** Makes a prediction from a sequence and its alignment: features, recycling, confidence, files. */
public final class StructurePredictor implements Predictor {

    private final WarmModels models;
    private final double settledAngstrom;
    private final ArtifactWriter artifacts;

    /**
     * A predictor over the models of this process.
     *
     * @param models          stays the caller's
     * @param settledAngstrom see {@link Inference}
     * @param softwareVersion goes into the files
     */
    public StructurePredictor(WarmModels models, double settledAngstrom, String softwareVersion) {
        this.models = models;
        this.settledAngstrom = settledAngstrom;
        this.artifacts = new ArtifactWriter(softwareVersion);
    }

    @Override
    public PredictionResult predict(NewPrediction request, Monitor monitor) throws PredictionFailedException {
        monitor.reached(PredictionState.SEARCHING, null);
        Alignment alignment = alignment(request);
        try (WarmModels.Borrowed model = models.borrow(request.options().model())) {
            return predict(request, alignment, model, monitor);
        } catch (ModelException e) {
            throw failed("model-unavailable", PredictionFailure.Category.INTERNAL, e);
        } catch (NetworkException e) {
            throw failed("network-failed", PredictionFailure.Category.RESOURCES, e);
        }
    }

    private PredictionResult predict(
            NewPrediction request, Alignment alignment, WarmModels.Borrowed model, Monitor monitor) {
        monitor.reached(PredictionState.FEATURISING, null);
        IntFunction<NetworkInput> features = NetworkInputs.perCycle(
                alignment,
                model.card().features(),
                model.network().dimensions(),
                request.options().seed());
        int recycles = request.options().recycles();
        monitor.reached(PredictionState.PREDICTING, new PredictionProgress(0, recycles + 1, null, null));
        FoldedChain chain = new Inference(model.network(), settledAngstrom)
                .run(
                        request.sequence(),
                        features,
                        recycles,
                        progress -> monitor.reached(PredictionState.PREDICTING, progress));
        monitor.reached(PredictionState.WRITING, null);
        return new PredictionResult(
                summary(chain, alignment, model), artifacts.write(chain, alignment, request, model.card()));
    }

    private Map<String, Object> summary(FoldedChain chain, Alignment alignment, WarmModels.Borrowed model) {
        ModelCard card = model.card();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("mean_plddt", rounded(chain.plddt().mean()));
        chain.alignedError().ifPresent(error -> summary.put("ptm", rounded(error.ptm())));
        summary.put("cycles", chain.cycles());
        summary.put("settled", chain.settled());
        summary.put("settled_tolerance_angstrom", settledAngstrom);
        summary.put("alignment_rows", alignment.rows());
        summary.put("neff", rounded(RowWeights.of(alignment).neff()));
        summary.put("model", card.name());
        summary.put("model_version", card.version());
        summary.put("model_sha256", card.parametersSha256());
        summary.put("provider", model.network().provider());
        return summary;
    }

    private static Alignment alignment(NewPrediction request) throws PredictionFailedException {
        String a3m = request.a3m();
        if (a3m == null) {
            return Alignment.ofQuery(request.sequence());
        }
        AlignmentResult result = new AlignmentReader(AlignmentLimits.DEFAULT)
                .read(a3m.getBytes(StandardCharsets.UTF_8), "alignment.a3m");
        return switch (result) {
            case AlignmentResult.Accepted accepted -> accepted.alignment();
            case AlignmentResult.Refused refused ->
                throw new PredictionFailedException(
                        new PredictionFailure("alignment-broken", PredictionFailure.Category.CALLER, refused.message()),
                        null);
        };
    }

    private static PredictionFailedException failed(
            String code, PredictionFailure.Category category, RuntimeException cause) {
        return new PredictionFailedException(
                new PredictionFailure(code, category, String.valueOf(cause.getMessage())), cause);
    }

    private static double rounded(double value) {
        return Math.round(value * 1000) / 1000.0;
    }
}
