package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {

    @TempDir
    private Path directory = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        CommandLine line = Anfinsen.commandLine(places -> {
            throw new AssertionError("comparing needs no engine");
        });
        return line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err)).execute(arguments);
    }

    /** A C-alpha helix of twelve alanines, moved along z; its last residue is pulled away. */
    private Path helix(String name, double shift, double pull) throws IOException {
        StringBuilder pdb = new StringBuilder();
        for (int i = 0; i < 12; i++) {
            pdb.append(String.format(
                    Locale.ROOT,
                    "ATOM  %5d  CA  ALA A%4d    %8.3f%8.3f%8.3f  1.00 50.00           C%n",
                    i + 1,
                    i + 1,
                    2.3 * Math.cos(Math.toRadians(100 * i)),
                    2.3 * Math.sin(Math.toRadians(100 * i)),
                    1.5 * i + shift + (i == 11 ? pull : 0)));
        }
        Path file = directory.resolve(name);
        Files.writeString(file, pdb + "END\n");
        return file;
    }

    @Test
    void scoresAMovedCopyAsPerfect() throws IOException {
        Path model = helix("model.pdb", 7, 0);
        Path reference = helix("native.pdb", 0, 0);
        assertThat(run("compare", model.toString(), reference.toString(), "--json"))
                .isZero();
        JsonNode scores = JsonMapper.builder().build().readTree(out.toString());
        assertThat(scores.path("rmsd").asDouble(9)).isLessThan(0.01);
        for (String score : new String[] {"gdt_ts", "gdt_ha", "tm_score", "lddt"}) {
            assertThat(scores.path(score).asDouble(0)).as(score).isEqualTo(1.0);
        }
        assertThat(scores.path("residues_compared").asInt(0)).isEqualTo(12);
    }

    @Test
    void scoresADeviationLower() throws IOException {
        Path model = helix("model.pdb", 7, 6);
        Path reference = helix("native.pdb", 0, 0);
        assertThat(run("compare", model.toString(), reference.toString(), "--json"))
                .isZero();
        JsonNode scores = JsonMapper.builder().build().readTree(out.toString());
        assertThat(scores.path("rmsd").asDouble(0)).isBetween(0.5, 3.0);
        // Eleven of twelve residues fit, and the twelfth within 8 Å: (11 + 11 + 11 + 12) / 48.
        assertThat(scores.path("gdt_ts").asDouble(0)).isEqualTo(0.9375);
        assertThat(scores.path("lddt").asDouble(1)).isLessThan(1.0);
    }

    @Test
    void namesTheFileThatIsMissing() throws IOException {
        assertThat(run("compare", "no-such.pdb", helix("native.pdb", 0, 0).toString()))
                .isEqualTo(CommandLine.ExitCode.USAGE);
        assertThat(err).hasToString("anfinsen: no-such.pdb: there is no such file" + System.lineSeparator());
    }
}
