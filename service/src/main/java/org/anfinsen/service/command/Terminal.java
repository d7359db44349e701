package org.anfinsen.service.command;

/** Where the program's output goes. */
final class Terminal {

    private Terminal() {}

    /** True if a person looks on, false in a pipe or a job. */
    @SuppressWarnings("SystemConsoleNull") // From JDK 25 on it is null again where there is no terminal.
    static boolean isAttached() {
        return System.console() != null && System.console().isTerminal();
    }
}
