package org.anfinsen.pipeline.qualification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.model.ModelException;
import org.anfinsen.network.model.ModelImporter;
import org.anfinsen.network.model.ModelPackage;
import org.anfinsen.network.parameters.Precision;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The default network's parameters, compressed. */
class CompressedImportTest {
    private static final Path ORIGINAL =
            Path.of(System.getProperty("anfinsen.root"), "models", "anfinsen-1", ModelPackage.PARAMETERS);

    @TempDir
    private Path models;

    private ModelPackage importAs(Precision precision) {
        ModelImporter.Details details = new ModelImporter.Details(
                "compressed",
                "1",
                "For tests.",
                "CC0-1.0",
                precision,
                1,
                new ModelCard.Features(32, 64, 0, true),
                Map.of(),
                Map.of());
        return CompressedImport.importParameters(ORIGINAL, details, models);
    }

    @ParameterizedTest
    @CsvSource({"FP16, 0.6, 0.99", "INT8_WEIGHTS, 0.4, 0.85", "INT8, 0.4, 0.75"})
    void isSmallerAndPredictsNearlyTheSame(Precision precision, double share, double leastLddt) throws IOException {
        ModelPackage model = importAs(precision);

        Map<String, Double> metrics = model.card().metrics();
        assertThat(metrics.get("against fp32: lDDT of C-alpha atoms")).isGreaterThan(leastLddt);
        assertThat(metrics.get("against fp32: pLDDT, mean difference")).isBetween(1e-6, 5.0);
        assertThat(metrics).containsKeys("against fp32: pTM difference", "against fp32: RMSD of C-alpha atoms in Å");
        assertThat(model.card().precision()).isEqualTo(precision);
        long bytes = Files.size(model.directory().resolve(ModelPackage.PARAMETERS));
        assertThat(bytes).isLessThan((long) (share * Files.size(ORIGINAL)));
    }

    @Test
    void refusesASecondModelOfTheSameName() {
        importAs(Precision.FP16);
        assertThatThrownBy(() -> importAs(Precision.FP16))
                .isInstanceOf(ModelException.class)
                .hasMessageContaining("compressed");
    }
}
