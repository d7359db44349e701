package org.anfinsen.structure.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.ExternalProgram;
import org.anfinsen.structure.TestChains;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.file.PdbWriter;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Quaternion;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructureComparisonTest {

    private static final String RESIDUES = "MACDEFGHIKLMNPQRSTVWYAAAKLEGSTWRDE";
    private static final RigidFrame MOTION =
            new RigidFrame(Rotation.ofQuaternion(new Quaternion(0.3, -0.7, 0.2, 0.6)), new Vector3(10, -20, 5));

    @TempDir
    Path folder;

    @Test
    void givesAMovedCopyFullMarks() {
        ProteinStructure helix = TestChains.helix(RESIDUES);
        ComparisonScores scores = StructureComparison.compare(helix.moved(MOTION), helix);
        assertThat(scores.rmsd()).isLessThan(1e-6);
        assertThat(scores.gdtTs()).isEqualTo(1);
        assertThat(scores.gdtHa()).isEqualTo(1);
        assertThat(scores.tmScore()).isCloseTo(1, within(1e-9));
        assertThat(scores.lddt()).isEqualTo(1);
        assertThat(scores.lddtAllAtoms().orElseThrow()).isEqualTo(1);
        Vector3 back =
                scores.superposition().apply(helix.moved(MOTION).positions().at(3, Atom.CA));
        assertThat(back.distance(helix.positions().at(3, Atom.CA))).isLessThan(1e-6);
    }

    @Test
    void isUnchangedByARigidMotionOfTheModel() {
        ProteinStructure reference = TestChains.helix(RESIDUES);
        ProteinStructure model = shaken(reference, 1.5);
        ComparisonScores before = StructureComparison.compare(model, reference);
        ComparisonScores after = StructureComparison.compare(model.moved(MOTION), reference);
        assertThat(after.rmsd()).isCloseTo(before.rmsd(), within(1e-9));
        assertThat(after.lddt()).isCloseTo(before.lddt(), within(1e-9));
        assertThat(after.lddtAllAtoms().orElseThrow())
                .isCloseTo(before.lddtAllAtoms().orElseThrow(), within(1e-9));
        assertThat(after.tmScore()).isCloseTo(before.tmScore(), within(1e-9));
        assertThat(after.gdtTs()).isCloseTo(before.gdtTs(), within(1e-9));
        assertThat(before.lddt()).isBetween(0.2, 0.95);
        assertThat(before.gdtHa()).isLessThan(before.gdtTs());
    }

    @Test
    void doesNotMistakeAMirrorImageForTheNative() {
        ProteinStructure reference = TestChains.helix(RESIDUES);
        AtomPositions.Builder mirrored = AtomPositions.builder(reference.length());
        for (int i = 0; i < reference.length(); i++) {
            for (Atom atom : Atom.ALL) {
                int residue = i;
                reference
                        .positions()
                        .find(i, atom)
                        .ifPresent(p -> mirrored.set(residue, atom, new Vector3(-p.x(), p.y(), p.z())));
            }
        }
        ProteinStructure mirror = new ProteinStructure(
                reference.sequence(), "A", reference.residueNumbers(), mirrored.build(), new float[RESIDUES.length()]);
        ComparisonScores scores = StructureComparison.compare(mirror, reference);
        assertThat(scores.rmsd()).isGreaterThan(2);
        // Distances alone cannot tell a mirror image.
        assertThat(scores.lddt()).isEqualTo(1);
    }

    @Test
    void countsResiduesThatTheModelLacksAgainstIt() {
        ProteinStructure reference = TestChains.helix(RESIDUES);
        ProteinStructure half = reference.select(IntStream.range(0, 17).toArray());
        ComparisonScores scores = StructureComparison.compare(half, reference);
        assertThat(scores.matched()).isEqualTo(17);
        assertThat(scores.gdtTs()).isCloseTo(17.0 / RESIDUES.length(), within(1e-9));
        assertThat(scores.tmScore()).isCloseTo(17.0 / RESIDUES.length(), within(1e-9));
        assertThat(scores.lddt()).isLessThan(0.6);
        assertThat(scores.rmsd()).isLessThan(1e-6);
    }

    @Test
    void alignsSequencesWhereNumbersDisagree() {
        ProteinStructure reference = TestChains.helix(RESIDUES);
        ProteinStructure tail =
                reference.select(IntStream.range(5, RESIDUES.length()).toArray());
        List<ResidueNumber> shifted = IntStream.range(0, tail.length())
                .mapToObj(i -> new ResidueNumber(i + 2))
                .toList();
        ProteinStructure renumbered =
                new ProteinStructure(tail.sequence(), "B", shifted, tail.positions(), new float[tail.length()]);
        ComparisonScores scores = StructureComparison.compare(renumbered, reference);
        assertThat(scores.byNumber()).isFalse();
        assertThat(scores.matched()).isEqualTo(tail.length());
        assertThat(scores.rmsd()).isLessThan(1e-6);
    }

    @Test
    void doesNotMindWhichOfTwoSymmetricAtomsIsCalledFirst() {
        ProteinStructure reference = TestChains.strand("AFDVLYEARA");
        AtomPositions.Builder swapped = AtomPositions.builder(reference.length());
        for (int i = 0; i < reference.length(); i++) {
            for (Atom atom : Atom.ALL) {
                Atom other = reference.sequence().at(i).code() == 'F' ? exchanged(atom) : atom;
                int residue = i;
                reference.positions().find(i, atom).ifPresent(p -> swapped.set(residue, other, p));
            }
        }
        ProteinStructure model = new ProteinStructure(
                reference.sequence(), "A", reference.residueNumbers(), swapped.build(), new float[reference.length()]);
        assertThat(StructureComparison.compare(model, reference).lddtAllAtoms().orElseThrow())
                .isEqualTo(1);
    }

    @Test
    void leavesOutAllAtomLddtForCarbonAlphaModels() {
        ProteinStructure reference = TestChains.helix(RESIDUES);
        AtomPositions.Builder trace = AtomPositions.builder(reference.length());
        for (int i = 0; i < reference.length(); i++) {
            trace.set(i, Atom.CA, reference.positions().at(i, Atom.CA));
        }
        ProteinStructure model = new ProteinStructure(
                reference.sequence(), "A", reference.residueNumbers(), trace.build(), new float[RESIDUES.length()]);
        ComparisonScores scores = StructureComparison.compare(model, reference);
        assertThat(scores.lddtAllAtoms()).isEmpty();
        assertThat(scores.lddt()).isEqualTo(1);
    }

    @Test
    void refusesPairsWithNothingInCommon() {
        assertThatThrownBy(() -> StructureComparison.compare(TestChains.helix("AC"), TestChains.helix("AC")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("only 2 residues in common");
    }

    @Test
    void reachesTheTmScoreThatTmAlignFinds() throws IOException, InterruptedException {
        ProteinStructure reference = TestChains.helix(RESIDUES.repeat(3));
        ProteinStructure model = shaken(reference, 0.7);
        Files.writeString(folder.resolve("native.pdb"), PdbWriter.write(reference, TestChains.description()));
        Files.writeString(folder.resolve("model.pdb"), PdbWriter.write(model, TestChains.description()));
        String printed = ExternalProgram.run(folder, "TMalign", "model.pdb", "native.pdb");
        double theirs = printed.lines()
                .filter(line -> line.startsWith("TM-score=") && line.contains("Chain_2"))
                .mapToDouble(line -> Double.parseDouble(line.substring(10, 17)))
                .findFirst()
                .orElseThrow();
        assertThat(StructureComparison.compare(model, reference).tmScore()).isCloseTo(theirs, within(0.01));
    }

    @Test
    void scoresA300ResidueChainInMilliseconds() {
        ProteinStructure reference = TestChains.helix("ACDEFGHIKLMNPQRSTVWY".repeat(15));
        ProteinStructure model = shaken(reference, 4);
        StructureComparison.compare(model, reference);
        long start = System.nanoTime();
        StructureComparison.compare(model, reference);
        assertThat((System.nanoTime() - start) / 1e9).as("seconds").isLessThan(5);
    }

    private static Atom exchanged(Atom atom) {
        return switch (atom) {
            case CD1 -> Atom.CD2;
            case CD2 -> Atom.CD1;
            case CE1 -> Atom.CE2;
            case CE2 -> Atom.CE1;
            default -> atom;
        };
    }

    /** A copy whose atoms are moved at random, residue by residue. */
    private static ProteinStructure shaken(ProteinStructure structure, double angstrom) {
        Random random = new Random(9);
        AtomPositions.Builder builder = AtomPositions.builder(structure.length());
        for (int i = 0; i < structure.length(); i++) {
            Vector3 shift = new Vector3(random.nextGaussian(), random.nextGaussian(), random.nextGaussian())
                    .times(angstrom / Math.sqrt(3));
            int residue = i;
            for (Atom atom : Atom.ALL) {
                structure.positions().find(i, atom).ifPresent(p -> builder.set(residue, atom, p.plus(shift)));
            }
        }
        return new ProteinStructure(
                new ProteinSequence("model", structure.sequence().residues()),
                structure.chainId(),
                structure.residueNumbers(),
                builder.build(),
                new float[structure.length()]);
    }
}
