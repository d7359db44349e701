package org.anfinsen.service.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import org.anfinsen.db.backup.Contents;

/**
 * What the commands say of a backup.
 *
 * @param file    where it is
 * @param created by the database's clock
 * @param jobs    in all states
 * @param files   of results
 * @param bytes   that it takes
 */
record BackupSummary(String file, Instant created, long jobs, long files, long bytes) {

    static BackupSummary of(Path file, Contents contents) throws IOException {
        return new BackupSummary(
                file.toString(),
                contents.created(),
                contents.rows("predictions"),
                contents.rows("artifacts"),
                Files.size(file));
    }
}
