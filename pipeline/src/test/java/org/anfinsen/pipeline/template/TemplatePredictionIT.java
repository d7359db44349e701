package org.anfinsen.pipeline.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.model.ModelImporter;
import org.anfinsen.network.model.ModelRegistry;
import org.anfinsen.network.parameters.Precision;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.pipeline.StructurePredictor;
import org.anfinsen.pipeline.WarmModels;
import org.anfinsen.pipeline.job.NewPrediction;
import org.anfinsen.pipeline.job.PredictionOptions;
import org.anfinsen.pipeline.job.PredictionResult;
import org.anfinsen.pipeline.job.TemplatePlan;
import org.anfinsen.pipeline.search.Searches;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A network that takes templates gets those that are found: the small one with the published architecture. */
class TemplatePredictionIT {

    private static final ProteinSequence QUERY = new ProteinSequence("q", "MKVLITGAGSGIGKAIAEALAREGAHVVLADLNEEAAKAV");

    @TempDir
    Path directory;

    @Test
    void changesWithItsTemplatesAndNamesThem() throws Exception {
        Path npz = Path.of(
                System.getProperty("anfinsen.reference", "../../shared/reference/alphafold2"),
                "params_tiny_model_1_ptm.npz");
        assumeTrue(Files.exists(npz), "not checked: a prediction with templates, no " + npz);
        Path packages = directory.resolve("models");
        ModelImporter.importParameters(
                npz,
                new ModelImporter.Details(
                        "tiny",
                        "1",
                        "small",
                        "none",
                        Precision.FP32,
                        0,
                        ModelCard.Features.ALPHAFOLD,
                        Map.of(),
                        Map.of()),
                packages);
        Path folder = Files.createDirectories(directory.resolve("structures"));
        StructureFiles.pdb(folder.resolve("1own.pdb"), QUERY.residues(), "14-MAY-20");
        TemplateSearch.libraries(directory).add("lib", folder, fault -> {});
        TemplateSearch templates = Searches.templatesIn(directory);
        try (WarmModels models = new WarmModels(
                new ModelRegistry(packages), directory.resolve("graphs"), SessionSettings.defaults(), 1)) {
            StructurePredictor predictor = new StructurePredictor(models, 0, Searches.in(directory), templates, "test");
            PredictionResult without = predict(predictor, null);
            PredictionResult with = predict(predictor, templates.plan(List.of("lib"), null, 1));
            PredictionResult tooYoung =
                    predict(predictor, templates.plan(List.of("lib"), LocalDate.of(2020, 5, 13), 1));

            Map<?, ?> template =
                    (Map<?, ?>) ((List<?>) Objects.requireNonNull(with.summary().get("templates"))).getFirst();
            assertThat(template)
                    .extracting("id", "library", "released", "identity", "coverage")
                    .containsExactly("1own_A", "lib", "2020-05-14", 1.0, 1.0);
            assertThat(structure(with)).isNotEqualTo(structure(without));
            assertThat(structure(tooYoung)).isEqualTo(structure(without));
            assertThat(tooYoung.summary()).doesNotContainKey("templates");
        }
    }

    private static PredictionResult predict(StructurePredictor predictor, @Nullable TemplatePlan plan)
            throws Exception {
        PredictionOptions options =
                new PredictionOptions("tiny", "", 0, 0, PredictionOptions.AlignmentSource.SINGLE_SEQUENCE, null, plan);
        return predictor.predict(new NewPrediction(QUERY, null, options, List.of()), (state, progress) -> {});
    }

    private static String structure(PredictionResult result) {
        return result.artifacts().stream()
                .filter(artifact -> artifact.name().equals("structure.pdb"))
                .map(artifact -> new String(artifact.content(), StandardCharsets.UTF_8))
                .findFirst()
                .orElseThrow();
    }
}
