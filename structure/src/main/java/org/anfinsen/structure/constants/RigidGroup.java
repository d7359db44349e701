package org.anfinsen.structure.constants;

import java.util.List;

/**
 * The eight frames of a residue (Jumper et al. 2021, Suppl. Table 2), each but the first turned about its own bond by
 * one torsion angle. Atoms in one group keep their distances whatever the torsions are.
 */
public enum RigidGroup {
    BACKBONE,
    PRE_OMEGA,
    PHI,
    PSI,
    CHI1,
    CHI2,
    CHI3,
    CHI4;

    /** All eight in order. */
    public static final List<RigidGroup> ALL = List.of(values());

    /** Position on the frame axis, 0 to 7. */
    public int index() {
        return ordinal();
    }

    /** The group at a position of the frame axis. */
    public static RigidGroup ofIndex(int index) {
        return ALL.get(index);
    }

    /** The group that turns with chi {@code number}, 1 to 4. */
    public static RigidGroup ofChi(int number) {
        if (number < 1 || number > 4) {
            throw new IllegalArgumentException("chi " + number + ", side chains have chi 1 to 4");
        }
        return ALL.get(PSI.index() + number);
    }
}
