package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.anfinsen.service.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class DatabaseCommandTest {

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

    private String fasta(String content) throws IOException {
        return Files.writeString(folder.resolve("db.fasta"), content).toString();
    }

    @Test
    void namesListsAndForgetsADatabase() throws IOException {
        assertThat(run("database", "list")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(run("database", "add", "db", fasta(">a\nMKV\n"), "--database-version", "2026_03"))
                .as(err.toString())
                .isZero();
        assertThat(run("database", "list")).isZero();
        assertThat(out.toString()).startsWith("db  version 2026_03, embedded, ").contains("db.fasta");
        assertThat(run("database", "list", "--json")).isZero();
        JsonNode json = JsonMapper.builder().build().readTree(out.toString());
        assertThat(json.path("engine").asString("")).isEqualTo("embedded");
        assertThat(json.path("checksum").asString("")).hasSize(64);
        assertThat(run("database", "remove", "db", "--json")).isZero();
        JsonNode removed = JsonMapper.builder().build().readTree(out.toString());
        assertThat(removed.path("state").asString("")).isEqualTo("removed");
        assertThat(removed.path("checksum")).isEqualTo(json.path("checksum"));
        assertThat(run("database", "list")).isZero();
        assertThat(out.toString()).isEmpty();
        assertThat(folder.resolve("db.fasta")).exists();
    }

    @Test
    void verifiesAndEndsWithOneWhenFilesChanged() throws IOException {
        run("database", "add", "db", fasta(">a\nMKV\n"));
        run("database", "add", "server", "https://example.org", "--engine", "colabfold");
        assertThat(run("database", "verify")).isZero();
        assertThat(out.toString()).contains("db: unchanged", "server: a server");
        fasta(">a\nMKL\n");
        assertThat(run("database", "verify", "db", "--json")).isEqualTo(1);
        assertThat(out.toString()).contains("\"state\":\"changed\"");
        Files.delete(folder.resolve("db.fasta"));
        assertThat(run("database", "verify")).isEqualTo(1);
        assertThat(out.toString()).contains("db: missing");
    }

    @Test
    void saysWhatIsWrongInOneLine() throws IOException {
        assertThat(run("database", "add", "db", folder.resolve("gone.fasta").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).startsWith("anfinsen: no database files at ").hasLineCount(1);
        assertThat(run("database", "add", "db", fasta(">a\nMKV\n"), "--engine", "blast"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("'blast'. Choose one of: mmseqs2, hhblits, jackhmmer, colabfold, embedded")
                .hasLineCount(1);
        run("database", "add", "db", fasta(">a\nMKV\n"));
        assertThat(run("database", "add", "db", fasta(">a\nMKV\n"))).isEqualTo(2);
        assertThat(err.toString()).contains("there is already a database db").hasLineCount(1);
        assertThat(run("database", "add", "none", fasta(">a\nMKV\n"))).isEqualTo(2);
        assertThat(run("database", "remove", "other")).isEqualTo(2);
        assertThat(err.toString()).contains("there is no database other").hasLineCount(1);
        assertThat(run("database", "verify", "other")).isEqualTo(2);
    }

    @Test
    void predictRefusesADatabaseThatIsNotThereBeforeItPredicts() throws IOException {
        Path query = Files.writeString(folder.resolve("q.fasta"), ">q\nMKTAYIAKQRQISFVKSHFSRQ\n");
        String output = folder.resolve("out").toString();
        assertThat(run("predict", query.toString(), "-o", output, "--database", "db"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("databases: there is no database 'db'. None is named here: anfinsen database add.")
                .hasLineCount(1);
        assertThat(run("predict", query.toString(), "-o", output, "--database", "none"))
                .as(err.toString())
                .isZero();
    }

    @Test
    void explainsItself() {
        assertThat(run("database", "--help")).isZero();
        assertThat(out.toString()).contains("Examples:", "add", "verify", "remove");
        assertThat(run("database", "add", "--help")).isZero();
        assertThat(out.toString()).contains("mmseqs2", "colabfold", "Example:");
    }
}
