package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.stream.Stream;
import org.anfinsen.service.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class OutputTest {

    private static final Set<String> WITHOUT_RESULTS = Set.of("serve", "worker", "generate-completion");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyCommandThatHasResultsPrintsThemForPrograms() {
        CommandLine program = Anfinsen.commandLine(places -> new TestEngine());
        assertThat(commands(program)
                        .filter(command ->
                                !command.getCommandSpec().usageMessage().hidden())
                        .filter(command -> !WITHOUT_RESULTS.contains(command.getCommandName())))
                .hasSizeGreaterThan(15)
                .allSatisfy(command -> assertThat(command.getCommandSpec().findOption("--json"))
                        .as(command.getCommandSpec().qualifiedName())
                        .isNotNull());
    }

    /** Those that do something: others only have commands below them. */
    private static Stream<CommandLine> commands(CommandLine line) {
        return line.getSubcommands().isEmpty()
                ? Stream.of(line)
                : line.getSubcommands().values().stream().flatMap(OutputTest::commands);
    }

    @Test
    void aFileThatCaspWouldRefuseIsOneObjectWithItsFaults() throws IOException {
        Path file = Files.writeString(folder.resolve("bad.ts"), "PFRMAT TS\nnothing\n");
        StringWriter out = new StringWriter();
        CommandLine line = Anfinsen.commandLine(places -> new TestEngine());
        line.setOut(new PrintWriter(out, true));

        assertThat(line.execute("casp", "check", file.toString(), "--json")).isEqualTo(1);

        assertThat(out.toString()).hasLineCount(1);
        JsonNode said = JsonMapper.builder().build().readTree(out.toString());
        assertThat(said.path("file").asString("")).isEqualTo(file.toString());
        assertThat(said.path("good").asBoolean(true)).isFalse();
        assertThat(said.path("faults")).isNotEmpty();
    }
}
