package org.anfinsen.network.run;

import java.nio.file.Path;
import java.util.Optional;

/**
 * How a graph is run.
 *
 * @param provider what computes
 * @param threads threads of one operation on the CPU; 0 leaves the choice to ONNX Runtime
 * @param profile where ONNX Runtime is to write a profile of the session, begun with this prefix
 */
public record SessionSettings(Provider provider, int threads, Optional<Path> profile) {
    /** Most threads taken. */
    public static final int THREADS_MAX = 1024;

    /** What computes. */
    public enum Provider {
        /** CUDA if it can be used, else the CPU. */
        AUTO,
        /** The CPU. */
        CPU,
        /** CUDA, and a failure if it cannot be used. */
        CUDA
    }

    /** Checks the number of threads. */
    public SessionSettings {
        if (threads < 0 || threads > THREADS_MAX) {
            throw new IllegalArgumentException(threads + " threads, allowed 0 to " + THREADS_MAX);
        }
    }

    /** CUDA if it can be used, else all cores. */
    public static SessionSettings defaults() {
        return new SessionSettings(Provider.AUTO, 0, Optional.empty());
    }

    /** The same on the CPU with so many threads. */
    public static SessionSettings cpu(int threads) {
        return new SessionSettings(Provider.CPU, threads, Optional.empty());
    }

    /** The same with a profile. */
    public SessionSettings withProfile(Path prefix) {
        return new SessionSettings(provider, threads, Optional.of(prefix));
    }
}
