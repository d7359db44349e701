package org.anfinsen.service.command;

import java.io.PrintWriter;
import java.util.function.DoubleConsumer;

/** How much of many files is read: a bar on a terminal that goes when all is, nothing elsewhere. */
final class ReadingBar implements DoubleConsumer {

    private static final int PERCENT = 100;

    private final PrintWriter err;
    private final boolean attached = Terminal.isAttached();
    private int last = -1;

    ReadingBar(PrintWriter err) {
        this.err = err;
    }

    @Override
    public void accept(double share) {
        int now = (int) (PERCENT * share);
        if (attached && now != last) {
            String text = now < PERCENT ? Terminal.bar(share) + " reading, " + now + " %" : "";
            err.print(Terminal.CLEAR_LINE + text);
            err.flush();
            last = now;
        }
    }

    /** Prints a line in the bar's place. */
    void line(String text) {
        err.println((attached ? Terminal.CLEAR_LINE : "") + text);
        err.flush();
        last = -1;
    }
}
