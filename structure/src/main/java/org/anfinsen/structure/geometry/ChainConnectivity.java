package org.anfinsen.structure.geometry;

import org.anfinsen.structure.constants.Atom;

/** Which neighbouring residues are joined by a peptide bond. */
public final class ChainConnectivity {

    /** The longest distance C to N, in Å, that still counts as bonded: DSSP's (Kabsch and Sander 1983). */
    public static final double MAXIMUM_PEPTIDE_BOND = 2.5;

    private ChainConnectivity() {}

    /**
     * Whether a residue is bonded to the one before it. The first residue is not; nor is one that lacks N, or whose
     * predecessor lacks C.
     *
     * @param residue counts from 0
     */
    public static boolean isBondedToPrevious(AtomPositions positions, int residue) {
        return residue > 0
                && positions.isPresent(residue - 1, Atom.C)
                && positions.isPresent(residue, Atom.N)
                && positions.at(residue - 1, Atom.C).distance(positions.at(residue, Atom.N)) <= MAXIMUM_PEPTIDE_BOND;
    }
}
