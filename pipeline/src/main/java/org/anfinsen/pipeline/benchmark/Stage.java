package org.anfinsen.pipeline.benchmark;

import java.util.UUID;
import java.util.function.BooleanSupplier;

/** The work on one target that takes it from one state to the next. Doing it twice does no harm. */
public interface Stage {

    /** Such as {@code aligning}. */
    String name();

    /** The state that the stage takes targets from; they leave it in the one after. */
    TargetState from();

    /**
     * Works on a target and stores what came of it.
     *
     * @param stop asked now and then; true if the work is to be left for later
     * @throws TargetFailedException if this target cannot be worked on
     * @throws StoppedException      once the work was left
     */
    void run(UUID benchmark, BenchmarkTarget target, BooleanSupplier stop)
            throws TargetFailedException, StoppedException;

    /** A target that cannot be worked on, with the reason for the report. */
    final class TargetFailedException extends Exception {
        public TargetFailedException(String message) {
            super(message);
        }

        public TargetFailedException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** The work was left as it stands. */
    final class StoppedException extends Exception {
        public StoppedException() {
            super("stopped");
        }
    }
}
