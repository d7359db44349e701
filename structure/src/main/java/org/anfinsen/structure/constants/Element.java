package org.anfinsen.structure.constants;

/** The elements of a protein's heavy atoms. */
public enum Element {
    C(1.7),
    N(1.55),
    O(1.52),
    S(1.8);

    private final double vanDerWaalsRadiusAngstrom;

    Element(double vanDerWaalsRadiusAngstrom) {
        this.vanDerWaalsRadiusAngstrom = vanDerWaalsRadiusAngstrom;
    }

    /** Van der Waals radius in Å, after Bondi 1964, as AlphaFold uses it for clashes. */
    public double vanDerWaalsRadiusAngstrom() {
        return vanDerWaalsRadiusAngstrom;
    }
}
