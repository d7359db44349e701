package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.anfinsen.service.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Submissions to CASP around a predictor of the tests'. */
final class CaspCommandTest {

    private static final String SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQ";

    @TempDir
    Path folder = Path.of("");

    private final TestEngine engine = new TestEngine();
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void asManyModelsAsCaspTakesBesideQaAndRr() throws IOException {
        assertThat(submit(">T1104\n" + SEQUENCE, "--json")).as(err.toString()).isZero();

        assertThat(Files.readAllLines(folder.resolve("T1104.ts")))
                .filteredOn(line -> line.startsWith("MODEL"))
                .hasSize(5);
        assertThat(folder.resolve("T1104.qa")).content().contains("T1104");
        assertThat(folder.resolve("T1104.rr")).content().startsWith("PFRMAT RR");
        assertThat(out.toString()
                        .lines()
                        .map(JsonMapper.builder().build()::readTree)
                        .map((JsonNode each) -> each.path("format").asString("")))
                .containsExactly("TS", "QA", "RR");
    }

    @Test
    void fewerModelsOnDemand() throws IOException {
        assertThat(submit(">T1104\n" + SEQUENCE, "--models", "2"))
                .as(err.toString())
                .isZero();

        assertThat(Files.readAllLines(folder.resolve("T1104.ts")))
                .filteredOn(line -> line.startsWith("MODEL"))
                .hasSize(2);
        assertThat(engine.predictor().runs("T1104")).isEqualTo(2);
    }

    @Test
    void whatCannotBeSubmittedIsSaid() throws IOException {
        assertThat(submit(">T1104\n" + SEQUENCE, "--models", "6")).isEqualTo(2);
        assertThat(err.toString()).contains("whole number from 1 to 5");

        assertThat(submit(">T1104\n" + SEQUENCE, "--model", "anfinsen-1,absent"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no model 'absent'");

        assertThat(submit(">T1104\n" + SEQUENCE + "\n>T1105\n" + SEQUENCE)).isEqualTo(2);
        assertThat(err.toString()).contains("2 sequences, one is needed");
        assertThat(engine.predictor().runs("T1104")).isZero();
    }

    private int submit(String fasta, String... options) throws IOException {
        Path file = Files.writeString(folder.resolve("T1104.fasta"), fasta);
        CommandLine line = Anfinsen.commandLine(places -> engine);
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        List<String> arguments = new ArrayList<>(
                List.of("casp", "submit", file.toString(), "--author", "1234-5678-9012", "-o", folder.toString()));
        arguments.addAll(List.of(options));
        return line.execute(arguments.toArray(String[]::new));
    }
}
