package org.anfinsen.pipeline.benchmark;

/** A folder that holds no target, or too many. */
public final class InvalidTargetsException extends Exception {
    public InvalidTargetsException(String message) {
        super(message);
    }
}
