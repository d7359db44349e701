package org.anfinsen.pipeline.benchmark;

import java.util.Objects;

/**
 * A native structure that a target is scored by: the whole chain, or one domain of it.
 *
 * @param name    of the domain, such as {@code T1024-D1}; the target's own for a whole chain
 * @param content a PDB or mmCIF file as text, its residues numbered as the target's where they can be
 */
public record NativeDomain(String name, String content) {

    public NativeDomain {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(content, "content");
    }
}
