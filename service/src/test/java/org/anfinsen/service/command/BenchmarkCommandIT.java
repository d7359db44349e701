package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.anfinsen.service.TestPredictor;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** With the default network and a database of its own. Nothing may depend on the network's accuracy. */
final class BenchmarkCommandIT {

    private static final String RESIDUES = "LSDEDFKAVFGMTRSAFANLPLWKQQNLKKEKGLF";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void writeTargets() throws IOException {
        Path targets = Files.createDirectory(folder.resolve("targets"));
        for (int k = 0; k < 3; k++) {
            String residues = RESIDUES.substring(2 * k);
            Files.writeString(targets.resolve("t" + k + ".fasta"), ">t" + k + "\n" + residues + "\n");
            Files.writeString(targets.resolve("t" + k + ".pdb"), TestPredictor.structure(residues));
        }
    }

    @Test
    void printsTheFiguresOfTheReport() throws IOException {
        assertThat(run("--json")).as(err.toString()).isZero();

        JsonNode printed = JSON.readTree(out.toString());
        assertThat(printed.path("targets").path("scored").asInt(0)).isEqualTo(3);
        JsonNode summary = printed.path("summary");
        assertThat(summary.path("domains").asInt(0)).isEqualTo(3);
        assertThat(summary.path("mean").propertyNames())
                .containsExactly("tm_score", "gdt_ts", "gdt_ha", "lddt", "rmsd", "mean_plddt");
        assertThat(Path.of(printed.path("report").asString(""))).isEqualTo(report("index.html"));

        Map<String, double[]> scores = scores();
        for (Map.Entry<String, JsonNode> mean : summary.path("mean").properties()) {
            double[] values = scores.get(mean.getKey());
            double digit = List.of("rmsd", "mean_plddt").contains(mean.getKey()) ? 0.1 : 0.001;
            assertThat(mean.getValue().asDouble())
                    .as(mean.getKey())
                    .isCloseTo((values[0] + values[1] + values[2]) / 3, within(digit));
            assertThat(summary.path("median").path(mean.getKey()).asDouble())
                    .as(mean.getKey())
                    .isCloseTo(values[1], within(digit));
        }
        assertThat(cells("Mean")).isEqualTo(numbers(summary.path("mean")));
        assertThat(cells("Median")).isEqualTo(numbers(summary.path("median")));

        String first = out.toString();
        assertThat(run("--json")).isZero();
        assertThat(out.toString()).isEqualTo(first);
        assertThat(run()).isZero();
        assertThat(out.toString())
                .contains("3 targets, 0 failed; over 3 domains mean TM-score "
                        + cells("Mean").getFirst());
    }

    /** The columns of scores.csv that are numbers, in ascending order. */
    private Map<String, double[]> scores() throws IOException {
        List<String[]> lines = Files.readAllLines(report("scores.csv")).stream()
                .map(line -> line.split(",", -1))
                .toList();
        Map<String, double[]> columns = new TreeMap<>();
        for (int k = 0; k < lines.getFirst().length; k++) {
            int column = k;
            columns.put(
                    lines.getFirst()[k],
                    lines.stream()
                            .skip(1)
                            .map(line -> line[column])
                            .filter(value -> value.matches("[0-9.]+"))
                            .mapToDouble(Double::parseDouble)
                            .sorted()
                            .toArray());
        }
        return columns;
    }

    /** What the page's summary has in one line. */
    private List<Double> cells(String line) throws IOException {
        Matcher row = Pattern.compile("<tr><td>" + line + "</td><td>(.*)</td></tr>")
                .matcher(Files.readString(report("index.html")));
        assertThat(row.find()).isTrue();
        return Stream.of(row.group(1).split("</td><td>", -1))
                .map(Double::valueOf)
                .toList();
    }

    private static List<Double> numbers(JsonNode figures) {
        return figures.valueStream().map(JsonNode::asDouble).toList();
    }

    private Path report(String file) {
        return folder.resolve("report").resolve(file);
    }

    private int run(String... options) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Anfinsen.commandLine(places -> {
            throw new AssertionError("the benchmark opens its own engine");
        });
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(List.of(
                "benchmark",
                "run",
                folder.resolve("targets").toString(),
                "--output",
                folder.resolve("report").toString(),
                "--recycles",
                "0",
                "--data-directory",
                Path.of("target", "test-data", "benchmark-command").toString(),
                "--models-directory",
                Path.of(System.getProperty("anfinsen.root"), "models").toString()));
        arguments.addAll(List.of(options));
        return line.execute(arguments.toArray(String[]::new));
    }
}
