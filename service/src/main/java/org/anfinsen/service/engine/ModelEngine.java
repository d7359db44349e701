package org.anfinsen.service.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.model.ModelRegistry;
import org.anfinsen.network.run.GraphSession;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.pipeline.StructurePredictor;
import org.anfinsen.pipeline.WarmModels;
import org.anfinsen.pipeline.job.Predictor;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;

/** Predicts with the model packages of a directory, through ONNX Runtime. */
public final class ModelEngine implements Engine {

    private static final double GIB = 1L << 30;

    private final WarmModels models;
    private final DatabaseSearch databases;
    private final TemplateSearch templates;
    private final StructurePredictor predictor;
    private final String standardModel;
    private final long memoryBytes;

    private ModelEngine(
            WarmModels models,
            DatabaseSearch databases,
            TemplateSearch templates,
            StructurePredictor predictor,
            PredictionSettings settings) {
        this.models = models;
        this.databases = databases;
        this.templates = templates;
        this.predictor = predictor;
        this.standardModel = settings.model();
        this.memoryBytes = settings.memoryBytes();
    }

    /**
     * Loads nothing yet.
     *
     * @param version of this software, for the files it writes
     */
    public static ModelEngine open(
            PlaceSettings places, PredictionSettings settings, SearchingSettings searching, String version) {
        SessionSettings session =
                new SessionSettings(SessionSettings.Provider.AUTO, settings.threads(), Optional.empty());
        WarmModels models = new WarmModels(
                new ModelRegistry(places.modelsDirectory()), places.graphs(), session, settings.loadedModels());
        DatabaseSearch databases = DatabaseSearch.open(places.dataDirectory(), searching.options());
        TemplateSearch templates = TemplateSearch.open(places.dataDirectory(), searching.options());
        return new ModelEngine(
                models,
                databases,
                templates,
                new StructurePredictor(models, settings.settledAngstrom(), databases, templates, version),
                settings);
    }

    @Override
    public Predictor predictor() {
        return predictor;
    }

    @Override
    public DatabaseSearch databases() {
        return databases;
    }

    @Override
    public TemplateSearch templates() {
        return templates;
    }

    @Override
    public ModelCatalog catalog() {
        return new ModelCatalog() {
            @Override
            public List<ModelDescription> models() {
                return ModelEngine.this.models.cards().stream()
                        .map(card -> description(card))
                        .toList();
            }

            @Override
            public boolean takesTemplates(String model) {
                return ModelEngine.this.models.dimensions(model).hasTemplates();
            }

            @Override
            public Optional<String> lackOfMemory(String model, int nRes, int rows) {
                long needed = ModelEngine.this.models.memory(model, nRes, rows).totalBytes();
                return needed <= memoryBytes
                        ? Optional.empty()
                        : Optional.of(String.format(
                                Locale.ROOT,
                                "%d residues with %s need about %.1f GiB of memory, limit %.1f GiB",
                                nRes,
                                model,
                                needed / GIB,
                                memoryBytes / GIB));
            }
        };
    }

    private ModelDescription description(ModelCard card) {
        return new ModelDescription(
                card.name(),
                card.version(),
                card.created(),
                card.description(),
                card.licence(),
                card.precision(),
                card.recycles(),
                card.parametersSha256(),
                card.provenance(),
                card.metrics(),
                card.name().equals(standardModel));
    }

    /** Loads the standard model if it is not loaded. */
    @Override
    public Map<String, Object> details() {
        Map<String, Object> details = new LinkedHashMap<>();
        details.put("engine", "DJL " + GraphSession.engineVersion());
        details.put("runtime", "ONNX Runtime " + GraphSession.runtimeVersion());
        try (WarmModels.Borrowed model = models.borrow(standardModel)) {
            details.put("provider", model.network().provider());
            model.network().cpuReason().ifPresent(reason -> details.put("provider_reason", reason));
            details.put("model", model.card().name());
            details.put("model_version", model.card().version());
        }
        details.put("models", names());
        return details;
    }

    /** Reads the sizes of all packages, so that no request has to wait for it. */
    public void measure() {
        models.measure();
    }

    @Override
    public WarmModels.Usage usage() {
        return models.usage();
    }

    private List<String> names() {
        return models.cards().stream().map(ModelCard::name).toList();
    }

    @Override
    public void close() {
        models.close();
    }
}
