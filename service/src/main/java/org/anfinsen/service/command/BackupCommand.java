package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.anfinsen.db.backup.Backup;
import org.anfinsen.db.backup.BackupException;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anfinsen backup}: the service's database into a file. */
@Command(
        name = "backup",
        description = "Writes jobs, results, files, keys and audit into one file. The service may be running.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The database is that of the service: the one in the data directory, or the one that",
            "SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD name.",
            "Model packages are files of their own: copy those that were imported.",
            "",
            "Example:",
            "  anfinsen backup anfinsen-2026-11-24.zip"
        })
final class BackupCommand implements Callable<Integer> {

    private static final double MIB = 1 << 20;

    @Parameters(paramLabel = "FILE", description = "The backup; it must not exist yet")
    private Path file = Path.of("");

    @Mixin
    private EngineOptions options = new EngineOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (Files.exists(file)) {
            throw new CommandFailedException(ExitCode.USAGE, file + " exists already");
        }
        try {
            BackupSummary backup = BackupSummary.of(
                    file, ServiceDatabase.use(options.places(), database -> Backup.write(database, file)));
            String text = String.format(
                    Locale.ROOT,
                    "%s: %d jobs, %d files of results, %.1f MiB",
                    file,
                    backup.jobs(),
                    backup.files(),
                    backup.bytes() / MIB);
            output.print(text, backup);
            return ExitCode.OK;
        } catch (BackupException e) {
            throw new CommandFailedException(ExitCode.SOFTWARE, String.valueOf(e.getMessage()));
        }
    }
}
