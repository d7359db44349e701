package org.anfinsen.structure.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.anfinsen.structure.ExternalProgram;
import org.anfinsen.structure.TestChains;
import org.anfinsen.structure.geometry.Quaternion;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Our files as DSSP and TM-align read them. */
class IndependentReadersTest {

    private static final ProteinStructure HELIX = TestChains.helix("MACDEFGHIKLMNPQRSTVWYAAAKLE");

    @TempDir
    Path folder;

    @Test
    void dsspFindsTheHelixInThePdbFile() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("model.pdb"), PdbWriter.write(HELIX, TestChains.description()));
        ExternalProgram.run(folder, "mkdssp", "--output-format", "dssp", "model.pdb", "pdb.dssp");
        assertThat(states("pdb.dssp")).contains("HHHHHHHHHH");
    }

    @Test
    void dsspFindsTheHelixInTheMmCifFile() throws IOException, InterruptedException {
        Files.writeString(folder.resolve("model.cif"), ModelCifWriter.write(HELIX, TestChains.description()));
        ExternalProgram.run(folder, "mkdssp", "--output-format", "dssp", "model.cif", "cif.dssp");
        assertThat(states("cif.dssp")).contains("HHHHHHHHHH");
    }

    @Test
    void tmAlignFindsAMovedCopyToBeTheSameStructure() throws IOException, InterruptedException {
        RigidFrame motion =
                new RigidFrame(Rotation.ofQuaternion(new Quaternion(0.3, -0.7, 0.2, 0.6)), new Vector3(10, -20, 5));
        Files.writeString(folder.resolve("model.pdb"), PdbWriter.write(HELIX, TestChains.description()));
        Files.writeString(folder.resolve("moved.pdb"), PdbWriter.write(HELIX.moved(motion), TestChains.description()));
        String printed = ExternalProgram.run(folder, "TMalign", "model.pdb", "moved.pdb");
        assertThat(printed).contains("Aligned length=   27, RMSD=   0.00, Seq_ID=n_identical/n_aligned= 1.000");
    }

    private String states(String file) throws IOException {
        return Files.readAllLines(folder.resolve(file)).stream()
                .dropWhile(line -> !line.startsWith("  #  RESIDUE"))
                .skip(1)
                .map(line -> line.substring(16, 17))
                .collect(Collectors.joining());
    }
}
