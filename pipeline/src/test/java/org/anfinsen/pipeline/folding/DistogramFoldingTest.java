package org.anfinsen.pipeline.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.anfinsen.network.model.ModelCard;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.pipeline.FoldedChain;
import org.anfinsen.pipeline.confidence.Distogram;
import org.anfinsen.pipeline.confidence.ExpectedLddt;
import org.anfinsen.pipeline.confidence.Plddt;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.PseudoBeta;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.TorsionAngles;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.Clashes;
import org.junit.jupiter.api.Test;

class DistogramFoldingTest {

    private static final ProteinSequence SEQUENCE = new ProteinSequence("helix", "SAEELLKKAEELWRKGAEKLA");
    private static final int N_RES = SEQUENCE.length();
    private static final ModelCard.Descent DESCENT = new ModelCard.Descent(2, 3, 300, 1.0, 1, 0, 5, 500, 0.7, 0.2);
    private static final double HELIX_RISE_ANGSTROM = 1.5;
    private static final double SPREAD_ANGSTROM = 2;
    private static final double HELIX_RADIUS_ANGSTROM = 3.3;

    /** A stretched chain with gaps between its residues, and a distogram that knows it to be a helix. */
    private static FoldedChain stretched() {
        List<RigidFrame> frames = new ArrayList<>();
        float[] sinCos = new float[N_RES * 14];
        for (int i = 0; i < N_RES; i++) {
            frames.add(new RigidFrame(Rotation.IDENTITY, new Vector3(3.8 * i, 0, 0)));
            for (int k = 0; k < 7; k++) {
                sinCos[14 * i + 2 * k] = 0.6f;
                sinCos[14 * i + 2 * k + 1] = -0.8f;
            }
        }
        FloatTensor logits = FloatTensor.zeros(N_RES, N_RES, 64);
        for (int i = 0; i < N_RES; i++) {
            for (int j = 0; j < N_RES; j++) {
                for (int bin = 0; bin < 64; bin++) {
                    double off = (2.3125 + 0.3125 * (bin - 0.5) - helixDistance(i, j)) / SPREAD_ANGSTROM;
                    logits.data()[(i * N_RES + j) * 64 + bin] = (float) (-0.5 * off * off);
                }
            }
        }
        return new FoldedChain(
                SEQUENCE,
                AllAtomCoordinates.compute(SEQUENCE, frames, sinCos),
                Plddt.ofLogits(FloatTensor.zeros(N_RES, 50)),
                Optional.empty(),
                Distogram.ofLogits(logits),
                Optional.empty(),
                1,
                false);
    }

    /** Between the C-beta atoms of an alpha helix, or of its mirror image. */
    private static double helixDistance(int i, int j) {
        double chord = 2 * HELIX_RADIUS_ANGSTROM * Math.sin(Math.toRadians(100.0 * (j - i)) / 2);
        return Math.hypot(chord, HELIX_RISE_ANGSTROM * (j - i));
    }

    @Test
    void givesTheChainTheDistancesOfItsDistogram() {
        FoldedChain before = stretched();
        FoldedChain after = DistogramFolding.refold(before, DESCENT, 3);
        double off = 0;
        int pairs = 0;
        for (int i = 0; i < N_RES; i++) {
            for (int j = i + 3; j < N_RES && helixDistance(i, j) < 19; j++, pairs++) {
                Vector3 a = PseudoBeta.find(SEQUENCE, after.positions(), i).orElseThrow();
                Vector3 b = PseudoBeta.find(SEQUENCE, after.positions(), j).orElseThrow();
                off += Math.abs(a.distance(b) - helixDistance(i, j));
            }
        }
        assertThat(off / pairs).isLessThan(1.2);
    }

    @Test
    void keepsBondsWholeAndTurnsOnlySideChainsThatOverlap() {
        FoldedChain before = stretched();
        AtomPositions atoms = DistogramFolding.refold(before, DESCENT, 3).positions();
        assertThat(atoms.atomCount()).isEqualTo(before.positions().atomCount());
        TorsionAngles old = TorsionAngles.measure(SEQUENCE, before.positions());
        TorsionAngles now = TorsionAngles.measure(SEQUENCE, atoms);
        int kept = 0;
        for (int i = 0; i < N_RES; i++) {
            for (Torsion chi : List.of(Torsion.CHI1, Torsion.CHI2, Torsion.CHI3, Torsion.CHI4)) {
                assertThat(now.at(i, chi).isPresent()).isEqualTo(old.at(i, chi).isPresent());
                if (old.at(i, chi).isPresent()) {
                    double degrees = Math.toDegrees(now.at(i, chi).getAsDouble());
                    double turn = now.at(i, chi).getAsDouble() - old.at(i, chi).getAsDouble();
                    boolean isKept = Math.cos(turn) > 1 - 1e-4;
                    kept += isKept ? 1 : 0;
                    assertThat(isKept || Math.abs(Math.IEEEremainder(degrees, 30)) < 0.1)
                            .as("residue %d, %s: %f degrees", i, chi, degrees)
                            .isTrue();
                }
            }
            if (i > 0) {
                assertThat(atoms.at(i - 1, Atom.C).distance(atoms.at(i, Atom.N)))
                        .isCloseTo(1.33, within(0.04));
                assertThat(atoms.at(i - 1, Atom.O).distance(atoms.at(i, Atom.N)))
                        .isCloseTo(2.25, within(0.1));
            }
        }
        assertThat(kept).isGreaterThan(10);
        assertThat(Clashes.of(ProteinStructure.ofPrediction(SEQUENCE, atoms, new float[N_RES]))
                        .count())
                .isZero();
    }

    @Test
    void isAsConfidentAsTheDistogramExpectsOfTheFold() {
        FoldedChain after = DistogramFolding.refold(stretched(), DESCENT, 3);
        double[] expected = ExpectedLddt.of(after.distogram(), SEQUENCE, after.positions());
        for (int i = 0; i < N_RES; i++) {
            assertThat(expected[i]).isBetween(0.3, 0.9);
            assertThat(after.plddt().at(i)).isCloseTo(100 * (0.7 * expected[i] + 0.2), within(1e-6));
        }
    }

    @Test
    void dependsOnTheSeedAlone() {
        AtomPositions first = DistogramFolding.refold(stretched(), DESCENT, 3).positions();
        AtomPositions second = DistogramFolding.refold(stretched(), DESCENT, 3).positions();
        AtomPositions other = DistogramFolding.refold(stretched(), DESCENT, 4).positions();
        assertThat(second.at(7, Atom.CA)).isEqualTo(first.at(7, Atom.CA));
        assertThat(other.at(7, Atom.CA)).isNotEqualTo(first.at(7, Atom.CA));
    }
}
