package org.anfinsen.pipeline.template;

import java.time.LocalDate;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A chain of a library.
 *
 * @param key      names it in the library's search files
 * @param entry    name of its file without endings, such as {@code 1abc}
 * @param chain    its identifier in the file; may be blank
 * @param file     relative to the folder of the library
 * @param sha256   of the file, hexadecimal
 * @param released when the file says that it was released; null if it does not
 * @param residues those that have coordinates, in one-letter codes
 */
record TemplateChain(
        String key,
        String entry,
        String chain,
        String file,
        String sha256,
        @Nullable LocalDate released,
        String residues) {

    TemplateChain {
        Objects.requireNonNull(key, "key");
        Objects.requireNonNull(entry, "entry");
        Objects.requireNonNull(chain, "chain");
        Objects.requireNonNull(file, "file");
        Objects.requireNonNull(sha256, "sha256");
        Objects.requireNonNull(residues, "residues");
    }

    TemplateChain withKey(String newKey) {
        return new TemplateChain(newKey, entry, chain, file, sha256, released, residues);
    }

    /** As the PDB's users write it: {@code 1abc_A}. */
    String id() {
        return chain.isBlank() ? entry : entry + "_" + chain;
    }

    /** A structure that is not known to be old enough counts as too young, so that a benchmark stays blind. */
    boolean isReleasedBy(@Nullable LocalDate cutoff) {
        return cutoff == null || (released != null && !released.isAfter(cutoff));
    }
}
