package org.anfinsen.structure.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.geometry.IdealChain;
import org.anfinsen.structure.geometry.Vector3;
import org.junit.jupiter.api.Test;

class BackboneDescentTest {

    /** Two helices and a loop of four residues between them. */
    private static final ProteinSequence HAIRPIN = new ProteinSequence("hairpin", "SAEELLKKAEELGNPGSAEKLAEKALRLLE");

    private static final int N_RES = HAIRPIN.length();
    private static final double[] HELIX = {Math.toRadians(-62), Math.toRadians(-43)};
    private static final double[] LOOP_PHI = {-90, 60, -75, -65};
    private static final double[] LOOP_PSI = {5, 35, 140, 150};
    private static final DistancePotential LEVEL = DistancePotential.of(N_RES, 2, 1, 20, (i, j, costs) -> {});

    private static double[] torsions(double helix, double[] loop) {
        double[] torsions = new double[N_RES];
        for (int i = 0; i < torsions.length; i++) {
            torsions[i] = i >= 12 && i < 16 ? Math.toRadians(loop[i - 12]) : helix;
        }
        return torsions;
    }

    /** N, C-alpha, C of trans peptides: {@code [N_res, 3, 3]} in Å, row-major. */
    private static double[] backbone(double[] phi, double[] psi) {
        return IdealChain.frames(phi, psi).stream()
                .flatMap(frame -> Stream.of(Atom.N, Atom.CA, Atom.C)
                        .map(atom ->
                                ResidueConstants.idealAtom(AminoAcid.ALA, atom).orElseThrow())
                        .map(ideal -> frame.apply(new Vector3(ideal.x(), ideal.y(), ideal.z()))))
                .flatMapToDouble(atom -> DoubleStream.of(atom.x(), atom.y(), atom.z()))
                .toArray();
    }

    private static double[] native_() {
        return backbone(torsions(HELIX[0], LOOP_PHI), torsions(HELIX[1], LOOP_PSI));
    }

    private static double[] pseudoBetas(double[] atoms) {
        BackboneCost cost = new BackboneCost(HAIRPIN, new double[N_RES], new double[N_RES], LEVEL, settings(0, 0));
        cost.of(atoms, 1, new double[atoms.length]);
        return cost.pseudoBetas();
    }

    /** Of the pseudo-betas, {@code [N_res, N_res]} in Å. */
    private static double[][] distances(double[] atoms) {
        double[] beta = pseudoBetas(atoms);
        double[][] distances = new double[N_RES][N_RES];
        for (int i = 0; i < N_RES; i++) {
            for (int j = 0; j < N_RES; j++) {
                distances[i][j] = i == j ? 0 : Points3.distance(beta, 3 * i, 3 * j);
            }
        }
        return distances;
    }

    /** The square of what a distance is off, up to 16 Å². */
    private static DistancePotential potential(double[][] distances) {
        return DistancePotential.of(N_RES, 2, 0.25, 160, (i, j, costs) -> {
            for (int k = 0; k < costs.length; k++) {
                double off = 2 + 0.25 * k - distances[i][j];
                costs[k] = Math.min(off * off, 16);
            }
        });
    }

    private static DescentSettings settings(double hydrogenBondWeight, double clashWeight) {
        return new DescentSettings(2, 3, 300, 1.0, 5, hydrogenBondWeight, clashWeight, 500);
    }

    private static BackboneFold fold(long seed) {
        double[][] distances = distances(native_());
        double[] phi = torsions(HELIX[0], new double[] {-120, -120, -120, -120});
        double[] psi = torsions(HELIX[1], new double[] {130, 130, 130, 130});
        return BackboneDescent.fold(
                HAIRPIN,
                phi,
                psi,
                pseudoBetas(backbone(phi, psi)),
                distances,
                potential(distances),
                settings(0, 5),
                new SplittableRandom(seed));
    }

    @Test
    void findsTheFoldOfGivenDistancesAndNotItsMirrorImage() {
        BackboneFold fold = fold(1);
        double[] atoms = native_();
        double off = 0;
        for (int i = 0; i < N_RES; i++) {
            for (int j = 0; j < N_RES; j++) {
                double distance = fold.alpha().get(i).distance(fold.alpha().get(j));
                off += Math.pow(distance - at(atoms, 9 * i + 3).distance(at(atoms, 9 * j + 3)), 2);
            }
        }
        assertThat(Math.sqrt(off / (N_RES * N_RES))).isLessThan(0.8);
        for (int i = 1; i < 11; i++) {
            assertThat(fold.phi(i)).as("phi %d", i).isCloseTo(HELIX[0], within(0.7));
            assertThat(fold.psi(i)).as("psi %d", i).isCloseTo(HELIX[1], within(0.7));
        }
        assertThat(fold(1)).isEqualTo(fold);
        assertThat(fold(2)).isNotEqualTo(fold);
    }

    @Test
    void makesPeptidesOfTheAtoms() {
        BackboneFold fold = fold(1);
        for (int i = 1; i < N_RES; i++) {
            assertThat(fold.c().get(i - 1).distance(fold.n().get(i))).isCloseTo(1.329, within(0.05));
            assertThat(fold.alpha().get(i - 1).distance(fold.alpha().get(i))).isCloseTo(3.8, within(0.1));
            assertThat(fold.n().get(i).distance(fold.alpha().get(i))).isCloseTo(1.458, within(0.05));
        }
        assertThat(fold.frames()).hasSize(N_RES);
    }

    @Test
    void knowsItsDerivatives() {
        SplittableRandom random = new SplittableRandom(7);
        DistancePotential potential = DistancePotential.of(N_RES, 2, 0.5, 40, (i, j, costs) -> {
            for (int k = 0; k < costs.length; k++) {
                costs[k] = random.nextDouble();
            }
        });
        double[] atoms = Arrays.stream(native_())
                .map(x -> x + 0.1 * random.nextGaussian())
                .toArray();
        DescentSettings settings = new DescentSettings(1, 1, 1, 0, 2, 10, 5, 3);
        checkDerivatives(new BackboneCost(HAIRPIN, new double[N_RES], new double[N_RES], potential, settings), atoms);
        double[] points = random.doubles(3L * N_RES, 0, 20).toArray();
        checkDerivatives(new PointCost(potential, pseudoBetas(native_())), points);
    }

    @Test
    void keepsTheHandOfTheChainWhereItIsKnown() {
        double[] points = pseudoBetas(native_());
        double[] mirrored = points.clone();
        for (int k = 2; k < mirrored.length; k += 3) {
            mirrored[k] = -mirrored[k];
        }
        double[] unknown = points.clone();
        Arrays.fill(unknown, 0, unknown.length / 2, Double.NaN);
        double whole = pointCost(points, mirrored) - pointCost(points, points);
        double half = pointCost(unknown, mirrored) - pointCost(unknown, points);
        assertThat(whole).isGreaterThan(100);
        assertThat(half).isBetween(0.3 * whole, 0.7 * whole);
    }

    private static double pointCost(double[] given, double[] points) {
        return new PointCost(LEVEL, given).of(points, 1, new double[points.length]);
    }

    private static void checkDerivatives(Adam.Cost cost, double[] x) {
        double[] gradient = new double[x.length];
        double[] unused = new double[x.length];
        cost.of(x, 0.5, gradient);
        double step = 1e-7;
        for (int k = 0; k < x.length; k++) {
            double[] there = x.clone();
            double[] back = x.clone();
            there[k] += step;
            back[k] -= step;
            double slope = (cost.of(there, 0.5, unused) - cost.of(back, 0.5, unused)) / (2 * step);
            assertThat(gradient[k])
                    .as("coordinate %d", k)
                    .isCloseTo(slope, within(1e-4 * Math.max(1, Math.abs(slope))));
        }
    }

    @Test
    void embedsPointsAtTheirDistances() {
        double[][] distances = distances(native_());
        double[] all = DistanceEmbedding.of(distances, 1000);
        double[] near = DistanceEmbedding.of(distances, 12);
        double off = 0;
        for (int i = 0; i < N_RES; i++) {
            for (int j = i + 1; j < N_RES; j++) {
                assertThat(Points3.distance(all, 3 * i, 3 * j)).isCloseTo(distances[i][j], within(1e-4));
                off += Math.abs(Points3.distance(near, 3 * i, 3 * j) - distances[i][j]);
            }
        }
        assertThat(off / (N_RES * (N_RES - 1) / 2.0)).isBetween(0.1, 2.5);
        assertThat(DistanceEmbedding.of(new double[][] {{0, 5}, {5, 0}}, 12)).hasSize(6);
    }

    @Test
    void pushesAtomsApart() {
        DistancePotential together = DistancePotential.of(N_RES, 2, 1, 20, (i, j, costs) -> {
            for (int k = 0; k < costs.length; k++) {
                costs[k] = k;
            }
        });
        assertThat(nearest(descended(together, settings(0, 0)))).isLessThan(3);
        assertThat(nearest(descended(together, settings(0, 1000)))).isGreaterThan(3.4);
        assertThat(repulsion(descended(together, settings(0, 0)))).isGreaterThan(1000);
        assertThat(repulsion(descended(together, settings(0, 1000)))).isLessThan(0.1);
    }

    @Test
    void joinsPeptidesByHydrogenBonds() {
        double[] loose = descended(LEVEL, settings(0, 0));
        double[] bound = descended(LEVEL, settings(10, 0));
        assertThat(bondCost(bound)).isLessThan(bondCost(loose) - 5);
    }

    /** From a helix that is too wide. */
    private static double[] descended(DistancePotential potential, DescentSettings settings) {
        double[] phi = torsions(Math.toRadians(-75), LOOP_PHI);
        double[] psi = torsions(Math.toRadians(-25), LOOP_PSI);
        double[] atoms = backbone(phi, psi);
        Adam.descend(atoms, new BackboneCost(HAIRPIN, phi, psi, potential, settings), 300, 0.3, 0.01);
        return atoms;
    }

    private static double bondCost(double[] atoms) {
        return new HydrogenBonds(HAIRPIN).add(atoms, 1, new double[atoms.length]);
    }

    private static double repulsion(double[] atoms) {
        double[] byBetas = new double[3 * N_RES];
        return new Repulsion(HAIRPIN).add(atoms, pseudoBetas(atoms), 1, new double[atoms.length], byBetas);
    }

    private static double nearest(double[] atoms) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < N_RES; i++) {
            for (int j = i + DistancePotential.SEPARATION_MIN; j < N_RES; j++) {
                nearest = Math.min(nearest, Points3.distance(atoms, 9 * i + 3, 9 * j + 3));
            }
        }
        return nearest;
    }

    @Test
    void foldsTheShortestChains() {
        for (String letters : new String[] {"G", "GA", "GAS"}) {
            ProteinSequence sequence = new ProteinSequence("short", letters);
            int length = sequence.length();
            BackboneFold fold = BackboneDescent.fold(
                    sequence,
                    new double[length],
                    new double[length],
                    new double[3 * length],
                    new double[length][length],
                    DistancePotential.of(length, 2, 1, 20, (i, j, costs) -> {}),
                    settings(5, 5),
                    new SplittableRandom(1));
            assertThat(fold.frames()).hasSize(length);
            assertThat(fold.cost()).isFinite();
        }
    }

    @Test
    void refusesSizesThatDiffer() {
        DistancePotential potential = DistancePotential.of(5, 2, 1, 20, (i, j, costs) -> {});
        assertThatThrownBy(() -> new BackboneCost(HAIRPIN, new double[30], new double[29], potential, settings(0, 0)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("30 residues, 30 phi, 29 psi, a potential for 5");
        assertThatThrownBy(() -> BackboneDescent.fold(
                        HAIRPIN,
                        new double[30],
                        new double[30],
                        new double[90],
                        new double[5][5],
                        LEVEL,
                        settings(0, 0),
                        new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("30 residues, distances of 5, 90 coordinates");
    }

    private static Vector3 at(double[] atoms, int k) {
        return new Vector3(atoms[k], atoms[k + 1], atoms[k + 2]);
    }
}
