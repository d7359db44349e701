package org.anfinsen.structure.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.TorsionAngles;
import org.junit.jupiter.api.Test;

class TorsionDescentTest {

    /** Two helices and a loop of four residues between them. */
    private static final ProteinSequence HAIRPIN = new ProteinSequence("hairpin", "SAEELLKKAEELGNPGSAEKLAEKALRLLE");

    private static final double HELIX_PHI = Math.toRadians(-62);
    private static final double HELIX_PSI = Math.toRadians(-43);

    private static final double[] LOOP_PHI = {-90, 60, -75, -65};
    private static final double[] LOOP_PSI = {5, 35, 140, 150};

    private static double[] torsions(double helix, double[] loop) {
        double[] torsions = new double[HAIRPIN.length()];
        for (int i = 0; i < torsions.length; i++) {
            torsions[i] = i >= 12 && i < 16 ? Math.toRadians(loop[i - 12]) : helix;
        }
        return torsions;
    }

    /** The square of what a distance is off, up to 16 Å². */
    private static DistancePotential distancesOf(Backbone native_) {
        double[] beta = native_.beta().clone();
        return DistancePotential.of(HAIRPIN.length(), 2, 0.25, 160, (i, j, costs) -> {
            double x = Math.hypot(
                    Math.hypot(beta[3 * i] - beta[3 * j], beta[3 * i + 1] - beta[3 * j + 1]),
                    beta[3 * i + 2] - beta[3 * j + 2]);
            for (int k = 0; k < costs.length; k++) {
                double off = 2 + 0.25 * k - x;
                costs[k] = Math.min(off * off, 16);
            }
        });
    }

    private static double distanceRms(List<RigidFrame> a, List<RigidFrame> b) {
        double sum = 0;
        int pairs = 0;
        for (int i = 0; i < a.size(); i++) {
            for (int j = i + 1; j < a.size(); j++, pairs++) {
                double off = a.get(i).translation().distance(a.get(j).translation())
                        - b.get(i).translation().distance(b.get(j).translation());
                sum += off * off;
            }
        }
        return Math.sqrt(sum / pairs);
    }

    @Test
    void placesPeptidesThatMeasureAsTheirTorsions() {
        double[] phi = torsions(HELIX_PHI, LOOP_PHI);
        double[] psi = torsions(HELIX_PSI, LOOP_PSI);
        Backbone backbone = new Backbone(HAIRPIN);
        backbone.place(phi, psi);
        AtomPositions positions = AllAtomCoordinates.compute(HAIRPIN, backbone.frames(), zeros(HAIRPIN.length() * 14));
        TorsionAngles measured = TorsionAngles.measure(HAIRPIN, positions);
        for (int i = 1; i < HAIRPIN.length(); i++) {
            assertThat(measured.at(i, Torsion.PHI).orElseThrow()).isCloseTo(phi[i], within(0.1));
            assertThat(measured.at(i - 1, Torsion.PSI).orElseThrow()).isCloseTo(psi[i - 1], within(0.1));
            assertThat(Math.abs(measured.at(i, Torsion.OMEGA).orElseThrow())).isCloseTo(Math.PI, within(0.1));
            assertThat(positions.at(i - 1, Atom.C).distance(positions.at(i, Atom.N)))
                    .isCloseTo(1.33, within(0.04));
        }
        double[] beta = backbone.beta();
        assertThat(positions.at(3, Atom.CB).x()).isCloseTo(beta[9], within(0.1));
        assertThat(positions.at(3, Atom.CB).y()).isCloseTo(beta[10], within(0.1));
        assertThat(positions.at(3, Atom.CB).z()).isCloseTo(beta[11], within(0.1));
    }

    @Test
    void knowsItsDerivatives() {
        SplittableRandom random = new SplittableRandom(7);
        int nRes = HAIRPIN.length();
        DistancePotential potential = DistancePotential.of(nRes, 2, 0.5, 40, (i, j, costs) -> {
            for (int k = 0; k < costs.length; k++) {
                costs[k] = random.nextDouble();
            }
        });
        double[] torsions = random.doubles(2L * nRes, -Math.PI, Math.PI).toArray();
        TorsionDescent descent = new TorsionDescent(
                HAIRPIN, new double[nRes], new double[nRes], potential, new DescentSettings(1, 1, 1, 0, 0, 2, 10, 5));
        descent.cost(torsions, 0.5);
        double[] gradient = descent.gradient();
        double step = 1e-7;
        for (int k = 0; k < torsions.length; k++) {
            double[] there = torsions.clone();
            double[] back = torsions.clone();
            there[k] += step;
            back[k] -= step;
            double slope = (descent.cost(there, 0.5) - descent.cost(back, 0.5)) / (2 * step);
            assertThat(gradient[k]).as("torsion %d", k).isCloseTo(slope, within(1e-4 * Math.max(1, Math.abs(slope))));
        }
    }

    @Test
    void findsTheFoldOfGivenDistances() {
        Backbone native_ = new Backbone(HAIRPIN);
        native_.place(torsions(HELIX_PHI, LOOP_PHI), torsions(HELIX_PSI, LOOP_PSI));
        double[] phi = torsions(HELIX_PHI, new double[] {-120, -120, -120, -120});
        double[] psi = torsions(HELIX_PSI, new double[] {130, 130, 130, 130});
        Backbone start = new Backbone(HAIRPIN);
        start.place(phi, psi);
        DescentSettings settings = new DescentSettings(2, 3, 200, 0.2, 0.1, 1, 0, 5);
        BackboneFold fold =
                TorsionDescent.fold(HAIRPIN, phi, psi, distancesOf(native_), settings, new SplittableRandom(1));
        assertThat(distanceRms(start.frames(), native_.frames())).isGreaterThan(4);
        assertThat(distanceRms(fold.frames(), native_.frames())).isLessThan(0.7);
        BackboneFold again =
                TorsionDescent.fold(HAIRPIN, phi, psi, distancesOf(native_), settings, new SplittableRandom(1));
        assertThat(again.frames()).isEqualTo(fold.frames());
        assertThat(again.cost()).isEqualTo(fold.cost());
    }

    @Test
    void pushesAtomsApart() {
        int nRes = HAIRPIN.length();
        DistancePotential together = DistancePotential.of(nRes, 2, 1, 20, (i, j, costs) -> {
            for (int k = 0; k < costs.length; k++) {
                costs[k] = k;
            }
        });
        double[] phi = torsions(HELIX_PHI, LOOP_PHI);
        double[] psi = torsions(HELIX_PSI, LOOP_PSI);
        BackboneFold crushed = TorsionDescent.fold(
                HAIRPIN, phi, psi, together, new DescentSettings(1, 1, 200, 0.2, 0, 0, 0, 0), new SplittableRandom(1));
        BackboneFold kept = TorsionDescent.fold(
                HAIRPIN,
                phi,
                psi,
                together,
                new DescentSettings(1, 1, 200, 0.2, 0, 0, 0, 1000),
                new SplittableRandom(1));
        assertThat(nearest(crushed.frames())).isLessThan(3);
        assertThat(nearest(kept.frames())).isGreaterThan(3.4);
    }

    private static double nearest(List<RigidFrame> frames) {
        double nearest = Double.POSITIVE_INFINITY;
        for (int i = 0; i < frames.size(); i++) {
            for (int j = i + DistancePotential.SEPARATION_MIN; j < frames.size(); j++) {
                nearest = Math.min(
                        nearest,
                        frames.get(i).translation().distance(frames.get(j).translation()));
            }
        }
        return nearest;
    }

    @Test
    void joinsPeptidesByHydrogenBonds() {
        int nRes = HAIRPIN.length();
        DistancePotential level = DistancePotential.of(nRes, 2, 1, 20, (i, j, costs) -> {});
        double[] phi = torsions(Math.toRadians(-75), LOOP_PHI);
        double[] psi = torsions(Math.toRadians(-25), LOOP_PSI);
        BackboneFold loose = TorsionDescent.fold(
                HAIRPIN, phi, psi, level, new DescentSettings(1, 1, 200, 0, 0, 2, 0, 5), new SplittableRandom(1));
        BackboneFold bound = TorsionDescent.fold(
                HAIRPIN, phi, psi, level, new DescentSettings(1, 1, 200, 0, 0, 2, 10, 5), new SplittableRandom(1));
        assertThat(hydrogenBonds(loose)).isLessThan(5);
        assertThat(hydrogenBonds(bound)).isGreaterThan(15);
    }

    /** Hydrogens within 2.4 Å of an oxygen three or more residues away. */
    private static int hydrogenBonds(BackboneFold fold) {
        Backbone backbone = new Backbone(HAIRPIN);
        backbone.place(fold.allPhi(), fold.allPsi());
        double[] h = backbone.h();
        double[] o = backbone.o();
        int bonds = 0;
        for (int i = 1; i < HAIRPIN.length(); i++) {
            for (int j = 0; j < HAIRPIN.length() - 1; j++) {
                double away = Math.hypot(
                        Math.hypot(h[3 * i] - o[3 * j], h[3 * i + 1] - o[3 * j + 1]), h[3 * i + 2] - o[3 * j + 2]);
                bonds += Math.abs(i - j) >= 3 && away < 2.4 ? 1 : 0;
            }
        }
        return bonds;
    }

    @Test
    void refusesSizesThatDiffer() {
        DistancePotential potential = DistancePotential.of(5, 2, 1, 20, (i, j, costs) -> {});
        DescentSettings settings = new DescentSettings(1, 1, 1, 0, 0, 0, 0, 0);
        assertThatThrownBy(() -> TorsionDescent.fold(
                        HAIRPIN, new double[30], new double[29], potential, settings, new SplittableRandom(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("30 residues, 30 phi, 29 psi, a potential for 5");
    }

    private static float[] zeros(int values) {
        float[] sinCos = new float[values];
        for (int k = 1; k < values; k += 2) {
            sinCos[k] = 1;
        }
        return sinCos;
    }
}
