package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.anfinsen.service.TestEngine;
import org.anfinsen.service.engine.ModelCatalog;
import org.anfinsen.service.engine.ModelEngine;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Model packages on the command line: the default network's parameters, imported anew. */
final class ModelCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("anfinsen.root"));
    private static final Path PARAMETERS = ROOT.resolve("models/anfinsen-1/parameters.npz");

    @TempDir
    Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void importsACompressedPackageThatSaysWhatThatCosts() throws IOException {
        assertThat(importAs("small", "int8-weights")).as(err.toString()).isZero();
        assertThat(out.toString()).contains("small 1 is in").contains("against fp32: pLDDT, mean difference");

        out.getBuffer().setLength(0);
        assertThat(run("model", "--models-directory", folder.toString(), "list", "--json"))
                .isZero();
        JsonNode card = JsonMapper.builder().build().readTree(out.toString());
        assertThat(card.path("precision").asString("")).isEqualTo("int8-weights");
        assertThat(card.path("metrics").propertyNames()).contains("against fp32: lDDT of C-alpha atoms");
        assertThat(Files.readString(folder.resolve("small/README.md"))).contains("against fp32: pTM difference");
    }

    @Test
    void verifiesAndRemovesPackages() throws IOException {
        assertThat(importAs("a", "fp32", "--json")).as(err.toString()).isZero();
        JsonNode imported = JsonMapper.builder().build().readTree(out.toString());
        assertThat(imported.path("name").asString("")).isEqualTo("a");
        assertThat(imported.path("parametersSha256").asString("")).hasSize(64);
        assertThat(imported.path("directory").asString(""))
                .isEqualTo(folder.resolve("a").toString());
        assertThat(run("model", "--models-directory", folder.toString(), "verify"))
                .isZero();
        Files.write(folder.resolve("a/parameters.npz"), new byte[] {0}, StandardOpenOption.APPEND);
        assertThat(run("model", "--models-directory", folder.toString(), "verify"))
                .isEqualTo(1);
        assertThat(out.toString()).contains("a: good").contains("checksum");
        out.getBuffer().setLength(0);
        assertThat(run("model", "--models-directory", folder.toString(), "verify", "a", "--json"))
                .isEqualTo(1);
        JsonNode state = JsonMapper.builder().build().readTree(out.toString());
        assertThat(state.path("name").asString("")).isEqualTo("a");
        assertThat(state.path("good").asBoolean(true)).isFalse();
        assertThat(state.path("fault").asString("")).contains("checksum");
        out.getBuffer().setLength(0);
        assertThat(run("model", "--models-directory", folder.toString(), "remove", "a", "--json"))
                .isZero();
        JsonNode removed = JsonMapper.builder().build().readTree(out.toString());
        assertThat(removed.path("name").asString("")).isEqualTo("a");
        assertThat(removed.path("state").asString("")).isEqualTo("removed");
        assertThat(run("model", "--models-directory", folder.toString(), "remove", "a"))
                .isEqualTo(2);
    }

    @Test
    void importsOpenFoldsCheckpoint() {
        String checkpoint =
                ROOT.resolve("network/src/test/resources/golden/openfold.pt").toString();
        String[] start = {"model", "--models-directory", folder.toString(), "import", checkpoint, "--name"};
        assertThat(run(concat(start, "openfold", "--licence", "CC-BY-4.0", "--json")))
                .as(err.toString())
                .isZero();
        JsonNode card = JsonMapper.builder().build().readTree(out.toString());
        assertThat(card.path("licence").asString("")).isEqualTo("CC-BY-4.0");
        assertThat(card.path("provenance").path("imported-from").asString("")).isEqualTo("openfold.pt");
        assertThat(run("model", "--models-directory", folder.toString(), "verify"))
                .isZero();
    }

    @Test
    void namesThePrecisionsThereAre() {
        assertThat(importAs("x", "bf8")).isEqualTo(2);
        assertThat(err.toString()).contains("'bf8'").contains("fp32, fp16, int8-weights");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void aChainTooLargeForTheMemoryIsRefusedWithTheEstimate() {
        assertThat(importAs("a", "fp32")).as(err.toString()).isZero();
        PlaceSettings places = new PlaceSettings(folder.resolve("data"), folder);
        PredictionSettings settings = new PredictionSettings(
                "a", 0, 1, 1, DataSize.ofGigabytes(4), false, List.of(), DataSize.ofBytes(0), Duration.ofHours(1));
        try (ModelEngine engine = ModelEngine.open(
                places, settings, EngineOptions.settings("anfinsen.search", SearchingSettings.class), "test")) {
            ModelCatalog catalog = engine.catalog();
            assertThat(catalog.lackOfMemory("a", 300, 1000)).isEmpty();
            Optional<String> lack = catalog.lackOfMemory("a", 5000, 1);
            assertThat(lack).hasValueSatisfying(text -> assertThat(text).contains("5000 residues", "limit 4.0 GiB"));
        }
    }

    private int importAs(String name, String precision, String... more) {
        String[] arguments = {
            "model",
            "--models-directory",
            folder.toString(),
            "import",
            PARAMETERS.toString(),
            "--name",
            name,
            "--precision",
            precision,
            "--msa-clusters",
            "32",
            "--extra-msa",
            "64",
            "--query-as-extra",
            "--recycles",
            "0"
        };
        return run(concat(arguments, more));
    }

    private static String[] concat(String[] start, String... more) {
        return Stream.concat(Stream.of(start), Stream.of(more)).toArray(String[]::new);
    }

    private int run(String... arguments) {
        CommandLine line = Anfinsen.commandLine(places -> new TestEngine());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }
}
