package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.anfinsen.service.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The command line around a predictor of the tests'. */
final class PredictCommandTest {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    @TempDir
    Path folder = Path.of("");

    private final TestEngine engine = new TestEngine();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void writesColabFoldsFiles() throws IOException {
        int code = run("predict", file("p.fasta", ">my|protein\n" + SEQUENCE), "-o", output(), "--seed", "3");

        assertThat(code).as(err.toString()).isZero();
        assertThat(names(output()))
                .containsExactly(
                        "distogram_rank_001_anfinsen-1_model_1_seed_003_my_protein.npz",
                        "my_protein.a3m",
                        "my_protein.done.txt",
                        "my_protein_coverage.png",
                        "my_protein_coverage.svg",
                        "my_protein_distogram.png",
                        "my_protein_distogram.svg",
                        "my_protein_plddt.png",
                        "my_protein_plddt.svg",
                        "my_protein_scores_rank_001_anfinsen-1_model_1_seed_003.json",
                        "my_protein_unrelaxed_rank_001_anfinsen-1_model_1_seed_003.cif",
                        "my_protein_unrelaxed_rank_001_anfinsen-1_model_1_seed_003.pdb");
        assertThat(out.toString()).contains("my|protein: mean pLDDT 71.5").contains("seed_003.pdb");
        assertThat(err.toString()).contains("predicting, pass 2 of 4, pLDDT 72.0");
    }

    @Test
    void skipsWhatIsThereAndOverwritesOnDemand() throws IOException {
        String file = file("p.fasta", ">a\n" + SEQUENCE);
        run("predict", file, "-o", output());
        run("predict", file, "-o", output());
        assertThat(engine.predictor().runs("a")).isEqualTo(1);
        assertThat(out.toString()).contains("is there already");

        run("predict", file, "-o", output(), "--seed", "1");
        run("predict", file, "-o", output(), "--seed", "1", "--overwrite");
        assertThat(engine.predictor().runs("a")).isEqualTo(3);
    }

    @Test
    void readsAlignmentsAndSeveralFiles() throws IOException {
        int code = run(
                "predict",
                file("q.a3m", ">q\n" + SEQUENCE + "\n>h\n" + SEQUENCE + "\n"),
                file("two.fasta", ">a\n" + SEQUENCE + "\n>b\n" + SEQUENCE.substring(3)),
                "-o",
                output());

        assertThat(code).as(err.toString()).isZero();
        assertThat(names(output())).contains("q.done.txt", "a.done.txt", "b.done.txt");
    }

    @Test
    void writesJsonForPrograms() throws IOException {
        run("predict", file("p.fasta", ">a\n" + SEQUENCE), "-o", output(), "--json", "--recycles", "1");

        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.path("name").asString("")).isEqualTo("a");
        assertThat(json.path("state").asString("")).isEqualTo("done");
        assertThat(json.path("recycles").asInt(0)).isEqualTo(1);
        assertThat(json.path("result").path("mean_plddt").asDouble(0)).isEqualTo(71.5);
        assertThat(json.path("files")).hasSize(11);
    }

    @Test
    void ranksThePredictionsOfAnEnsemble() throws IOException {
        String file = file("p.fasta", ">ensemble\n" + SEQUENCE);
        int code = run("predict", file, "-o", output(), "--models", "3", "--json");

        assertThat(code).as(err.toString()).isZero();
        assertThat(names(output()))
                .contains(
                        "ensemble.a3m",
                        "ensemble.done.txt",
                        "ensemble_plddt.png",
                        "ensemble_scores_rank_001_anfinsen-1_model_1_seed_001.json",
                        "ensemble_unrelaxed_rank_001_anfinsen-1_model_1_seed_001.pdb",
                        "ensemble_unrelaxed_rank_002_anfinsen-1_model_1_seed_002.pdb",
                        "ensemble_unrelaxed_rank_003_anfinsen-1_model_1_seed_000.pdb",
                        "plddt_rank_003_anfinsen-1_model_1_seed_000_ensemble.png",
                        "ranking_debug_ensemble.json")
                .hasSize(3 * 11 + 2);
        assertThat(Files.readString(Path.of(output(), "ranking_debug_ensemble.json")))
                .isEqualTo(
                        "{\"plddts\":{\"anfinsen-1_model_1_seed_001\":80.0,\"anfinsen-1_model_1_seed_002\":75.0,"
                                + "\"anfinsen-1_model_1_seed_000\":71.5},"
                                + "\"order\":[\"anfinsen-1_model_1_seed_001\",\"anfinsen-1_model_1_seed_002\",\"anfinsen-1_model_1_seed_000\"]}");
        assertThat(objects()).extracting(json -> json.path("rank").asInt(0)).containsExactly(1, 2, 3);
        assertThat(objects()).extracting(json -> json.path("seed").asInt(-1)).containsExactly(1, 2, 0);
        assertThat(objects().getFirst().path("files").path(0).asString(""))
                .isEqualTo(Path.of(output(), "ensemble_unrelaxed_rank_001_anfinsen-1_model_1_seed_001.pdb")
                        .toString());

        out.getBuffer().setLength(0);
        assertThat(run("predict", file, "-o", output(), "--models", "3", "--json"))
                .isZero();
        assertThat(engine.predictor().runs("ensemble")).isEqualTo(3);
        assertThat(objects()).extracting(json -> json.path("rank").asInt(0)).containsExactly(1, 2, 3);
        assertThat(objects()).allMatch(json -> json.path("skipped").asBoolean(false));
    }

    @Test
    void goesOnWithAnEnsembleThatWasInterrupted() throws IOException {
        String file = file("p.fasta", ">ensemble\n" + SEQUENCE);
        engine.predictor().failOnce("ensemble", 2);

        assertThat(run("predict", file, "-o", output(), "--seed", "1", "--models", "3"))
                .isEqualTo(1);
        assertThat(names(output()))
                .contains(
                        "ensemble_unrelaxed_anfinsen-1_model_1_seed_001.pdb",
                        "ensemble_anfinsen-1_model_1_seed_003.done.txt")
                .doesNotContain("ensemble.done.txt", "ensemble_anfinsen-1_model_1_seed_002.done.txt");

        assertThat(run("predict", file, "-o", output(), "--seed", "1", "--models", "3"))
                .isZero();
        assertThat(engine.predictor().runs("ensemble")).isEqualTo(4);
        assertThat(names(output()))
                .contains("ensemble.done.txt", "ensemble_unrelaxed_rank_003_anfinsen-1_model_1_seed_003.pdb")
                .noneMatch(name -> name.contains("_unrelaxed_anfinsen") || name.endsWith("_seed_001.done.txt"))
                .hasSize(3 * 11 + 2);
    }

    @Test
    void refusesMorePredictionsThanFiveAndNamesAnUnknownModel() throws IOException {
        String file = file("p.fasta", ">a\n" + SEQUENCE);

        assertThat(run("predict", file, "-o", output(), "--model", "anfinsen-1,nonesuch", "--models", "3"))
                .isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "anfinsen: model: there is no model 'nonesuch'. Choose one of: anfinsen-1.",
                        "anfinsen: models: 2 models with 3 predictions each. Give numbers whose product is 1 to 5.");
        assertThat(run("predict", file, "-o", output(), "--models", "0")).isEqualTo(2);
        assertThat(err.toString()).contains("models: '0'. Give a whole number from 1 to 5.");
    }

    @Test
    void namesThePlaceAndTheRemedyOfBadInput() throws IOException {
        int code = run("predict", file("p.fasta", ">a\nMKT1AY\n"), "-o", output(), "--recycles", "x");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "anfinsen: record 1 (a), line 2, column 4: digit '1'. Remove position numbers from the sequence.",
                        "anfinsen: recycles: 'x'. Give a whole number from 0 to 48.");
        assertThat(Path.of(output())).doesNotExist();
    }

    @Test
    void saysThatAFileIsMissing() {
        assertThat(run("predict", "nowhere.fasta", "-o", output())).isEqualTo(2);
        assertThat(err.toString()).isEqualTo("anfinsen: nowhere.fasta: there is no such file" + System.lineSeparator());
    }

    @Test
    void refusesNamesThatWouldShareFiles() throws IOException {
        int code = run("predict", file("p.fasta", ">a|b\n" + SEQUENCE + "\n>a/b\n" + SEQUENCE), "-o", output());

        assertThat(code).isEqualTo(2);
        assertThat(err.toString()).contains("a|b and a/b would have the same file names");
    }

    @Test
    void goesOnAfterAFailureAndSaysSoAtTheEnd() throws IOException {
        int code =
                run("predict", file("p.fasta", ">impossible\n" + SEQUENCE + "\n>b\n" + SEQUENCE), "-o", output(), "-q");

        assertThat(code).isEqualTo(1);
        assertThat(out.toString()).contains("impossible: failed: not enough memory (too-large)");
        assertThat(names(output())).contains("b.done.txt").doesNotContain("impossible.done.txt");
    }

    @Test
    void explainsItself() {
        assertThat(run("--help")).isZero();
        assertThat(out.toString()).contains("predict", "serve", "Examples:", "Exit codes");
        assertThat(run("predict", "--help")).isZero();
        assertThat(run("--version")).isZero();
        assertThat(run("predcit")).isEqualTo(2);
        assertThat(err.toString()).contains("anfinsen: Unmatched argument");
    }

    @Test
    void everyCommandShowsAnExampleWithoutColoursInAPipe() {
        List<CommandLine> commands = new ArrayList<>(List.of(Anfinsen.commandLine(places -> engine)));
        for (int k = 0; k < commands.size(); k++) {
            CommandLine command = commands.get(k);
            commands.addAll(command.getSubcommands().values());
            boolean shown = !command.getCommandSpec().usageMessage().hidden();
            String help = command.getUsageMessage();
            assertThat(help).doesNotContain("\033");
            if (shown && !command.getCommandName().equals("help")) {
                assertThat(help).as("help of " + command.getCommandName()).contains("Example");
            }
        }
        assertThat(commands).hasSizeGreaterThan(8);
    }

    @Test
    void keepsDerivedGraphsInTheUsersCache() {
        Path home = Path.of("/home/someone");
        assertThat(EngineOptions.cache(null, home)).isEqualTo(Path.of("/home/someone/.cache/anfinsen"));
        assertThat(EngineOptions.cache("/var/cache/me", home)).isEqualTo(Path.of("/var/cache/me/anfinsen"));
        assertThat(EngineOptions.cache("relative", home)).isEqualTo(Path.of("/home/someone/.cache/anfinsen"));
    }

    @Test
    void joinsSettingsForSpring() {
        assertThat(ServeCommand.joined(List.of("--server.port", "9000", "--a.b=c")))
                .containsExactly("--server.port=9000", "--a.b=c");
    }

    private int run(String... arguments) {
        CommandLine line = Anfinsen.commandLine(places -> engine);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        return line.execute(arguments);
    }

    private List<JsonNode> objects() {
        JsonMapper mapper = JsonMapper.builder().build();
        return out.toString().lines().map(mapper::readTree).toList();
    }

    private String output() {
        return folder.resolve("out").toString();
    }

    private String file(String name, String content) throws IOException {
        return Files.writeString(folder.resolve(name), content).toString();
    }

    private static List<String> names(String directory) throws IOException {
        List<String> names = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of(directory))) {
            files.forEach(file -> names.add(String.valueOf(file.getFileName())));
        }
        names.sort(null);
        return names;
    }
}
