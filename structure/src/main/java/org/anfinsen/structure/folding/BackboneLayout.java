package org.anfinsen.structure.folding;

/** Where a backbone's atoms are in one array of coordinates, {@code [N_res, 3, 3]} row-major: offsets within a residue. */
final class BackboneLayout {

    static final int N = 0;
    static final int CA = 3;
    static final int C = 6;

    /** From a residue to the next one. */
    static final int NEXT = 9;

    private BackboneLayout() {}
}
