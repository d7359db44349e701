package org.anfinsen.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.parameters.NetworkDimensions;
import org.anfinsen.network.parameters.Parameters;
import org.anfinsen.network.run.NetworkInput;
import org.anfinsen.network.run.NetworkOutput;
import org.anfinsen.network.run.NetworkSession;
import org.anfinsen.network.run.RecycledInput;
import org.anfinsen.network.run.SessionSettings;
import org.anfinsen.network.tensor.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The network at the published size: all keys of a published parameter file, random values. */
class PublishedSizeIT {
    private static final String KEYS = "keys_model_1_ptm.tsv";

    @TempDir
    Path directory;

    @Test
    void runsOnePassAt64Residues() throws IOException {
        Path keys = ReferenceCase.directory().resolve(KEYS);
        assumeTrue(Files.exists(keys), "no " + keys + ": the published size is not checked");
        Parameters parameters = RandomParameters.of(Files.readAllLines(keys), 4);
        assertThat(parameters.valueCount()).isEqualTo(93_237_338);

        Path model = directory.resolve("model.onnx");
        NetworkDimensions sizes = IterationExporter.export(parameters, false, model, Map.of());
        assertThat(sizes.evoformerBlocks()).isEqualTo(48);
        assertThat(sizes.hasTemplates()).isTrue();

        try (NetworkSession session = NetworkSession.open(model, sizes, SessionSettings.defaults())) {
            NetworkInput input = RandomInputs.of(sizes, 64, 16, 32, 5);
            NetworkOutput output = session.run(input, RecycledInput.zeros(64, sizes));
            assertThat(output.plddtLogits().shape()).containsExactly(64, 50);
            assertThat(output.alignedErrorLogits().orElseThrow().shape()).containsExactly(64, 64, 64);
            assertFinite(output.pair());
            assertFinite(output.translations());
            assertFinite(output.plddtLogits());
            assertRotations(output.rotations());
        }
    }

    private static void assertFinite(FloatTensor tensor) {
        for (float element : tensor.data()) {
            assertThat(element).isFinite();
        }
    }

    /** Rows of a rotation matrix have unit length. */
    private static void assertRotations(FloatTensor rotations) {
        for (int row = 0; row < rotations.size() / 3; row++) {
            double length = 0;
            for (int i = 0; i < 3; i++) {
                length += Math.pow(rotations.data()[row * 3 + i], 2);
            }
            assertThat(length).isBetween(0.999, 1.001);
        }
    }
}
