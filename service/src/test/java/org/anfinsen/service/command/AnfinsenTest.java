package org.anfinsen.service.command;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.anfinsen.service.TestEngine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;

/** What all commands have in common. */
final class AnfinsenTest {

    @TempDir
    private Path folder;

    private final StringWriter err = new StringWriter();

    @Test
    void everyHelpHasExamplesThatCanBeCopied() {
        List<CommandLine> commands = commands(line()).toList();

        assertThat(commands).hasSizeGreaterThan(25);
        for (CommandLine command : commands) {
            String name = command.getCommandSpec().qualifiedName();
            String help = command.getUsageMessage(Ansi.OFF);
            List<String> examples = Stream.of(
                            command.getCommandSpec().usageMessage().footer())
                    .filter(text -> text.startsWith("  ") && text.contains("anfinsen "))
                    .toList();
            assertThat(examples).as(name).isNotEmpty();
            assertThat(help.lines()).as(name).containsAll(examples);
        }
    }

    private static Stream<CommandLine> commands(CommandLine line) {
        return Stream.concat(
                line.getCommandSpec().usageMessage().hidden() ? Stream.of() : Stream.of(line),
                line.getSubcommands().values().stream().flatMap(AnfinsenTest::commands));
    }

    @ParameterizedTest
    @CsvSource({
        "'', Missing required subcommand (see anfinsen --help)",
        "pred, Did you mean: anfinsen predict",
        "predict absent.fasta, absent.fasta: there is no such file",
        "predict protein.fasta -o file, file: this is no folder",
        "benchmark run absent -o out, absent: there is no such file",
        "benchmark run file -o out, file: neither a folder nor a zip",
        "benchmark run . -o file, file: this is no folder",
        "benchmark run . -o out --compare absent.tsv, absent.tsv: there is no such file",
        "casp submit absent.fasta --author Anfinsen --target T1, absent.fasta: there is no such file",
        "casp submit protein.fasta --author 12 --target T1, neither a registration code",
        "casp check absent.ts, absent.ts: there is no such file",
        "compare absent.pdb absent.pdb, absent.pdb: there is no such file"
    })
    void saysWhatMustChange(String arguments, String message) throws Exception {
        Files.writeString(folder.resolve("protein.fasta"), ">a\nMKTAYIAKQR\n");
        Files.writeString(folder.resolve("file"), "nothing of interest");

        int code = line().execute(Stream.of(arguments.split(" ", -1))
                .filter(argument -> !argument.isEmpty())
                .map(this::inFolder)
                .toArray(String[]::new));

        assertThat(err.toString()).startsWith("anfinsen: ").contains(message).doesNotContain("Exception");
        assertThat(code).isEqualTo(CommandLine.ExitCode.USAGE);
    }

    /** Arguments that are files, below the test's folder. */
    private String inFolder(String argument) {
        return argument.matches("\\.|out|file|absent|.*\\.[a-z]+")
                ? folder.resolve(argument).toString()
                : argument;
    }

    private CommandLine line() {
        CommandLine line = Anfinsen.commandLine(places -> new TestEngine());
        line.setErr(new PrintWriter(err, true));
        return line;
    }
}
