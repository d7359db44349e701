package org.anfinsen.db.backup;

/** A backup cannot be made or restored; the message says why. */
public final class BackupException extends RuntimeException {

    public BackupException(String message) {
        super(message);
    }

    public BackupException(String message, Throwable cause) {
        super(message, cause);
    }
}
