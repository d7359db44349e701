package org.anfinsen.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.IntFunction;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.msa.search.AlignmentSearch;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.model.ModelException;
import org.anfinsen.network.run.NetworkException;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.pipeline.artifact.ArtifactWriter;
import org.anfinsen.pipeline.feature.AnalysedAlignment;
import org.anfinsen.pipeline.feature.NetworkInputs;
import org.anfinsen.pipeline.folding.DistogramFolding;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionFailure;
import org.anfinsen.pipeline.job.PredictionProgress;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.PredictionState;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.job.SearchPlan;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.template.Template;
import org.anfinsen.pipeline.template.TemplateFeaturizer;
import org.anfinsen.pipeline.template.TemplateSearch;

/** Makes a prediction from a sequence and its alignment: features, recycling, confidence, files. */
public final class StructurePredictor implements Predictor {

    private final WarmModels models;
    private final double settledAngstrom;
    private final DatabaseSearch databases;
    private final TemplateSearch templates;
    private final ArtifactWriter artifacts;

    /**
     * A predictor over the models of this process.
     *
     * @param models          stays the caller's
     * @param settledAngstrom see {@link Inference}
     * @param databases       searches for predictions that want it
     * @param templates       likewise
     * @param softwareVersion goes into the files
     */
    public StructurePredictor(
            WarmModels models,
            double settledAngstrom,
            DatabaseSearch databases,
            TemplateSearch templates,
            String softwareVersion) {
        this.models = models;
        this.settledAngstrom = settledAngstrom;
        this.databases = databases;
        this.templates = templates;
        this.artifacts = new ArtifactWriter(softwareVersion);
    }

    @Override
    public PredictionResult predict(NewPrediction request, Monitor monitor) throws PredictionFailedException {
        monitor.reached(PredictionState.SEARCHING, null);
        AlignmentSearch.Report.Complete found = alignment(request, monitor);
        TemplatePlan plan = request.options().templates();
        List<Template> structures = plan == null ? List.of() : templates.run(found.alignment(), plan, monitor);
        try (WarmModels.Borrowed model = models.borrow(request.options().model())) {
            requireSame(model.card(), request);
            return predict(request, found, structures, model, monitor);
        } catch (ModelException e) {
            throw failed("model-unavailable", PredictionFailure.Category.INTERNAL, e);
        } catch (NetworkException e) {
            throw new PredictorLostException(
                    new PredictionFailure(
                            e.isOutOfMemory() ? "out-of-memory" : "network-failed",
                            PredictionFailure.Category.RESOURCES,
                            String.valueOf(e.getMessage())),
                    e);
        }
    }

    /** The result would be kept as that of the parameters with which the prediction was accepted. */
    private static void requireSame(ModelCard card, NewPrediction request) throws PredictionFailedException {
        String accepted = request.options().modelSha256();
        if (!accepted.isEmpty() && !accepted.equals(card.parametersSha256())) {
            throw new PredictionFailedException(
                    new PredictionFailure(
                            "model-changed",
                            PredictionFailure.Category.CALLER,
                            "the package of model " + card.name()
                                    + " was replaced since the prediction was accepted: submit it again"),
                    null);
        }
    }

    @Override
    public Set<String> warmModels() {
        return models.warm();
    }

    private PredictionResult predict(
            NewPrediction request,
            AlignmentSearch.Report.Complete found,
            List<Template> structures,
            WarmModels.Borrowed model,
            Monitor monitor)
            throws PredictionFailedException {
        if (!structures.isEmpty() && !model.network().dimensions().hasTemplates()) {
            throw new PredictionFailedException(
                    new PredictionFailure(
                            "no-templates",
                            PredictionFailure.Category.CALLER,
                            "model " + model.card().name() + " takes no templates"),
                    null);
        }
        monitor.reached(PredictionState.FEATURISING, null);
        AnalysedAlignment alignment = AnalysedAlignment.of(found.alignment());
        IntFunction<NetworkInput> features = NetworkInputs.perCycle(
                alignment,
                model.card().features(),
                model.network().dimensions(),
                request.options().seed(),
                structures.isEmpty()
                        ? Optional.empty()
                        : Optional.of(TemplateFeaturizer.features(
                                structures.stream().map(Template::aligned).toList())));
        int recycles = request.options().recycles();
        monitor.reached(PredictionState.PREDICTING, new PredictionProgress(0, recycles + 1, null, null));
        FoldedChain predicted = new Inference(model.network(), settledAngstrom)
                .run(
                        request.sequence(),
                        features,
                        recycles,
                        progress -> monitor.reached(PredictionState.PREDICTING, progress));
        ModelCard.Descent descent = model.card().descent();
        FoldedChain chain = descent == null
                ? predicted
                : DistogramFolding.refold(predicted, descent, request.options().seed());
        monitor.reached(PredictionState.WRITING, null);
        return new PredictionResult(
                summary(chain, alignment, found.uses(), structures, model),
                artifacts.write(chain, alignment, request, model.card()));
    }

    private Map<String, Object> summary(
            FoldedChain chain,
            AnalysedAlignment alignment,
            List<AlignmentSearch.Use> searches,
            List<Template> structures,
            WarmModels.Borrowed model) {
        ModelCard card = model.card();
        Map<String, Object> summary = new LinkedHashMap<>();
        summary.put("mean_plddt", rounded(chain.plddt().mean()));
        chain.alignedError().ifPresent(error -> summary.put("ptm", rounded(error.ptm())));
        summary.put("cycles", chain.cycles());
        summary.put("settled", chain.settled());
        summary.put("settled_tolerance_angstrom", settledAngstrom);
        summary.put("folded_from_distogram", card.descent() != null);
        summary.put("alignment_rows", alignment.alignment().rows());
        summary.put("neff", rounded(alignment.weights().neff()));
        if (!searches.isEmpty()) {
            summary.put(
                    "searches",
                    searches.stream().map(StructurePredictor::search).toList());
        }
        if (!structures.isEmpty()) {
            summary.put(
                    "templates",
                    structures.stream().map(StructurePredictor::template).toList());
        }
        summary.put("model", card.name());
        summary.put("model_version", card.version());
        summary.put("model_sha256", card.parametersSha256());
        summary.put("provider", model.network().provider());
        return summary;
    }

    private static Map<String, Object> search(AlignmentSearch.Use use) {
        Map<String, Object> search = new LinkedHashMap<>();
        search.put("database", use.database());
        search.put("version", use.version());
        search.put("checksum", use.checksum());
        search.put("engine", use.engine());
        search.put("hits", use.rows());
        search.put("seconds", rounded(use.elapsed().toNanos() / 1e9));
        search.put("cache", use.cache().code());
        return search;
    }

    private static Map<String, Object> template(Template template) {
        Map<String, Object> described = new LinkedHashMap<>();
        described.put("id", template.id());
        described.put("library", template.library());
        if (template.released() != null) {
            described.put("released", template.released().toString());
        }
        described.put("coverage", rounded(template.coverage()));
        described.put("identity", rounded(template.identity()));
        described.put("engine", template.engine());
        return described;
    }

    private AlignmentSearch.Report.Complete alignment(NewPrediction request, Monitor monitor)
            throws PredictionFailedException {
        SearchPlan search = request.options().search();
        if (search != null) {
            return databases.run(request.sequence(), search, monitor);
        }
        String a3m = request.a3m();
        return new AlignmentSearch.Report.Complete(
                a3m == null ? Alignment.ofQuery(request.sequence()) : supplied(a3m), List.of());
    }

    private static Alignment supplied(String a3m) throws PredictionFailedException {
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
