package org.anfinsen.structure.folding;

import static org.anfinsen.structure.folding.BackboneLayout.C;
import static org.anfinsen.structure.folding.BackboneLayout.CA;
import static org.anfinsen.structure.folding.BackboneLayout.N;
import static org.anfinsen.structure.folding.BackboneLayout.NEXT;

/** Oxygens of peptides where they are on ideal ones, linear in the atoms around them; the last residue has its C there. */
final class Oxygens {

    private static final double C_O_ANGSTROM = 1.231;

    /** Of C-alpha to C, and of the next N to C, in C to O. */
    private static final double FROM_CA = Springs.opposite(C_O_ANGSTROM, Springs.CA_C_ANGSTROM, Springs.CA_C_N_RADIANS);

    private static final double FROM_N = Springs.opposite(C_O_ANGSTROM, Springs.C_N_ANGSTROM, Springs.CA_C_N_RADIANS);

    private Oxygens() {}

    /**
     * Places them.
     *
     * @param atoms   N, C-alpha, C: {@code [N_res, 3, 3]} in Å
     * @param oxygens gets {@code [N_res, 3]} in Å
     */
    static void place(double[] atoms, double[] oxygens) {
        for (int i = 0; 3 * i < oxygens.length; i++) {
            int k = NEXT * i;
            boolean last = 3 * i + 3 == oxygens.length;
            for (int axis = 0; axis < 3; axis++) {
                double c = atoms[k + C + axis];
                double bond =
                        last ? 0 : FROM_CA * (c - atoms[k + CA + axis]) + FROM_N * (c - atoms[k + NEXT + N + axis]);
                oxygens[3 * i + axis] = c + bond;
            }
        }
    }

    /** Adds to the derivatives by the atoms what those by the oxygens, {@code [N_res, 3]}, make of them. */
    static void addDerivatives(double[] byOxygens, double[] gradient) {
        for (int i = 0; 3 * i < byOxygens.length; i++) {
            int k = NEXT * i;
            boolean last = 3 * i + 3 == byOxygens.length;
            for (int axis = 0; axis < 3; axis++) {
                double by = byOxygens[3 * i + axis];
                gradient[k + C + axis] += by;
                if (!last) {
                    gradient[k + C + axis] += (FROM_CA + FROM_N) * by;
                    gradient[k + CA + axis] -= FROM_CA * by;
                    gradient[k + NEXT + N + axis] -= FROM_N * by;
                }
            }
        }
    }
}
