package org.anfinsen.network.parameters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.anfinsen.network.Golden;
import org.anfinsen.network.export.IterationExporter;
import org.anfinsen.network.tensor.FloatTensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The checkpoint that OpenFold and PyTorch wrote, {@code training/anfinsen/openfold_checkpoint.py}, and others like it. */
class OpenFoldCheckpointTest {
    private static final Path CHECKPOINT = checkpoint();

    /** As in the script that wrote it. */
    private static final int MODULUS = 251;

    /** Where the pickle ends, the first member of the file. */
    private static final int PICKLE_END = 85_000;

    private static final String STACK = Parameters.ROOT + "/evoformer/evoformer_iteration/";

    @TempDir
    Path directory;

    private static Path checkpoint() {
        URL resource = Golden.class.getResource("/golden/openfold.pt");
        assertThat(resource).isNotNull();
        try {
            return Path.of(resource.toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void allValuesAreWhereAlphaFoldHasThem() {
        int next = 0;
        for (Map.Entry<String, FloatTensor> array :
                ParameterFile.read(CHECKPOINT).arrays().entrySet()) {
            for (float value : array.getValue().data()) {
                assertThat(value).as(array.getKey()).isEqualTo(next++ % MODULUS);
            }
        }
        assertThat(next).isPositive();
    }

    @Test
    void theNetworkTakesAllArrays() throws IOException {
        NetworkDimensions sizes = IterationExporter.export(
                ParameterFile.read(CHECKPOINT), false, directory.resolve("model.onnx"), Map.of());
        assertThat(sizes.evoformerBlocks()).isEqualTo(2);
        assertThat(sizes.extraMsaBlocks()).isEqualTo(1);
        assertThat(sizes.msaHeads()).isEqualTo(3);
        assertThat(sizes.pairHeads()).isEqualTo(2);
        assertThat(sizes.templateChannels()).hasValue(8);
    }

    @ParameterizedTest
    @CsvSource({
        "evoformer/evoformer_iteration/msa_column_attention/attention//query_w, 2 12 3 4",
        "evoformer/evoformer_iteration/msa_column_attention/attention//gating_b, 2 3 4",
        "evoformer/evoformer_iteration/triangle_attention_ending_node/attention//output_w, 2 2 5 10",
        "evoformer/evoformer_iteration/outer_product_mean//output_w, 2 4 4 10",
        "evoformer/extra_msa_stack/msa_column_global_attention/attention//query_w, 1 6 3 2",
        "evoformer/extra_msa_stack/msa_column_global_attention/attention//key_w, 1 6 2",
        "evoformer/template_embedding/attention//query_w, 10 2 4",
        "evoformer/pair_activiations//weights, 65 10",
        "structure_module/fold_iteration/invariant_point_attention//trainable_point_weights, 4",
    })
    void shapesAreAlphaFolds(String name, String shape) {
        int[] expected =
                Arrays.stream(shape.split(" ")).mapToInt(Integer::parseInt).toArray();
        assertThat(ParameterFile.read(CHECKPOINT)
                        .peek(Parameters.ROOT + "/" + name)
                        .shape())
                .containsExactly(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "evoformer.blocks.17.core.tri_mul_out.linear_a_g.bias, 17, triangle_multiplication_outgoing/left_gate//bias",
        "evoformer.blocks.0.pair_stack.tri_mul_in.linear_a_g.bias, 0, triangle_multiplication_incoming/right_gate//bias",
        "module.model.evoformer.blocks.3.msa_transition.linear_1.weight, 3, msa_transition/transition1//weights",
        "model.evoformer.blocks.3.core.msa_transition.layer_norm.weight, 3, msa_transition/input_layer_norm//scale",
    })
    void namesOfAllVersionsAreKnownInBlocks(String openFold, int block, String name) {
        assertThat(OpenFoldNames.published(openFold)).isEqualTo(new OpenFoldNames.Published(STACK + name, block));
    }

    @ParameterizedTest
    @CsvSource({
        "template_angle_embedder.linear_2.bias, evoformer/template_projection//bias",
        "template_embedder.template_single_embedder.linear_2.bias, evoformer/template_projection//bias",
        "template_pointwise_att.mha.linear_o.bias, evoformer/template_embedding/attention//output_b",
        "structure_module.ipa.linear_kv_points.weight, "
                + "structure_module/fold_iteration/invariant_point_attention/kv_point_local//weights",
        "structure_module.ipa.linear_kv_points.linear.weight, "
                + "structure_module/fold_iteration/invariant_point_attention/kv_point_local//weights",
    })
    void namesOfAllVersionsAreKnownOutsideBlocks(String openFold, String name) {
        assertThat(OpenFoldNames.published(openFold))
                .isEqualTo(new OpenFoldNames.Published(Parameters.ROOT + "/" + name, ParameterScope.NO_BLOCK));
    }

    @Test
    void aTrainersCheckpointGivesTheAveragedParameters() throws IOException {
        Path file = edited(pickle -> pickle.substring(0, 2)
                + "}X\3\0\0\0ema}X\6\0\0\0params"
                + pickle.substring(2, pickle.length() - 1)
                + "ss.");
        assertThat(ParameterFile.read(file).names())
                .isEqualTo(ParameterFile.read(CHECKPOINT).names());
    }

    @Test
    void namesAMissingKey() throws IOException {
        Path file = edited(pickle -> pickle.replace("embedder.linear_tf_z_j.bias", "embedder.linear_tf_z_i.bias"));
        assertThatThrownBy(() ->
                        IterationExporter.export(ParameterFile.read(file), false, directory.resolve("m"), Map.of()))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(Parameters.ROOT + "/evoformer/right_single//bias");
    }

    @Test
    void namesTheKeyAndBothShapesWhereAShapeIsWrong() throws IOException {
        Path file = edited(pickle -> pickle.replace("recycling_embedder.layer_norm_m.bias", "first row")
                .replace("recycling_embedder.layer_norm_z.bias", "recycling_embedder.layer_norm_m.bias")
                .replace("first row", "recycling_embedder.layer_norm_z.bias"));
        assertThatThrownBy(() ->
                        IterationExporter.export(ParameterFile.read(file), false, directory.resolve("m"), Map.of()))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("/evoformer/prev_msa_first_row_norm//offset")
                .hasMessageContaining("[12]")
                .hasMessageContaining("[10]");
    }

    @Test
    void namesABlockThatIsMissing() throws IOException {
        refuses(
                edited(pickle -> pickle.replace("evoformer.blocks.0.msa_att_row", "evoformer.blocks.7.msa_att_row")),
                "msa_row_attention_with_pair_bias",
                "[1, 7]");
    }

    @Test
    void namesAnArrayThatNoNetworkForMonomersHas() throws IOException {
        assertThatThrownBy(() -> OpenFoldNames.published("evoformer.linear"))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining("evoformer.linear is no array");
        refuses(
                edited(pickle -> pickle.replace("evoformer.linear.bias", "evoformer.lineal.bias")),
                "evoformer.lineal.bias is no array");
    }

    @ParameterizedTest
    @CsvSource({"posix, system", "builtins, exec", "java.lang, Runtime", "datetime, datetime", "torch, DoubleStorage"})
    void refusesAClassThatNoStateDictNeeds(String module, String name) throws IOException {
        refuses(
                edited(pickle -> pickle.replaceFirst("ccollections\nOrderedDict\n", "c" + module + "\n" + name + "\n")),
                module + "." + name);
    }

    @Test
    void refusesTheOlderInstructionForAClass() throws IOException {
        refuses(edited(pickle -> "\u0080\2(S'true'\niposix\nsystem\n."), "instruction");
    }

    @Test
    void refusesOtherFilesByTheirContent() throws IOException {
        refuses(Files.writeString(directory.resolve("text.pt"), "not an archive"), "zip");
        refuses(zip(Map.of("model/weights.bin", new byte[4])), "data.pkl");
        refuses(zip(Map.of("evoformer//weights.npy", new byte[4])), "data.pkl");
        refuses(zip(Map.of("model/data.pkl", "no pickle".getBytes(StandardCharsets.US_ASCII))), "model.pt");
        refuses(edited(pickle -> "\u0080\2]."), "its pickle is no dictionary");
        refuses(edited(pickle -> "\u0080\2}}s."), "its pickle is damaged");
    }

    @Test
    void refusesAnArrayThatSaysItIsLargerThanItsStorage() throws IOException {
        // [12] becomes [13]: BININT1 and TUPLE1.
        refuses(edited(pickle -> pickle.replaceFirst("K\f\u0085", "K\r\u0085")), "[13]");
    }

    @Test
    void readsOrRefusesDamagedFiles() throws IOException {
        byte[] whole = Files.readAllBytes(CHECKPOINT);
        for (int seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            byte[] damaged =
                    random.nextInt(4) == 0 ? Arrays.copyOf(whole, random.nextInt(whole.length)) : whole.clone();
            for (int times = random.nextInt(6) + 1; times > 0; times--) {
                int end = random.nextBoolean() ? damaged.length : Math.min(damaged.length, PICKLE_END);
                damaged[random.nextInt(end)] = (byte) random.nextInt(256);
            }
            readOrRefuse(seed, Files.write(directory.resolve("damaged.pt"), damaged));
        }
    }

    private static void readOrRefuse(int seed, Path file) {
        try {
            assertThat(ParameterFile.read(file).names()).isNotEmpty();
        } catch (ParameterException e) {
            assertThat(e.getMessage()).as("seed %d", seed).contains("damaged.pt");
        }
    }

    private static void refuses(Path file, String... says) {
        assertThatThrownBy(() -> ParameterFile.read(file))
                .isInstanceOf(ParameterException.class)
                .hasMessageContaining(file.toString())
                .hasMessageContainingAll(says)
                .message()
                .hasLineCount(1);
    }

    /** The checkpoint with another pickle, a character for each byte. */
    private Path edited(UnaryOperator<String> edit) throws IOException {
        Path file = directory.resolve("edited.pt");
        try (ZipFile zip = new ZipFile(CHECKPOINT.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (ZipEntry entry : Collections.list(zip.entries())) {
                try (InputStream in = zip.getInputStream(entry)) {
                    byte[] content = in.readAllBytes();
                    if (entry.getName().endsWith("data.pkl")) {
                        String pickle = new String(content, StandardCharsets.ISO_8859_1);
                        String changed = edit.apply(pickle);
                        assertThat(changed).isNotEqualTo(pickle);
                        content = changed.getBytes(StandardCharsets.ISO_8859_1);
                    }
                    out.putNextEntry(new ZipEntry(entry.getName()));
                    out.write(content);
                }
            }
        }
        return file;
    }

    private Path zip(Map<String, byte[]> members) throws IOException {
        Path file = directory.resolve("model.pt");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(file))) {
            for (Map.Entry<String, byte[]> member : members.entrySet()) {
                out.putNextEntry(new ZipEntry(member.getKey()));
                out.write(member.getValue());
            }
        }
        return file;
    }
}
