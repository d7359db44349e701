package org.anfinsen.network.run;

/** The runtime under the network failed, or a graph is not what the network expects. */
public final class NetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Says what failed. */
    public NetworkException(String message) {
        super(message);
    }

    /** Says what failed and keeps the cause. */
    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }
}
