package org.anfinsen.structure.geometry;

import java.util.Optional;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;

/**
 * The one point per residue that distograms and contacts are about: CB, and CA for glycine (Jumper et al. 2021, Suppl.
 * section 1.2.9).
 */
public final class PseudoBeta {

    private PseudoBeta() {}

    /** The point of a residue, counted from 0; empty if its atom is absent. */
    public static Optional<Vector3> find(ProteinSequence sequence, AtomPositions positions, int residue) {
        Atom atom = sequence.at(residue) == AminoAcid.GLY ? Atom.CA : Atom.CB;
        return positions.find(residue, atom);
    }

    /**
     * The points of a chain as the network's recycling input: {@code [N_res, 3]} in Å, row-major; (0, 0, 0) where the
     * atom is absent.
     *
     * @throws IllegalArgumentException if the two differ in length
     */
    public static float[] positions(ProteinSequence sequence, AtomPositions positions) {
        if (positions.length() != sequence.length()) {
            throw new IllegalArgumentException(sequence.length() + " residues, positions for " + positions.length());
        }
        float[] points = new float[3 * sequence.length()];
        for (int i = 0; i < sequence.length(); i++) {
            Vector3 point = find(sequence, positions, i).orElse(Vector3.ZERO);
            points[3 * i] = (float) point.x();
            points[3 * i + 1] = (float) point.y();
            points[3 * i + 2] = (float) point.z();
        }
        return points;
    }
}
