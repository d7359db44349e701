package org.anfinsen.service.isolation;

import java.time.Duration;

/** Lets several work at a time, or one alone: whoever wants to be alone waits for the others, and new ones wait for it. */
final class Turns {

    private static final Duration LOOK = Duration.ofMillis(500);

    private int working;
    private boolean alone;
    private int wantingToBeAlone;

    /**
     * Waits for a turn, which {@link #end} gives back.
     *
     * @param alone true if nobody else may work meanwhile
     * @param check asked twice a second; what it throws ends the wait
     */
    synchronized void begin(boolean alone, Runnable check) {
        wantingToBeAlone += alone ? 1 : 0;
        try {
            while (this.alone || (alone ? working > 0 : wantingToBeAlone > 0)) {
                wait(LOOK.toMillis());
                check.run();
            }
            working++;
            this.alone = alone;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for other predictions", e);
        } finally {
            wantingToBeAlone -= alone ? 1 : 0;
            notifyAll();
        }
    }

    synchronized void end() {
        working--;
        alone = false;
        notifyAll();
    }
}
