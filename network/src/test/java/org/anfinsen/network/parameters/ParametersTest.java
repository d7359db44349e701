package org.anfinsen.network.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.anfinsen.network.tensor.FloatTensor;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ParametersTest {
    private static final String NAME = Parameters.ROOT + "/evoformer/stack//weights";

    @TempDir
    Path directory;

    private static Parameters stackOfTwoBlocks() {
        return new Parameters(Map.of(NAME, FloatTensor.of(new float[] {1, 2, 3, 4, 5, 6}, 2, 3)));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void readsStoredAndDeflatedMembers(boolean deflated) throws IOException {
        Path file = directory.resolve("parameters.npz");
        try (NpzFile.Writer writer = NpzFile.write(file, deflated)) {
            writer.write(NAME, new float[] {1, 2, 3, 4, 5, 6}, new int[] {2, 3});
        }
        Parameters read = ParameterFile.read(file);
        assertThat(read.names()).containsExactly(NAME);
        assertThat(read.valueCount()).isEqualTo(6);
        FloatTensor array = read.root().in("evoformer/stack").take("weights", 2, 3);
        assertThat(array.data()).containsExactly(1, 2, 3, 4, 5, 6);
    }

    @Test
    void takesOneBlockOfAStack() {
        FloatTensor block =
                stackOfTwoBlocks().root().in("evoformer/stack").block(1).take("weights", 3);
        assertThat(block.data()).containsExactly(4, 5, 6);
    }

    @Test
    void namesAMissingKey() {
        assertThatThrownBy(() -> stackOfTwoBlocks().root().in("evoformer").take("bias", 3))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(Parameters.ROOT + "/evoformer//bias");
    }

    @Test
    void namesTheKeyAndBothShapesWhereAShapeIsWrong() {
        assertThatThrownBy(() -> stackOfTwoBlocks().root().in("evoformer/stack").take("weights", 4, 2))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(NAME)
                .hasMessageContaining("[4, 2]")
                .hasMessageContaining("[2, 3]");
    }

    @Test
    void givesEachArrayOnceOnly() {
        ParameterScope scope = stackOfTwoBlocks().root().in("evoformer/stack");
        scope.take("weights", 2, 3);
        assertThatThrownBy(() -> scope.take("weights", 2, 3)).hasMessageContaining("taken twice");
    }

    @Test
    void namesWhatIsLeftOverAlsoIfItIsOneBlockOfAStack() {
        Parameters parameters = stackOfTwoBlocks();
        ParameterScope stack = parameters.root().in("evoformer/stack");
        stack.block(0).take("weights", 3);
        assertThatThrownBy(parameters::requireAllTaken)
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(NAME);
        stack.block(1).take("weights", 3);
        parameters.requireAllTaken();
    }

    @Test
    void rejectsAFileThatIsNoArchive() throws IOException {
        Path file = Files.writeString(directory.resolve("parameters.npz"), "not an archive");
        assertThatThrownBy(() -> ParameterFile.read(file))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("parameters.npz");
    }

    @Test
    void rejectsATruncatedFile() throws IOException {
        Path whole = directory.resolve("whole.npz");
        try (NpzFile.Writer writer = NpzFile.write(whole, false)) {
            writer.write(NAME, new float[1000], new int[] {1000});
        }
        byte[] bytes = Files.readAllBytes(whole);
        Path file = Files.write(directory.resolve("half.npz"), Arrays.copyOf(bytes, bytes.length / 2));
        assertThatThrownBy(() -> ParameterFile.read(file)).isInstanceOf(ParameterException.class);
    }

    @Test
    void rejectsArraysOfIntegers() throws IOException {
        Path file = directory.resolve("integers.npz");
        try (NpzFile.Writer writer = NpzFile.write(file, false)) {
            writer.write(NAME, new int[] {1, 2}, new int[] {2});
        }
        assertThatThrownBy(() -> ParameterFile.read(file))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(NAME)
                .hasMessageContaining("float32");
    }

    @Test
    void compressedValuesAreReadBackWithinTheirRounding() {
        float[] values = new float[70];
        for (int k = 0; k < values.length; k++) {
            values[k] = (k - 30) * 0.37f;
        }
        Parameters original = new Parameters(Map.of(NAME, FloatTensor.of(values, 2, 35)));
        Map<Precision, Float> error =
                Map.of(Precision.FP32, 0f, Precision.FP16, 8e-3f, Precision.INT8_WEIGHTS, 0.06f, Precision.INT8, 0.06f);
        for (Precision precision : Precision.values()) {
            Path file = directory.resolve(precision + ".npz");
            ParameterFile.write(original, file, precision);
            FloatTensor read = ParameterFile.read(file).peek(NAME);
            assertThat(read.shape()).containsExactly(2, 35);
            assertThat(read.data()).containsExactly(values, within(error.get(precision)));
        }
    }

    @Test
    void refusesHalfPrecisionForAValueThatDoesNotFit() {
        Parameters large = new Parameters(Map.of(NAME, FloatTensor.of(new float[] {70_000}, 1)));
        assertThatThrownBy(() -> ParameterFile.write(large, directory.resolve("large.npz"), Precision.FP16))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(NAME);
    }
}
