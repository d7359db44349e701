package org.anfinsen.service.command;

import java.io.PrintWriter;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Set;
import java.util.function.Function;
import org.anfinsen.service.engine.Engine;
import org.anfinsen.service.engine.ModelEngine;
import org.anfinsen.service.problem.InputError;
import org.anfinsen.service.problem.ProblemException;
import org.anfinsen.service.settings.PlaceSettings;
import org.anfinsen.service.settings.PredictionSettings;
import org.anfinsen.service.settings.SearchingSettings;
import org.anfinsen.service.settings.SoftwareVersion;
import picocli.AutoComplete.GenerateCompletion;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The program: {@code anfinsen <command>}. */
@Command(
        name = "anfinsen",
        description = "Predicts the structures of proteins from their sequences.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        versionProvider = ProgramVersion.class,
        footer = {
            "",
            "Examples:",
            "  anfinsen predict protein.fasta -o out/    predict, files in out/",
            "  anfinsen predict alignment.a3m -o out/    predict with an alignment, the query first",
            "  anfinsen benchmark run targets/ -o report/ predict and score a set of targets",
            "  anfinsen serve                            start the service on http://127.0.0.1:8080",
            "  anfinsen COMMAND --help                   options of a command",
            "",
            "Exit codes: 0 done, 1 failed, 2 the input or the command line must change, 130 interrupted."
        })
public final class Anfinsen {

    private static final int HELP_COLUMNS = 100;
    private static final Set<String> STARTING_SPRING = Set.of("serve", "benchmark", "worker");

    private Anfinsen() {}

    public static void main(String[] arguments) {
        // Spring Boot sets it for the service; text in pictures is drawn differently without.
        System.setProperty("java.awt.headless", "true");
        if (arguments.length == 0 || !STARTING_SPRING.contains(arguments[0])) {
            // Logback's own property; Spring Boot, which some commands start, has settings of its own and would warn of
            // it.
            System.setProperty("logback.configurationFile", "org/anfinsen/service/command/logging.xml");
        }
        System.exit(commandLine(Anfinsen::openEngine).execute(arguments));
    }

    private static Engine openEngine(PlaceSettings places) {
        return ModelEngine.open(
                places,
                EngineOptions.settings("anfinsen.prediction", PredictionSettings.class),
                EngineOptions.settings("anfinsen.search", SearchingSettings.class),
                SoftwareVersion.current());
    }

    /** @param opener makes the engine for the commands that predict without the service */
    static CommandLine commandLine(Function<PlaceSettings, Engine> opener) {
        CommandLine line = new CommandLine(new Anfinsen())
                .addSubcommand(new PredictCommand(opener))
                .addSubcommand(new ServeCommand())
                .addSubcommand(new WorkerCommand())
                .addSubcommand(new CompareCommand())
                .addSubcommand(new CommandLine(new DatabaseCommand()).addSubcommand(new DatabaseCommand.Add()))
                .addSubcommand(new CommandLine(new TemplatesCommand()).addSubcommand(new TemplatesCommand.Add()))
                .addSubcommand(new CommandLine(new CaspCommand())
                        .addSubcommand(new CaspCommand.Submit(opener))
                        .addSubcommand(new CaspCommand.Check()))
                .addSubcommand(new CommandLine(new BenchmarkCommand()).addSubcommand(new BenchmarkCommand.Run()))
                .addSubcommand(new CommandLine(new ModelCommand()).addSubcommand(new ModelCommand.Import()))
                .addSubcommand(new KeyCommand())
                .addSubcommand(new BackupCommand())
                .addSubcommand(new RestoreCommand())
                .addSubcommand(new PredictingChildCommand())
                .addSubcommand(completion());
        line.setUsageHelpWidth(HELP_COLUMNS);
        line.setExecutionExceptionHandler((e, command, parsed) -> report(e, command));
        line.setParameterExceptionHandler((e, arguments) -> reportUsage(e));
        return line;
    }

    private static CommandLine completion() {
        CommandLine completion = new CommandLine(new GenerateCompletion());
        completion
                .getCommandSpec()
                .usageMessage()
                .footer("", "Example (bash, zsh):", "  source <(anfinsen generate-completion)");
        return completion;
    }

    private static int report(Exception e, CommandLine command) {
        PrintWriter err = command.getErr();
        if (e instanceof ProblemException problem) {
            if (problem.errors().isEmpty()) {
                err.println("anfinsen: " + problem.getMessage());
            }
            for (InputError error : problem.errors()) {
                err.println("anfinsen: " + error.message());
            }
            return problem.problem().status().is4xxClientError()
                    ? CommandLine.ExitCode.USAGE
                    : CommandLine.ExitCode.SOFTWARE;
        }
        if (e instanceof CommandFailedException failed) {
            err.println("anfinsen: " + failed.getMessage());
            return failed.exitCode();
        }
        if (e instanceof FileSystemException failed) {
            err.println("anfinsen: " + reason(failed));
            return CommandLine.ExitCode.USAGE;
        }
        err.println("anfinsen: " + e);
        if (System.getenv("ANFINSEN_TRACE") != null) {
            e.printStackTrace(err);
        }
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static String reason(FileSystemException e) {
        return switch (e) {
            case NoSuchFileException missing -> missing.getFile() + ": there is no such file";
            case FileAlreadyExistsException file -> file.getFile() + ": this is no folder";
            case AccessDeniedException denied -> denied.getFile() + ": access is denied";
            default -> String.valueOf(e.getMessage());
        };
    }

    private static int reportUsage(ParameterException e) {
        PrintWriter err = e.getCommandLine().getErr();
        err.println("anfinsen: " + e.getMessage() + " (see "
                + e.getCommandLine().getCommandSpec().qualifiedName(" ") + " --help)");
        UnmatchedArgumentException.printSuggestions(e, err);
        return CommandLine.ExitCode.USAGE;
    }
}
