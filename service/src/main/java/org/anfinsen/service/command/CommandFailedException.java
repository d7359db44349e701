package org.anfinsen.service.command;

import picocli.CommandLine.ExitCode;

/** Ends a command with one line and an exit code. */
final class CommandFailedException extends RuntimeException {

    private final int exitCode;

    /** @param message where, what, and the remedy */
    CommandFailedException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** The input or the command line must change, as the cause says. */
    CommandFailedException(Exception cause) {
        this(ExitCode.USAGE, String.valueOf(cause.getMessage()));
    }

    int exitCode() {
        return exitCode;
    }
}
