package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Stream;
import org.anfinsen.service.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class TemplatesCommandTest {

    @TempDir
    Path folder = Path.of("");

    private StringWriter out = new StringWriter();
    private StringWriter err = new StringWriter();

    private int run(String... arguments) {
        out = new StringWriter();
        err = new StringWriter();
        CommandLine line = Anfinsen.commandLine(places -> new TestEngine());
        line.setOut(new PrintWriter(out, true));
        line.setErr(new PrintWriter(err, true));
        String[] all = Stream.concat(
                        Arrays.stream(arguments),
                        Stream.of("--data-directory", folder.resolve("data").toString()))
                .toArray(String[]::new);
        return line.execute(all);
    }

    /** A trace of twelve alanines. */
    private Path structures(double shift) throws IOException {
        StringBuilder text = new StringBuilder();
        for (int i = 1; i <= 12; i++) {
            text.append(String.format(
                    Locale.ROOT,
                    "ATOM  %5d  CA  ALA A%4d    %8.3f%8.3f%8.3f  1.00 20.00           C%n",
                    i,
                    i,
                    3.8 * i + shift,
                    0.0,
                    0.0));
        }
        Path structures = Files.createDirectories(folder.resolve("structures"));
        Files.writeString(structures.resolve("1abc.pdb"), text.append("END\n"));
        Files.writeString(structures.resolve("broken.pdb"), "nothing\n");
        return structures;
    }

    @Test
    void indexesListsAndForgetsALibrary() throws IOException {
        String path = structures(0).toString();
        assertThat(run("templates", "add", "pdb", path)).as(err.toString()).isZero();
        assertThat(err.toString()).contains("left out: ", "broken.pdb");
        assertThat(run("templates", "list")).isZero();
        assertThat(out.toString()).isEqualTo("pdb  1 chains in 1 files of " + path + System.lineSeparator());
        assertThat(run("templates", "list", "--json")).isZero();
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.path("chains").asInt(0)).isEqualTo(1);
        assertThat(json.path("checksum").asString("")).hasSize(64);
        assertThat(run("templates", "remove", "pdb", "--json")).isZero();
        assertThat(out.toString())
                .contains("\"name\":\"pdb\"", "\"state\":\"removed\"")
                .hasLineCount(1);
        assertThat(run("templates", "list")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(folder.resolve("structures/1abc.pdb")).exists();
    }

    @Test
    void saysWhichFilesHaveChanged() throws IOException {
        run("templates", "add", "pdb", structures(0).toString());
        assertThat(run("templates", "verify")).isZero();
        assertThat(out.toString()).startsWith("pdb: unchanged");
        structures(1);
        assertThat(run("templates", "verify", "pdb")).isEqualTo(1);
        assertThat(out.toString()).startsWith("pdb: changed").contains("1abc.pdb");
        assertThat(run("templates", "verify", "pdb", "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"state\":\"changed\"", "1abc.pdb").hasLineCount(1);
    }

    @Test
    void refusesWhatIsNotThere() throws IOException {
        assertThat(run("templates", "add", "pdb", folder.resolve("nowhere").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("nowhere");
        assertThat(run("templates", "remove", "pdb")).isEqualTo(2);
        assertThat(run("templates", "verify", "pdb")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no template library pdb");
    }
}
