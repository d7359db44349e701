package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.anfinsen.db.backup.BackupException;
import org.anfinsen.db.backup.Restoration;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code anfinsen restore}: the service's database from a file. */
@Command(
        name = "restore",
        description = "Fills the service's database, which must be empty, from a backup of this or an earlier version.",
        mixinStandardHelpOptions = true,
        footer = {
            "",
            "The database is that of the service: the one in the data directory, or the one that",
            "SPRING_DATASOURCE_URL, SPRING_DATASOURCE_USERNAME and SPRING_DATASOURCE_PASSWORD name.",
            "Jobs that ran when the backup was made go back to the queue.",
            "",
            "Example:",
            "  anfinsen restore anfinsen-2026-11-24.zip --data-directory restored"
        })
final class RestoreCommand implements Callable<Integer> {

    @Parameters(paramLabel = "FILE", description = "Written by anfinsen backup")
    private Path file = Path.of("");

    @Mixin
    private EngineOptions options = new EngineOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() throws IOException {
        if (!Files.isRegularFile(file)) {
            throw new CommandFailedException(ExitCode.USAGE, file + ": there is no such file");
        }
        try {
            BackupSummary backup = BackupSummary.of(
                    file, ServiceDatabase.use(options.places(), database -> Restoration.read(file, database)));
            String text = String.format(
                    "%d jobs and %d files of results of %s are restored",
                    backup.jobs(), backup.files(), backup.created());
            output.print(text, backup);
            return ExitCode.OK;
        } catch (BackupException e) {
            throw new CommandFailedException(e);
        }
    }
}
