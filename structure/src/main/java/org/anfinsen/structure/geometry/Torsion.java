package org.anfinsen.structure.geometry;

import java.util.List;

/** The torsion angles of a residue, in the order of the network's torsion axis. */
public enum Torsion {
    /** About the peptide bond before the residue: CA, C of the residue before, N, CA (AlphaFold's pre-omega). */
    OMEGA,
    /** C of the residue before, N, CA, C. */
    PHI,
    /** N, CA, C, N of the residue after. */
    PSI,
    CHI1,
    CHI2,
    CHI3,
    CHI4;

    /** All seven in order. */
    public static final List<Torsion> ALL = List.of(values());

    /** Position on the torsion axis, 0 to 6. */
    public int index() {
        return ordinal();
    }

    /** The torsion of chi {@code number}, 1 to 4. */
    public static Torsion ofChi(int number) {
        if (number < 1 || number > 4) {
            throw new IllegalArgumentException("chi " + number + ", side chains have chi 1 to 4");
        }
        return ALL.get(PSI.index() + number);
    }
}
