package org.anfinsen.network.run;

import java.util.regex.Pattern;

/** The runtime under the network failed, or a graph is not what the network expects. */
public final class NetworkException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private static final Pattern OUT_OF_MEMORY =
            Pattern.compile("bad_alloc|bad allocation|[Ff]ailed to allocate memory|[Oo]ut of memory|ALLOC_FAILED");

    /** Says what failed. */
    public NetworkException(String message) {
        super(message);
    }

    /** Says what failed and keeps the cause. */
    public NetworkException(String message, Throwable cause) {
        super(message, cause);
    }

    /** True if the message is one with which ONNX Runtime or CUDA says that memory ran out. */
    public boolean isOutOfMemory() {
        return OUT_OF_MEMORY.matcher(String.valueOf(getMessage())).find();
    }
}
