package org.anfinsen.structure.folding;

import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.anfinsen.protein.ProteinSequence;

/**
 * Folds a backbone into distances, by gradient descent over the coordinates of N, C-alpha and C. Torsions would be fewer
 * variables (Senior et al. 2020), but each turns a whole arm of the chain, so that long chains are caught far above the lowest
 * cost; free atoms pass each other. The shape is found first, by one point for each residue, from what classical scaling makes
 * of the distances. Both mirror images of it are then filled with atoms, and the lowest cost decides.
 */
public final class BackboneDescent {

    /** Distances up to these are scaled, the nearest ones being surest: an embedding each. */
    private static final double[] REACHES_ANGSTROM = {18, 12, 15};

    /** Of points around an embedding. */
    private static final int CLOUDS = 2;

    private static final int POINT_STEPS = 300;
    private static final double POINT_NOISE_ANGSTROM = 1.0;
    private static final double POINT_FIRST_RATE = 1.0;
    private static final double POINT_LAST_RATE = 0.05;
    private static final double ATOM_NOISE_ANGSTROM = 0.5;
    private static final double FIRST_RATE = 0.3;
    private static final double LAST_RATE = 0.01;

    /** Of the way to the residues before and after, where N and C begin. */
    private static final double TO_NEIGHBOUR = 0.3;

    private BackboneDescent() {}

    /**
     * The fold of the lowest cost.
     *
     * @param phi       torsions to stay near to, in radians, {@code [N_res]}; the first is not looked at
     * @param psi       likewise; the last is not looked at
     * @param beta      pseudo-betas of the chain that has these torsions, {@code [N_res, 3]} in Å, row-major; NaN where there
     *                  is none
     * @param distances expected ones of the pseudo-betas, {@code [N_res, N_res]} in Å, symmetric
     * @param random    of the starts; the result depends on nothing else than the arguments
     * @throws IllegalArgumentException if the sizes differ
     */
    public static BackboneFold fold(
            ProteinSequence sequence,
            double[] phi,
            double[] psi,
            double[] beta,
            double[][] distances,
            DistancePotential potential,
            DescentSettings settings,
            RandomGenerator random) {
        if (distances.length != sequence.length() || beta.length != 3 * sequence.length()) {
            throw new IllegalArgumentException(sequence.length() + " residues, distances of " + distances.length + ", "
                    + beta.length + " coordinates");
        }
        Supplier<BackboneCost> costs = () -> new BackboneCost(sequence, phi, psi, potential, settings);
        BackboneFold best =
                lowest(costs, firstStarts(distances, new PointCost(potential, beta), random), settings.steps());
        for (int round = 1; round < settings.rounds(); round++) {
            BackboneFold next = lowest(costs, around(best, settings, random), settings.steps());
            best = next.cost() < best.cost() ? next : best;
        }
        return best;
    }

    /** The starts of a round go down side by side, as many as there are processors. */
    private static BackboneFold lowest(Supplier<BackboneCost> costs, List<double[]> starts, int steps) {
        return starts.parallelStream()
                .map(x -> BackboneFold.of(Adam.descend(x, costs.get(), steps, FIRST_RATE, LAST_RATE), x))
                .min(Comparator.comparingDouble(BackboneFold::cost))
                .orElseThrow();
    }

    private static List<double[]> around(BackboneFold best, DescentSettings settings, RandomGenerator random) {
        double[] atoms = best.atoms();
        return Stream.generate(() -> noisy(atoms, settings.restartNoiseAngstrom(), random))
                .limit(settings.restarts())
                .toList();
    }

    private static List<double[]> firstStarts(double[][] distances, PointCost cost, RandomGenerator random) {
        List<double[]> embeddings = Arrays.stream(REACHES_ANGSTROM)
                .parallel()
                .mapToObj(reach -> DistanceEmbedding.of(distances, reach))
                .toList();
        List<double[]> clouds = Collections.nCopies(CLOUDS, embeddings).stream()
                .flatMap(List::stream)
                .flatMap(points -> Stream.of(points, mirrored(points)))
                .map(points -> noisy(points, POINT_NOISE_ANGSTROM, random))
                .toList();
        clouds.parallelStream()
                .forEach(points -> Adam.descend(points, cost, POINT_STEPS, POINT_FIRST_RATE, POINT_LAST_RATE));
        return clouds.stream()
                .map(points -> noisy(backbone(points), ATOM_NOISE_ANGSTROM, random))
                .toList();
    }

    private static double[] mirrored(double[] points) {
        double[] mirrored = points.clone();
        for (int k = 2; k < mirrored.length; k += 3) {
            mirrored[k] = -mirrored[k];
        }
        return mirrored;
    }

    /** N, C-alpha and C on the way from point to point. */
    private static double[] backbone(double[] points) {
        double[] atoms = new double[3 * points.length];
        for (int i = 0; i < points.length; i += 3) {
            for (int axis = 0; axis < 3; axis++) {
                double here = points[i + axis];
                double before = i == 0 ? here : points[i - 3 + axis];
                double after = i + 3 == points.length ? here : points[i + 3 + axis];
                atoms[3 * i + axis] = here + TO_NEIGHBOUR * (before - here);
                atoms[3 * i + 3 + axis] = here;
                atoms[3 * i + 6 + axis] = here + TO_NEIGHBOUR * (after - here);
            }
        }
        return atoms;
    }

    private static double[] noisy(double[] coordinates, double noise, RandomGenerator random) {
        return Arrays.stream(coordinates)
                .map(x -> x + noise * random.nextGaussian())
                .toArray();
    }
}
