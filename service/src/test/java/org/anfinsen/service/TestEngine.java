package org.anfinsen.service;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.anfinsen.network.parameters.Precision;
import org.anfinsen.pipeline.WarmModels;
import org.anfinsen.pipeline.search.DatabaseSearch;
import org.anfinsen.pipeline.search.SearchOptions;
import org.anfinsen.pipeline.template.TemplateSearch;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.engine.ModelDescription;
import org.anfinsen.service.settings.SearchingSettings;
import org.springframework.boot.context.properties.bind.Binder;

/** An engine whose only model is the {@link TestPredictor}. */
public final class TestEngine implements Engine {

    /** Residues that fit into memory. */
    public static final int LARGEST = 190;

    /** Where databases are named: none. */
    private static final Path DIRECTORY = Path.of("target", "test-data", "no-databases");

    private final TestPredictor predictor = new TestPredictor();
    private final DatabaseSearch databases = DatabaseSearch.open(DIRECTORY, options());
    private final TemplateSearch templates = TemplateSearch.open(DIRECTORY, options());

    private static SearchOptions options() {
        return new Binder()
                .bindOrCreate("anfinsen.search", SearchingSettings.class)
                .options();
    }

    @Override
    public TestPredictor predictor() {
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
                return List.of(new ModelDescription(
                        "anfinsen-1",
                        "1",
                        Instant.EPOCH,
                        "predicts nothing",
                        "none",
                        Precision.FP32,
                        3,
                        "00",
                        Map.of(),
                        Map.of("plddt", 1.0),
                        true));
            }

            @Override
            public boolean takesTemplates(String model) {
                return false;
            }

            @Override
            public Optional<String> lackOfMemory(String model, int nRes, int rows) {
                return nRes <= LARGEST ? Optional.empty() : Optional.of(nRes + " residues do not fit");
            }
        };
    }

    @Override
    public Map<String, Object> details() {
        return Map.of("provider", "test");
    }

    @Override
    public WarmModels.Usage usage() {
        return new WarmModels.Usage(List.of("anfinsen-1"), 2, 1);
    }

    @Override
    public void close() {}
}
