package org.anfinsen.service.command;

/** Where the program's output goes. */
final class Terminal {

    /** Goes back to the beginning of the line and empties it. */
    static final String CLEAR_LINE = "\r\033[K";

    private static final int BAR_WIDTH = 24;

    private Terminal() {}

    /** True if a person looks on, false in a pipe or a job. */
    @SuppressWarnings("SystemConsoleNull") // From JDK 25 on it is null again where there is no terminal.
    static boolean isAttached() {
        return System.console() != null && System.console().isTerminal();
    }

    /** A bar of which such a share is full. */
    static String bar(double share) {
        int full = (int) Math.round(share * BAR_WIDTH);
        return "█".repeat(full) + "░".repeat(BAR_WIDTH - full);
    }
}
