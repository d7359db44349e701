package org.anfinsen.structure.folding;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.anfinsen.structure.geometry.Vector3;

/**
 * What one point for each residue costs, in the place of its pseudo-beta: distances, a chain that holds together, and its hand.
 * Distances do not know left from right, so that each helix could have a hand of its own: four points in a row turn as they do
 * in a given chain.
 */
final class PointCost implements Adam.Cost {

    /** Least and most between pseudo-betas one and two residues on, in Å. */
    private static final double[][] RANGES_ANGSTROM = {{4.5, 6.7}, {4.8, 9.0}};

    private static final double NEIGHBOUR_WEIGHT = 5.0;

    private static final double HAND_WEIGHT = 30.0;

    /** The unit of the volumes. */
    private static final double HAND_CUBIC_ANGSTROM = 50.0;

    private final DistancePotential potential;
    private final double[] volumes;

    /**
     * A cost.
     *
     * @param given pseudo-betas of the chain whose hand is kept, {@code [N_res, 3]} in Å, row-major; NaN where there is none
     */
    PointCost(DistancePotential potential, double[] given) {
        this.potential = potential;
        this.volumes = IntStream.range(0, Math.max(given.length / 3 - 3, 0))
                .mapToDouble(
                        i -> step(given, 3 * i).cross(step(given, 3 * i + 3)).dot(step(given, 3 * i + 6)))
                .toArray();
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
        for (int i = 0; i < volumes.length; i++) {
            cost += Double.isNaN(volumes[i]) ? 0 : addHand(x, 3 * i, volumes[i], gradient);
        }
        return cost;
    }

    private static double addHand(double[] x, int i, double volume, double[] gradient) {
        Vector3 a = step(x, i);
        Vector3 b = step(x, i + 3);
        Vector3 c = step(x, i + 6);
        double off = (a.cross(b).dot(c) - volume) / HAND_CUBIC_ANGSTROM;
        double twist = 2 * HAND_WEIGHT / HAND_CUBIC_ANGSTROM * off;
        addStep(gradient, i, b.cross(c).times(twist));
        addStep(gradient, i + 3, c.cross(a).times(twist));
        addStep(gradient, i + 6, a.cross(b).times(twist));
        return HAND_WEIGHT * off * off;
    }

    /** From a point to the next. */
    private static Vector3 step(double[] points, int i) {
        return new Vector3(points[i + 3] - points[i], points[i + 4] - points[i + 1], points[i + 5] - points[i + 2]);
    }

    private static void addStep(double[] gradient, int i, Vector3 derivative) {
        double[] by = {derivative.x(), derivative.y(), derivative.z()};
        for (int axis = 0; axis < 3; axis++) {
            gradient[i + axis] -= by[axis];
            gradient[i + 3 + axis] += by[axis];
        }
    }
}
