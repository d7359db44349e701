package org.anfinsen.pipeline.benchmark;

import org.jspecify.annotations.Nullable;

/**
 * What another method reached on a domain, as its file says.
 *
 * @param method  its name
 * @param domain  such as {@code T1024-D1}
 * @param tmScore 0 to 1
 * @param gdtTs   0 to 1; null if the file does not say
 */
public record PeerScore(
        String method,
        String domain,
        double tmScore,
        @Nullable Double gdtTs) {}
