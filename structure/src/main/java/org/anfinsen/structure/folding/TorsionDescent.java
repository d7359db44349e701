package org.anfinsen.structure.folding;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.anfinsen.protein.ProteinSequence;

/**
 * Gradient descent over phi and psi: Adam (Kingma and Ba 2015), at a rate that falls to nothing, from several starts around
 * given torsions. The cost is the potential of the distances, a pull towards the given torsions, hydrogen bonds, and a
 * repulsion of C-alpha atoms nearer than 4 Å. Bonds, angles and omega stay ideal throughout.
 */
public final class TorsionDescent {

    private static final double FIRST_RATE = 0.085;
    private static final double LAST_RATE = 0.005;
    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.999;
    private static final double EPSILON = 1e-8;
    private static final double CLASH_ANGSTROM = 4.0;

    private final DistancePotential potential;
    private final DescentSettings settings;
    private final double[] givenPhi;
    private final double[] givenPsi;
    private final Backbone backbone;
    private final HydrogenBonds hydrogenBonds;
    private final double[] byAlpha;
    private final double[] byBeta;
    private final double[] byO;
    private final double[] byH;
    private final double[] byPhi;
    private final double[] byPsi;

    TorsionDescent(
            ProteinSequence sequence,
            double[] phi,
            double[] psi,
            DistancePotential potential,
            DescentSettings settings) {
        int nRes = sequence.length();
        this.potential = potential;
        this.settings = settings;
        this.givenPhi = phi;
        this.givenPsi = psi;
        this.backbone = new Backbone(sequence);
        this.hydrogenBonds = new HydrogenBonds(sequence);
        this.byAlpha = new double[3 * nRes];
        this.byBeta = new double[3 * nRes];
        this.byO = new double[3 * nRes];
        this.byH = new double[3 * nRes];
        this.byPhi = new double[nRes];
        this.byPsi = new double[nRes];
    }

    /**
     * The fold of the lowest cost.
     *
     * @param phi    torsions to start from and to stay near to, in radians, {@code [N_res]}
     * @param psi    likewise
     * @param random of the starts; the result depends on nothing else than the arguments
     * @throws IllegalArgumentException if the sizes differ
     */
    public static BackboneFold fold(
            ProteinSequence sequence,
            double[] phi,
            double[] psi,
            DistancePotential potential,
            DescentSettings settings,
            RandomGenerator random) {
        int nRes = sequence.length();
        if (phi.length != nRes || psi.length != nRes || potential.length() != nRes) {
            throw new IllegalArgumentException(nRes + " residues, " + phi.length + " phi, " + psi.length
                    + " psi, a potential for " + potential.length());
        }
        Supplier<TorsionDescent> descents = () -> new TorsionDescent(sequence, phi, psi, potential, settings);
        BackboneFold best = lowest(descents, starts(settings, phi, psi, settings.noiseRadians(), random));
        for (int round = 1; round < settings.rounds(); round++) {
            BackboneFold next = lowest(
                    descents, starts(settings, best.allPhi(), best.allPsi(), settings.restartNoiseRadians(), random));
            best = next.cost() < best.cost() ? next : best;
        }
        return best;
    }

    /** The starts of a round go down side by side, as many as there are processors. */
    private static BackboneFold lowest(Supplier<TorsionDescent> descents, List<double[]> starts) {
        return starts.parallelStream()
                .map(start -> descents.get().descended(start))
                .min(Comparator.comparingDouble(BackboneFold::cost))
                .orElseThrow();
    }

    private static List<double[]> starts(
            DescentSettings settings, double[] phi, double[] psi, double noise, RandomGenerator random) {
        return Stream.generate(() -> noisy(phi, psi, noise, random))
                .limit(settings.starts())
                .toList();
    }

    private static double[] noisy(double[] phi, double[] psi, double noise, RandomGenerator random) {
        int nRes = phi.length;
        double[] torsions = new double[2 * nRes];
        for (int i = 0; i < nRes; i++) {
            torsions[i] = phi[i] + noise * random.nextGaussian();
            torsions[nRes + i] = psi[i] + noise * random.nextGaussian();
        }
        return torsions;
    }

    private BackboneFold descended(double[] torsions) {
        int nRes = givenPhi.length;
        double[] mean = new double[2 * nRes];
        double[] square = new double[2 * nRes];
        for (int step = 1; step <= settings.steps(); step++) {
            double done = (step - 1.0) / settings.steps();
            cost(torsions, done);
            double rate = LAST_RATE + (FIRST_RATE - LAST_RATE) * (1 - done);
            double meanScale = 1 - Math.pow(MEAN_DECAY, step);
            double squareScale = 1 - Math.pow(SQUARE_DECAY, step);
            for (int k = 0; k < 2 * nRes; k++) {
                double g = k < nRes ? byPhi[k] : byPsi[k - nRes];
                mean[k] = MEAN_DECAY * mean[k] + (1 - MEAN_DECAY) * g;
                square[k] = SQUARE_DECAY * square[k] + (1 - SQUARE_DECAY) * g * g;
                torsions[k] -= rate * (mean[k] / meanScale) / (Math.sqrt(square[k] / squareScale) + EPSILON);
            }
        }
        double cost = cost(torsions, 1);
        return new BackboneFold(
                cost,
                backbone.frames(),
                Arrays.copyOfRange(torsions, 0, nRes),
                Arrays.copyOfRange(torsions, nRes, 2 * nRes));
    }

    /** The cost of torsions (phi, then psi); places the backbone and fills the derivatives by phi and psi. */
    double cost(double[] torsions, double share) {
        int nRes = givenPhi.length;
        double[] phi = Arrays.copyOfRange(torsions, 0, nRes);
        double[] psi = Arrays.copyOfRange(torsions, nRes, 2 * nRes);
        backbone.place(phi, psi);
        Arrays.fill(byAlpha, 0);
        Arrays.fill(byBeta, 0);
        Arrays.fill(byO, 0);
        Arrays.fill(byH, 0);
        double cost = potential.add(backbone.beta(), byBeta);
        cost += addClashes(settings.clashWeight() * share);
        cost += hydrogenBonds.add(backbone.h(), backbone.o(), settings.hydrogenBondWeight() * share, byH, byO);
        backbone.gradient(byAlpha, byBeta, byO, byH, byPhi, byPsi);
        return cost + addTorsions(phi, givenPhi, byPhi) + addTorsions(psi, givenPsi, byPsi);
    }

    /** The derivatives of the last cost: by phi, then by psi, {@code [2 N_res]}. */
    double[] gradient() {
        double[] gradient = Arrays.copyOf(byPhi, 2 * byPhi.length);
        System.arraycopy(byPsi, 0, gradient, byPhi.length, byPsi.length);
        return gradient;
    }

    private double addTorsions(double[] torsions, double[] given, double[] gradient) {
        double sum = 0;
        for (int i = 0; i < torsions.length; i++) {
            double difference = torsions[i] - given[i];
            sum += settings.torsionWeight() * (1 - Math.cos(difference));
            gradient[i] += settings.torsionWeight() * Math.sin(difference);
        }
        return sum;
    }

    private double addClashes(double weight) {
        double[] alpha = backbone.alpha();
        double sum = 0;
        for (int i = 0; i < givenPhi.length; i++) {
            for (int j = i + DistancePotential.SEPARATION_MIN; j < givenPhi.length; j++) {
                double x = alpha[3 * j] - alpha[3 * i];
                if (Math.abs(x) >= CLASH_ANGSTROM) {
                    continue;
                }
                double y = alpha[3 * j + 1] - alpha[3 * i + 1];
                double z = alpha[3 * j + 2] - alpha[3 * i + 2];
                double squared = x * x + y * y + z * z;
                if (squared >= CLASH_ANGSTROM * CLASH_ANGSTROM || squared == 0) {
                    continue;
                }
                double distance = Math.sqrt(squared);
                double lacking = CLASH_ANGSTROM - distance;
                sum += weight * lacking * lacking;
                double push = 2 * weight * lacking / distance;
                byAlpha[3 * i] += push * x;
                byAlpha[3 * i + 1] += push * y;
                byAlpha[3 * i + 2] += push * z;
                byAlpha[3 * j] -= push * x;
                byAlpha[3 * j + 1] -= push * y;
                byAlpha[3 * j + 2] -= push * z;
            }
        }
        return sum;
    }
}
