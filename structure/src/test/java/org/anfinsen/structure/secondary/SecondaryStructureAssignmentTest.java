package org.anfinsen.structure.secondary;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.anfinsen.structure.ExternalProgram;
import org.anfinsen.structure.SharedData;
import org.anfinsen.structure.TestChains;
import org.anfinsen.structure.file.PdbWriter;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SecondaryStructureAssignmentTest {

    @TempDir
    Path folder;

    @Test
    void findsAHelixAndNoStrandInAHelix() {
        List<SecondaryStructure> states = SecondaryStructureAssignment.assign(TestChains.helix("A".repeat(20)));
        assertThat(states).hasSize(20).filteredOn(SecondaryStructure::isHelix).hasSizeGreaterThan(14);
        assertThat(states).noneMatch(SecondaryStructure::isStrand);
    }

    @Test
    void findsNoHydrogenBondInASingleStrand() {
        List<SecondaryStructure> states = SecondaryStructureAssignment.assign(TestChains.strand("A".repeat(20)));
        assertThat(states).containsOnly(SecondaryStructure.COIL);
    }

    @Test
    void aChainOfFewResiduesIsCoil() {
        assertThat(SecondaryStructureAssignment.assign(TestChains.helix("AAAA")))
                .containsExactlyElementsOf(Collections.nCopies(4, SecondaryStructure.COIL));
    }

    @Test
    void agreesWithDsspOnAnExperimentalStructure() throws IOException, InterruptedException {
        for (String target : List.of("T1024/T1024-D1", "T1026/T1026-D1", "T0990/T0990-D1")) {
            ProteinStructure structure = TestChains.inChainA(
                    StructureReader.readFirstChain(SharedData.file("data/casp/" + target + ".pdb")));
            Files.writeString(folder.resolve("native.pdb"), PdbWriter.write(structure, TestChains.description()));
            ExternalProgram.run(folder, "mkdssp", "--output-format", "dssp", "native.pdb", "native.dssp");
            Map<Integer, Character> dssp = new HashMap<>();
            for (String line : Files.readAllLines(folder.resolve("native.dssp")).stream()
                    .dropWhile(line -> !line.startsWith("  #  RESIDUE"))
                    .skip(1)
                    .filter(line -> line.charAt(13) != '!')
                    .toList()) {
                dssp.put(Integer.valueOf(line.substring(5, 10).strip()), line.charAt(16));
            }
            List<SecondaryStructure> states = SecondaryStructureAssignment.assign(structure);
            int same = 0;
            for (int i = 0; i < states.size(); i++) {
                char theirs = dssp.getOrDefault(structure.residueNumber(i).number(), ' ');
                SecondaryStructure ours = states.get(i);
                boolean helix = theirs == 'H' || theirs == 'G' || theirs == 'I';
                boolean strand = theirs == 'E' || theirs == 'B';
                same += ours.isHelix() == helix && ours.isStrand() == strand ? 1 : 0;
            }
            // DSSP 4 prefers pi helices and counts a few ends differently from the 1983 rules that BioJava follows.
            assertThat((double) same / states.size())
                    .as(target + " "
                            + states.stream()
                                    .map(state -> String.valueOf(state.code()))
                                    .collect(Collectors.joining()))
                    .isGreaterThan(0.95);
        }
    }
}
