package org.anfinsen.service.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.anfinsen.service.engine.ModelEngine;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;

class ModelHealthIndicatorTest {

    @TempDir
    private Path directory = Path.of("");

    @Test
    void isDownAndSaysWhyIfTheStandardModelsPackageIsDamaged() throws IOException {
        Path model = Files.createDirectories(directory.resolve("anfinsen-1"));
        try (Stream<Path> files = Files.list(Path.of(System.getProperty("anfinsen.root"), "models", "anfinsen-1"))) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                Files.copy(file, model.resolve(file.getFileName().toString()));
            }
        }
        Path parameters = model.resolve("parameters.npz");
        byte[] bytes = Files.readAllBytes(parameters);
        bytes[bytes.length / 2] ^= 1;
        Files.write(parameters, bytes);

        assertThat(health()).satisfies(health -> {
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
            assertThat(health.getDetails().get("reason")).asString().contains("parameters.npz", "checksum");
        });
    }

    @Test
    void isDownIfThereIsNoStandardModel() {
        assertThat(health().getStatus()).isEqualTo(Status.DOWN);
    }

    private Health health() {
        PlaceSettings places = new PlaceSettings(directory.resolve("data"), directory);
        PredictionSettings settings = new Binder().bindOrCreate("anfinsen.prediction", PredictionSettings.class);
        SearchingSettings searching = new Binder().bindOrCreate("anfinsen.search", SearchingSettings.class);
        try (ModelEngine engine = ModelEngine.open(places, settings, searching, "test")) {
            return new ModelHealthIndicator(engine).health();
        }
    }
}
