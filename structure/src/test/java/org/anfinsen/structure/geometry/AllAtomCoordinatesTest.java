package org.anfinsen.structure.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.ReferenceArrays;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.Bond;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.constants.RigidGroup;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class AllAtomCoordinatesTest {

    private static final String ALL_TYPES = "ARNDCQEGHILKMFPSTWYVX";

    @Test
    void agreesWithThePublishedFramesAndAtoms() {
        try (ReferenceArrays reference = ReferenceArrays.open("geometry.npz")) {
            ProteinSequence sequence = sequence(reference.longs("aatype"));
            List<RigidFrame> frames = frames(reference.floats("bb_quat"), reference.floats("bb_trans"));
            float[] sinCos = reference.floats("angles_sin_cos");
            float[] expectedFrames = reference.floats("frames_4x4");
            for (int i = 0; i < sequence.length(); i++) {
                if (sequence.at(i).isStandard()) {
                    assertFramesClose(
                            AllAtomCoordinates.groupFrames(sequence.at(i), frames.get(i), sinCos, 14 * i),
                            Arrays.copyOfRange(expectedFrames, i * 128, (i + 1) * 128),
                            4 + ResidueConstants.chiAngles(sequence.at(i)).size(),
                            "residue " + i);
                }
            }
            AtomPositions positions = AllAtomCoordinates.compute(sequence, frames, sinCos);
            assertAtomsClose(sequence, positions, reference.floats("atom14"), 0, 5e-5);
            assertAtom37Close(positions, reference.floats("atom37"), null, 5e-5);
        }
    }

    @Test
    void agreesWithThePublishedStructureModule() {
        for (String name : List.of("case_A_L23_masked_r3.npz", "case_B_L37_r3.npz", "case_C_L29_templates_r0.npz")) {
            try (ReferenceArrays reference = ReferenceArrays.open(name)) {
                int padded = reference.shape("out/sm/frames_quat_trans")[1];
                ProteinSequence sequence = sequence(reference.longs("feat/aatype"));
                float[] allFrames = reference.floats("out/sm/frames_quat_trans");
                float[] allAngles = reference.floats("out/sm/angles");
                for (int iteration = 0; iteration < 8; iteration++) {
                    List<RigidFrame> frames = RigidFrame.ofQuaternionsAndTranslations(
                            Arrays.copyOfRange(allFrames, iteration * padded * 7, (iteration + 1) * padded * 7));
                    float[] sinCos =
                            Arrays.copyOfRange(allAngles, iteration * padded * 14, (iteration + 1) * padded * 14);
                    AtomPositions positions = AllAtomCoordinates.compute(sequence, frames, sinCos);
                    assertAtomsClose(
                            sequence,
                            positions,
                            reference.floats("out/sm/atom14_positions"),
                            iteration * padded * ResidueConstants.ATOM14_COUNT * 3,
                            2e-4);
                    if (iteration == 7) {
                        assertAtom37Close(
                                positions,
                                reference.floats("out/final/atom37_positions"),
                                reference.floats("out/final/atom37_mask"),
                                2e-4);
                    }
                }
            }
        }
    }

    @Test
    void placesAtomsWhoseTorsionsAreThoseItWasGiven() {
        Random random = new Random(5);
        ProteinSequence sequence = new ProteinSequence("all", ALL_TYPES);
        float[] sinCos = new float[sequence.length() * 14];
        double[] radians = new double[sequence.length() * 7];
        for (int k = 0; k < radians.length; k++) {
            radians[k] = random.nextDouble(-Math.PI, Math.PI);
            sinCos[2 * k] = (float) Math.sin(radians[k]);
            sinCos[2 * k + 1] = (float) Math.cos(radians[k]);
        }
        List<RigidFrame> frames = RigidFrame.ofQuaternionsAndTranslations(randomFrames(random, sequence.length()));
        AtomPositions positions = AllAtomCoordinates.compute(sequence, frames, sinCos);
        TorsionAngles measured = TorsionAngles.measure(sequence, positions);
        for (int i = 0; i < sequence.length(); i++) {
            AminoAcid aminoAcid = sequence.at(i);
            // The table's positions are ideal to 0.01 Å only, so a measured torsion is within a few degrees.
            int chis = ResidueConstants.chiAngles(aminoAcid).size();
            for (int chi = 1; chi <= 4; chi++) {
                OptionalDouble value = measured.at(i, Torsion.ofChi(chi));
                assertThat(value.isPresent()).isEqualTo(chi <= chis);
                if (chi <= chis) {
                    assertThat(difference(value.getAsDouble(), radians[7 * i + 2 + chi]))
                            .as(aminoAcid + " chi" + chi)
                            .isLessThan(0.05);
                }
            }
            if (aminoAcid.isStandard()) {
                assertThat(difference(measured.at(i, Torsion.PSI).orElseThrow(), radians[7 * i + 2]))
                        .isLessThan(0.05);
            }
        }
    }

    @Test
    void keepsBondLengthsWhateverTheTorsions() {
        Random random = new Random(3);
        ProteinSequence sequence = new ProteinSequence("all", ALL_TYPES);
        float[] sinCos = new float[sequence.length() * 14];
        for (int k = 0; k < sinCos.length; k++) {
            sinCos[k] = (float) random.nextGaussian();
        }
        List<RigidFrame> frames = RigidFrame.ofQuaternionsAndTranslations(randomFrames(random, sequence.length()));
        AtomPositions positions = AllAtomCoordinates.compute(sequence, frames, sinCos);
        for (int i = 0; i < sequence.length(); i++) {
            for (Bond bond : ResidueConstants.bonds(sequence.at(i))) {
                // Proline's ring closes only at the right chi angles.
                boolean ringClosure =
                        sequence.at(i) == AminoAcid.PRO && bond.second() == Atom.CD && bond.first() == Atom.N;
                if (!ringClosure) {
                    double length = positions.at(i, bond.first()).distance(positions.at(i, bond.second()));
                    assertThat(length).as(sequence.at(i) + " " + bond).isCloseTo(bond.lengthAngstrom(), within(0.05));
                }
            }
        }
    }

    @Test
    void givesAnUnknownResidueNoAtoms() {
        ProteinSequence sequence = new ProteinSequence("x", "GXA");
        float[] sinCos = new float[3 * 14];
        Arrays.fill(sinCos, 1);
        AtomPositions positions = AllAtomCoordinates.compute(
                sequence, List.of(RigidFrame.IDENTITY, RigidFrame.IDENTITY, RigidFrame.IDENTITY), sinCos);
        for (Atom atom : Atom.ALL) {
            assertThat(positions.isPresent(1, atom)).isFalse();
        }
        assertThat(positions.atomCount()).isEqualTo(4 + 5);
        assertThat(PseudoBeta.find(sequence, positions, 0)).contains(Vector3.ZERO);
        assertThat(PseudoBeta.find(sequence, positions, 1)).isEmpty();
        assertThat(PseudoBeta.positions(sequence, positions)).hasSize(9).startsWith(0, 0, 0, 0, 0, 0, -0.529f);
        assertThatThrownBy(() -> positions.at(1, Atom.CA)).hasMessage("residue 1 has no atom CA");
    }

    @Test
    void givesTheSizesThatDiffer() {
        ProteinSequence sequence = new ProteinSequence("x", "GA");
        assertThatThrownBy(() -> AllAtomCoordinates.compute(sequence, List.of(RigidFrame.IDENTITY), new float[28]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("2 residues, 1 frames");
    }

    private static float[] randomFrames(Random random, int count) {
        float[] values = new float[count * 7];
        for (int k = 0; k < values.length; k++) {
            // Far apart, so that no two residues happen to be bonded.
            values[k] = (float) random.nextGaussian() + (k % 7 == 4 ? 100 * k : 0);
        }
        return values;
    }

    private static double difference(double a, double b) {
        double d = Math.abs(a - b) % (2 * Math.PI);
        return Math.min(d, 2 * Math.PI - d);
    }

    private static ProteinSequence sequence(long[] aatype) {
        StringBuilder codes = new StringBuilder();
        for (long type : aatype) {
            codes.append(AminoAcid.ofIndex((int) type).code());
        }
        return new ProteinSequence("reference", codes.toString());
    }

    private static List<RigidFrame> frames(float[] quaternions, float[] translations) {
        float[] values = new float[quaternions.length / 4 * 7];
        for (int i = 0; i < quaternions.length / 4; i++) {
            System.arraycopy(quaternions, 4 * i, values, 7 * i, 4);
            System.arraycopy(translations, 3 * i, values, 7 * i + 4, 3);
        }
        return RigidFrame.ofQuaternionsAndTranslations(values);
    }

    private static void assertFramesClose(List<RigidFrame> frames, float[] expected, int count, String what) {
        for (RigidGroup group : RigidGroup.ALL.subList(0, count)) {
            RigidFrame frame = frames.get(group.index());
            int k = 16 * group.index();
            Rotation r = frame.rotation();
            Vector3 t = frame.translation();
            double[] found = {
                r.xx(), r.xy(), r.xz(), t.x(), r.yx(), r.yy(), r.yz(), t.y(), r.zx(), r.zy(), r.zz(), t.z()
            };
            for (int c = 0; c < found.length; c++) {
                assertThat(found[c])
                        .as(what + " " + group + " " + c)
                        .isCloseTo(expected[k + c], within(c % 4 == 3 ? 5e-5 : 5e-6));
            }
        }
    }

    private static void assertAtomsClose(
            ProteinSequence sequence, AtomPositions positions, float[] atom14, int offset, double tolerance) {
        double largest = 0;
        for (int i = 0; i < sequence.length(); i++) {
            for (int k = 0; k < ResidueConstants.ATOM14_COUNT; k++) {
                int at = offset + 3 * (i * ResidueConstants.ATOM14_COUNT + k);
                Vector3 expected = new Vector3(atom14[at], atom14[at + 1], atom14[at + 2]);
                int residue = i;
                Vector3 found = ResidueConstants.atom14(sequence.at(i), k)
                        .map(atom -> positions.at(residue, atom))
                        .orElse(Vector3.ZERO);
                largest = Math.max(largest, found.distance(expected));
            }
        }
        assertThat(largest).as("largest distance in Å").isLessThan(tolerance);
    }

    private static void assertAtom37Close(
            AtomPositions positions, float[] atom37, float @Nullable [] mask, double tolerance) {
        double largest = 0;
        for (int i = 0; i < positions.length(); i++) {
            for (Atom atom : Atom.ALL) {
                int at = 3 * (i * Atom.COUNT + atom.index());
                Vector3 expected = new Vector3(atom37[at], atom37[at + 1], atom37[at + 2]);
                if (mask != null && mask[at / 3] == 0) {
                    // Positions beyond the end of the chain have atoms in atom14, none in atom37.
                    continue;
                }
                largest = Math.max(
                        largest, positions.find(i, atom).orElse(Vector3.ZERO).distance(expected));
            }
        }
        assertThat(largest).as("largest distance in Å").isLessThan(tolerance);
    }
}
