package org.anfinsen.structure.constants;

import java.util.List;

/**
 * A side-chain torsion.
 *
 * @param number     1 to 4
 * @param atoms      the four atoms that define it, backbone end first
 * @param piPeriodic whether a turn by pi gives the same residue with two atom names exchanged
 */
public record ChiAngle(int number, List<Atom> atoms, boolean piPeriodic) {

    public ChiAngle {
        atoms = List.copyOf(atoms);
        if (atoms.size() != 4) {
            throw new IllegalArgumentException("chi " + number + " has " + atoms.size() + " atoms, a torsion has 4");
        }
    }
}
