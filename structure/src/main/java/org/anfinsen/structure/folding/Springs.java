package org.anfinsen.structure.folding;

import static org.anfinsen.structure.folding.BackboneLayout.C;
import static org.anfinsen.structure.folding.BackboneLayout.CA;
import static org.anfinsen.structure.folding.BackboneLayout.N;
import static org.anfinsen.structure.folding.BackboneLayout.NEXT;

/**
 * Springs that join N, C-alpha and C to trans peptides: bonds, angles (as distances of atoms two bonds apart) and the distance
 * of neighbouring C-alphas. Bonds and angles are Engh and Huber's (1991), the same for all residues.
 */
final class Springs {

    static final double C_N_ANGSTROM = 1.329;
    static final double N_CA_ANGSTROM = 1.458;
    static final double CA_C_ANGSTROM = 1.525;
    static final double C_N_CA_RADIANS = Math.toRadians(121.7);
    static final double N_CA_C_RADIANS = Math.toRadians(111.0);
    static final double CA_C_N_RADIANS = Math.toRadians(117.2);
    private static final double NEXT_CA_ANGSTROM = 3.80;

    /** From one atom of a residue to one of the same or the next, by their places among a residue's nine numbers. */
    private record Spring(int from, int to, double angstrom) {}

    private static final Spring[] SPRINGS = {
        new Spring(N, CA, N_CA_ANGSTROM),
        new Spring(CA, C, CA_C_ANGSTROM),
        new Spring(N, C, thirdSide(N_CA_ANGSTROM, CA_C_ANGSTROM, N_CA_C_RADIANS)),
        new Spring(C, NEXT + N, C_N_ANGSTROM),
        new Spring(CA, NEXT + N, thirdSide(CA_C_ANGSTROM, C_N_ANGSTROM, CA_C_N_RADIANS)),
        new Spring(C, NEXT + CA, thirdSide(C_N_ANGSTROM, N_CA_ANGSTROM, C_N_CA_RADIANS)),
        new Spring(CA, NEXT + CA, NEXT_CA_ANGSTROM)
    };

    private Springs() {}

    private static double thirdSide(double a, double b, double angle) {
        return Math.sqrt(a * a + b * b - 2 * a * b * Math.cos(angle));
    }

    /**
     * The share of the vector from a neighbour to an atom in the bond to a third one, opposite to the middle of both neighbours.
     *
     * @param bond        to the third atom, in Å
     * @param toNeighbour likewise, to this neighbour
     * @param angle       between both neighbours, in radians
     */
    static double opposite(double bond, double toNeighbour, double angle) {
        return bond / (2 * Math.cos(angle / 2) * toNeighbour);
    }

    /**
     * Their cost.
     *
     * @param atoms    N, C-alpha, C: {@code [N_res, 3, 3]} in Å
     * @param weight   of the square of what a spring is off, in 1/Å²
     * @param gradient gets the derivative added
     */
    static double add(double[] atoms, double weight, double[] gradient) {
        double cost = 0;
        for (Spring spring : SPRINGS) {
            for (int residue = 0; residue + spring.to < atoms.length; residue += NEXT) {
                double distance = Points3.distance(atoms, residue + spring.from, residue + spring.to);
                double off = distance - spring.angstrom;
                cost += weight * off * off;
                Points3.pull(atoms, residue + spring.from, residue + spring.to, 2 * weight * off / distance, gradient);
            }
        }
        return cost;
    }
}
