package org.anfinsen.structure.model;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a structure file holds.
 *
 * @param chains   its protein chains, in the file's order, each with the residues that have coordinates; at least one
 * @param released when it was first released to the public, if the file says so
 */
public record StructureEntry(List<ProteinStructure> chains, Optional<LocalDate> released) {

    public StructureEntry {
        Objects.requireNonNull(released, "released");
        chains = List.copyOf(chains);
        if (chains.isEmpty()) {
            throw new IllegalArgumentException("an entry without a chain");
        }
    }
}
