package org.anfinsen.network.model;

/** A model package that is damaged, missing or cannot be written. */
public final class ModelException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong. */
    public ModelException(String message) {
        super(message);
    }

    /** Says what is wrong and keeps the cause. */
    public ModelException(String message, Throwable cause) {
        super(message, cause);
    }
}
