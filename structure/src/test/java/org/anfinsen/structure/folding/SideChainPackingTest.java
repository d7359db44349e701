package org.anfinsen.structure.folding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.IdealChain;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.score.Clashes;
import org.junit.jupiter.api.Test;

class SideChainPackingTest {

    /** Two strands of these, side by side. */
    private static final String STRAND = "VKFPLEVNYT";

    private static final ProteinSequence SEQUENCE = new ProteinSequence("strands", STRAND + STRAND);

    /** A second strand is the first one at a distance. */
    private static List<RigidFrame> frames(double apartAngstrom) {
        double[] phi = new double[STRAND.length()];
        double[] psi = new double[STRAND.length()];
        Arrays.fill(phi, Math.toRadians(-120));
        Arrays.fill(psi, Math.toRadians(130));
        List<RigidFrame> first = IdealChain.frames(phi, psi);
        RigidFrame away = new RigidFrame(Rotation.IDENTITY, new Vector3(0, apartAngstrom, 0));
        List<RigidFrame> frames = new ArrayList<>(first);
        first.forEach(frame -> frames.add(away.compose(frame)));
        return frames;
    }

    /** All chi angles the same; the others 180 degrees. */
    private static float[] torsions(double chi) {
        float[] sinCos = new float[14 * SEQUENCE.length()];
        for (int k = 0; k < sinCos.length; k += 2) {
            double angle = k % 14 < 6 ? Math.PI : chi;
            sinCos[k] = (float) Math.sin(angle);
            sinCos[k + 1] = (float) Math.cos(angle);
        }
        return sinCos;
    }

    private static ProteinStructure structure(List<RigidFrame> frames, float[] sinCos) {
        return ProteinStructure.ofPrediction(
                SEQUENCE, AllAtomCoordinates.compute(SEQUENCE, frames, sinCos), new float[SEQUENCE.length()]);
    }

    @Test
    void turnsSideChainsOutOfEachOthersWay() {
        List<RigidFrame> frames = frames(6.5);
        float[] given = torsions(Math.toRadians(120));
        float[] packed = SideChainPacking.pack(SEQUENCE, frames, given);
        ProteinStructure before = structure(frames, given);
        ProteinStructure after = structure(frames, packed);
        assertThat(Clashes.of(before).count()).isGreaterThan(8);
        assertThat(Clashes.of(after).count()).isZero();
        for (int i = 0; i < SEQUENCE.length(); i++) {
            for (Atom atom : List.of(Atom.N, Atom.CA, Atom.C, Atom.O, Atom.CB)) {
                assertThat(after.positions().at(i, atom))
                        .isEqualTo(before.positions().at(i, atom));
            }
        }
        assertThat(SideChainPacking.pack(SEQUENCE, frames, given)).isEqualTo(packed);
    }

    @Test
    void closesTheRingsOfProlines() {
        AtomPositions atoms = structure(frames(20), SideChainPacking.pack(SEQUENCE, frames(20), torsions(0)))
                .positions();
        for (int proline : new int[] {STRAND.indexOf('P'), STRAND.length() + STRAND.indexOf('P')}) {
            assertThat(atoms.at(proline, Atom.N).distance(atoms.at(proline, Atom.CD)))
                    .isCloseTo(1.473, within(0.02));
        }
    }

    @Test
    void leavesASideChainThatIsInNobodysWay() {
        ProteinSequence lysine = new ProteinSequence("lysine", "GKG");
        float[] given = Arrays.copyOf(torsions(Math.toRadians(170)), 14 * 3);
        List<RigidFrame> frames = frames(20).subList(0, 3);
        assertThat(SideChainPacking.pack(lysine, frames, given)).isEqualTo(given);
    }

    @Test
    void leavesUnknownResidues() {
        ProteinSequence unknown = new ProteinSequence("unknown", "XLX");
        float[] packed = SideChainPacking.pack(unknown, frames(20).subList(0, 3), Arrays.copyOf(torsions(3), 14 * 3));
        assertThat(packed).hasSize(14 * 3);
    }

    @Test
    void refusesSizesThatDiffer() {
        assertThatThrownBy(() -> SideChainPacking.pack(SEQUENCE, frames(6).subList(0, 3), torsions(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("20 residues, 3 frames, 280 torsion values");
    }
}
