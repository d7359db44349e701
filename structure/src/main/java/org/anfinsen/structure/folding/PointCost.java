package org.anfinsen.structure.folding;

import java.util.Arrays;

/** What one point for each residue costs, in the place of its pseudo-beta: distances, and a chain that holds together. */
final class PointCost implements Adam.Cost {

    /** Least and most between pseudo-betas one and two residues on, in Å. */
    private static final double[][] RANGES_ANGSTROM = {{4.5, 6.7}, {4.8, 9.0}};

    private static final double NEIGHBOUR_WEIGHT = 5.0;

    private final DistancePotential potential;

    PointCost(DistancePotential potential) {
        this.potential = potential;
    }

    /** @param x points, {@code [N_res, 3]} in Å, row-major */
    @Override
    public double of(double[] x, double share, double[] gradient) {
        Arrays.fill(gradient, 0);
        double cost = potential.add(x, gradient);
        for (int apart = 1; apart <= RANGES_ANGSTROM.length; apart++) {
            double least = RANGES_ANGSTROM[apart - 1][0];
            double most = RANGES_ANGSTROM[apart - 1][1];
            for (int i = 0; i + 3 * apart < x.length; i += 3) {
                double distance = Points3.distance(x, i, i + 3 * apart);
                double off = Math.max(distance - most, 0) - Math.max(least - distance, 0);
                cost += NEIGHBOUR_WEIGHT * off * off;
                Points3.pull(x, i, i + 3 * apart, 2 * NEIGHBOUR_WEIGHT * off / distance, gradient);
            }
        }
        return cost;
    }
}
