package org.anfinsen.network.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.anfinsen.network.Golden;
import org.anfinsen.network.RandomInputs;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.parameters.Precision;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.RecycledInput;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.network.tensor.FloatTensor;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ModelPackageTest {
    @TempDir
    Path directory;

    private Path models;
    private Path parameters;

    @BeforeEach
    void writeParameters() {
        models = directory.resolve("models");
        parameters = directory.resolve("some_parameters.npz");
        write(Golden.of("iteration").parameterArrays());
    }

    private void write(Map<String, FloatTensor> arrays) {
        try (NpzFile.Writer writer = NpzFile.write(parameters, true)) {
            arrays.forEach((name, array) -> writer.write(name, array.data(), array.shape()));
        }
    }

    private static ModelImporter.Details details(String name) {
        return new ModelImporter.Details(
                name,
                "1.0",
                "For tests.",
                "CC-BY-4.0",
                Precision.FP32,
                3,
                ModelCard.Features.ALPHAFOLD,
                Map.of("seed", "20"),
                Map.of("TM-score", 0.5));
    }

    private ModelPackage importModel(String name) {
        return ModelImporter.importParameters(parameters, details(name), models);
    }

    private static void runOnce(NetworkSession session) {
        NetworkInput input = RandomInputs.of(session.dimensions(), 9, 4, 0, 1);
        assertThat(session.run(input, RecycledInput.zeros(9, session.dimensions()))
                        .plddtLogits()
                        .shape())
                .containsExactly(9, 50);
    }

    @Test
    void anImportedModelRunsAndItsGraphIsDerivedOnce() throws IOException {
        ModelPackage model = importModel("tiny");
        Path cache = directory.resolve("cache");
        for (int time = 0; time < 2; time++) {
            try (NetworkSession session = model.openSession(cache, SessionSettings.cpu(1))) {
                runOnce(session);
            }
            try (Stream<Path> entries = Files.list(cache)) {
                assertThat(entries).hasSize(1);
            }
        }
    }

    @Test
    void openFoldsCheckpointBecomesAPackageLikeAlphaFoldsParameters() throws IOException, URISyntaxException {
        parameters = Path.of(Objects.requireNonNull(Golden.class.getResource("/golden/openfold.pt"))
                .toURI());
        ModelPackage model = importModel("openfold");
        assertThat(model.card().provenance()).containsEntry("imported-from", "openfold.pt");
        assertThat(model.dimensions().hasTemplates()).isTrue();
        try (NetworkSession session = model.openSession(directory.resolve("cache"), SessionSettings.cpu(1))) {
            runOnce(session);
        }
    }

    @Test
    void theCardSaysWhatTheImporterWasTold() {
        importModel("tiny");
        ModelCard card = new ModelRegistry(models).open("tiny").card();
        assertThat(card.licence()).isEqualTo("CC-BY-4.0");
        assertThat(card.recycles()).isEqualTo(3);
        assertThat(card.provenance()).containsEntry("seed", "20").containsEntry("imported-from", "some_parameters.npz");
        assertThat(card.metrics()).containsEntry("TM-score", 0.5);
    }

    @Test
    void refusesParametersThatWereChangedAfterTheImport() throws IOException {
        importModel("tiny");
        Path file = models.resolve("tiny").resolve(ModelPackage.PARAMETERS);
        Files.write(file, new byte[] {0}, StandardOpenOption.APPEND);
        assertThatThrownBy(() -> new ModelRegistry(models).open("tiny"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("checksum");
    }

    @Test
    void refusesAMissingArrayByNameAndLeavesNothingBehind() throws IOException {
        Map<String, FloatTensor> arrays = new HashMap<>(Golden.of("iteration").parameterArrays());
        String missing = "alphafold/alphafold_iteration/structure_module/initial_projection//weights";
        assertThat(arrays.remove(missing)).isNotNull();
        write(arrays);
        assertThatThrownBy(() -> importModel("tiny"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(missing);
        try (Stream<Path> entries = Files.list(models)) {
            assertThat(entries).isEmpty();
        }
    }

    @Test
    void refusesAnArrayThatIsNotPartOfTheNetwork() {
        Map<String, FloatTensor> arrays = new HashMap<>(Golden.of("iteration").parameterArrays());
        arrays.put("alphafold/alphafold_iteration/unknown//weights", FloatTensor.zeros(2, 2));
        write(arrays);
        assertThatThrownBy(() -> importModel("tiny"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("unknown//weights");
    }

    @Test
    void refusesASecondModelOfTheSameName() {
        importModel("tiny");
        assertThatThrownBy(() -> importModel("tiny"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("tiny");
    }

    @Test
    void refusesANameThatLeadsOutOfTheDirectory() {
        assertThatThrownBy(() -> new ModelRegistry(models).open("../tiny"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void listsAndRemovesModels() {
        importModel("b");
        importModel("a");
        ModelRegistry registry = new ModelRegistry(models);
        assertThat(registry.list()).extracting(ModelCard::name).containsExactly("a", "b");
        registry.remove("a");
        assertThat(registry.list()).extracting(ModelCard::name).isEqualTo(List.of("b"));
        assertThatThrownBy(() -> registry.remove("a"))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("no model named a");
    }
}
