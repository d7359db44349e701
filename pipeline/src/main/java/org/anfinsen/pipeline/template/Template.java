package org.anfinsen.pipeline.template;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A template that was chosen for a query.
 *
 * @param library  where it is from
 * @param id       file and chain, such as {@code 1abc_A}
 * @param released of its file; null if the file does not say
 * @param coverage share of the query's residues that have one of the template's
 * @param identity share of those that are the same
 * @param engine   what found it, with its version
 * @param aligned  its residues and atoms along the query
 */
public record Template(
        String library,
        String id,
        @Nullable LocalDate released,
        double coverage,
        double identity,
        String engine,
        AlignedTemplate aligned) {}
