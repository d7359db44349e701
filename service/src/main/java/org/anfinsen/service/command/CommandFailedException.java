package org.anfinsen.service.command;

/** Ends a command with one line and an exit code. */
final class CommandFailedException extends RuntimeException {

    private final int exitCode;

    /** @param message where, what, and the remedy */
    CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    int exitCode() {
        return exitCode;
    }
}
