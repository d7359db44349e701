package org.anfinsen.network.parameters;

/** A parameter file that is not what the network needs: unreadable, a key missing or left over, a wrong shape. */
public final class ParameterException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what is wrong, with the key and both shapes where there are any. */
    public ParameterException(String message) {
        super(message);
    }

    /** Says what is wrong and keeps the cause. */
    public ParameterException(String message, Throwable cause) {
        super(message, cause);
    }
}
