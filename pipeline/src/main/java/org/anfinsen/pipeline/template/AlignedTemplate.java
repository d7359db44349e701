package org.anfinsen.pipeline.template;

import java.util.Objects;
import org.anfinsen.structure.geometry.AtomPositions;

/**
 * A known structure laid along the query. The array belongs to this object.
 *
 * @param aatype    its residue at each of the query's, {@code [N_res]}: 0-19 in AlphaFold's order, 20 unknown,
 *                  {@value #GAP} none
 * @param positions its atoms there, {@code [N_res, 37, 3]} in Å
 * @throws IllegalArgumentException if the two differ in length
 */
@SuppressWarnings("ArrayRecordComponent") // Templates are never compared.
public record AlignedTemplate(int[] aatype, AtomPositions positions) {

    /** No residue. */
    public static final int GAP = 21;

    public AlignedTemplate {
        Objects.requireNonNull(positions, "positions");
        if (aatype.length != positions.length()) {
            throw new IllegalArgumentException(aatype.length + " residues, positions for " + positions.length());
        }
    }
}
