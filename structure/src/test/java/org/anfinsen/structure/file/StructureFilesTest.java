package org.anfinsen.structure.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.SharedData;
import org.anfinsen.structure.TestChains;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;
import org.anfinsen.structure.secondary.SecondaryStructureAssignment;
import org.anfinsen.structure.secondary.SecondaryStructureElement;
import org.biojava.nbio.structure.Structure;
import org.biojava.nbio.structure.io.FileParsingParameters;
import org.biojava.nbio.structure.io.PDBFileParser;
import org.biojava.nbio.structure.secstruc.SecStrucTools;
import org.biojava.nbio.structure.secstruc.SecStrucType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StructureFilesTest {

    private static final String RESIDUES = "MACDEFGHIKLMNPQRSTVWY";

    private static final String ATOM_LINE =
            "ATOM      1  CA  MET A   1      11.104  13.207   2.100  1.00 20.00           C\n";

    @Test
    void readsBackThePdbFileItWrote() throws IOException {
        ProteinStructure written = TestChains.helix(RESIDUES);
        String pdb = PdbWriter.write(written, TestChains.description());
        assertThat(pdb.lines()).allMatch(line -> line.length() == 80);
        assertSame(read(pdb).getFirst(), written);
    }

    @Test
    void readsBackTheMmCifFileItWrote() throws IOException {
        ProteinStructure written = TestChains.helix(RESIDUES);
        assertSame(read(ModelCifWriter.write(written, TestChains.description())).getFirst(), written);
    }

    @Test
    void putsEverythingInItsColumns() {
        List<String> lines = PdbWriter.write(TestChains.helix(RESIDUES), TestChains.description())
                .lines()
                .toList();
        assertThat(lines.getFirst()).startsWith("HEADER    COMPUTATIONAL MODEL").contains("24-NOV-26");
        assertThat(lines).anyMatch(line -> line.startsWith("TITLE     STRUCTURE OF A TEST CHAIN"));
        assertThat(lines).anyMatch(line -> line.startsWith("REMARK   6 MODEL anfinsen-small, VERSION 1.0"));
        assertThat(lines)
                .anyMatch(line -> line.startsWith("SEQRES   1 A   21  MET ALA CYS ASP GLU PHE GLY HIS ILE LYS LEU"));
        assertThat(lines)
                .filteredOn(line -> line.startsWith("HELIX"))
                .singleElement()
                .asString()
                .matches("HELIX    1   1 ALA A    2  TRP A   20  1 {34}19 {4}");
        String first = lines.stream()
                .filter(line -> line.startsWith("ATOM"))
                .findFirst()
                .orElseThrow();
        assertThat(first.substring(0, 30)).isEqualTo("ATOM      1  N   MET A   1    ");
        assertThat(first.substring(54, 66)).isEqualTo("  1.00 90.00");
        assertThat(first.substring(76, 78)).isEqualTo(" N");
        assertThat(lines.get(lines.size() - 2)).startsWith("TER   ").contains("TYR A  21");
        assertThat(lines.getLast().strip()).isEqualTo("END");
    }

    @Test
    void carriesHelicesAndStrandsThatAnotherReaderFinds() throws IOException {
        List<String> found = new ArrayList<>();
        for (String target : List.of("T1024/T1024-D1", "T1026/T1026-D1")) {
            ProteinStructure structure = TestChains.inChainA(
                    StructureReader.readFirstChain(SharedData.file("data/casp/" + target + ".pdb")));
            List<SecondaryStructureElement> ours =
                    SecondaryStructureElement.of(SecondaryStructureAssignment.assign(structure));
            FileParsingParameters parsing = new FileParsingParameters();
            parsing.setParseSecStruc(true);
            PDBFileParser parser = new PDBFileParser();
            parser.setFileParsingParameters(parsing);
            byte[] pdb = PdbWriter.write(structure, TestChains.description()).getBytes(StandardCharsets.US_ASCII);
            Structure read = parser.parsePDBFile(new ByteArrayInputStream(pdb));
            assertThat(elements(read))
                    .isEqualTo(ours.stream()
                            .map(element -> (element.state().isHelix() ? "helix " : "strand ")
                                    + structure.residueNumber(element.first())
                                    + " " + structure.residueNumber(element.last()))
                            .toList());
            found.addAll(elements(read));
        }
        assertThat(found)
                .anyMatch(element -> element.startsWith("helix"))
                .anyMatch(element -> element.startsWith("strand"));
    }

    @Test
    void cutsALongTitleIntoContinuedLines() {
        ModelDescription d = TestChains.description();
        ModelDescription longTitle = new ModelDescription(
                d.entryId(),
                "x".repeat(150) + "ä",
                d.modelName(),
                d.modelVersion(),
                d.softwareVersion(),
                d.created(),
                d.ptm(),
                List.of("r".repeat(100)));
        List<String> lines =
                PdbWriter.write(TestChains.helix("AG"), longTitle).lines().toList();
        assertThat(lines).anyMatch(line -> line.startsWith("TITLE    2 XXX"));
        assertThat(lines).anyMatch(line -> line.startsWith("TITLE    3 XXXXXXXXXXXX?"));
        assertThat(lines).allMatch(line -> line.length() == 80);
    }

    @Test
    void refusesToWriteWhatThePdbFormatCannotHold() {
        ProteinSequence sequence = new ProteinSequence("far", "G");
        AtomPositions far = AtomPositions.builder(1)
                .set(0, Atom.CA, new Vector3(0, 10_000, 0))
                .build();
        ProteinStructure structure =
                new ProteinStructure(sequence, "A", List.of(new ResidueNumber(1)), far, new float[1]);
        assertThatThrownBy(() -> PdbWriter.write(structure, TestChains.description()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("mmCIF");
        AtomPositions near =
                AtomPositions.builder(1).set(0, Atom.CA, Vector3.ZERO).build();
        ProteinStructure longChain =
                new ProteinStructure(sequence, "AB", List.of(new ResidueNumber(1)), near, new float[1]);
        assertThatThrownBy(() -> PdbWriter.write(longChain, TestChains.description()))
                .hasMessageContaining("chain id 'AB'");
    }

    @Test
    void carriesModelAndConfidenceInModelCif() {
        String cif = ModelCifWriter.write(TestChains.helix(RESIDUES), TestChains.description());
        assertThat(cif)
                .startsWith("data_TEST-1")
                .contains("_ma_model_list.model_type", "'Ab initio model'", "anfinsen-small, version 1.0")
                .contains("_ma_qa_metric_local.label_seq_id", "_ma_qa_metric_global.metric_value")
                .contains("_entity_poly_seq.mon_id", "_atom_type.symbol", "_software.version", "0.812");
    }

    @Test
    void keepsNumbersInsertionCodesAndModifiedResidues() throws IOException {
        String pdb = """
                REMARK unusual but legal
                MODEL        1
                ATOM      1  N   MET A  -1       0.660 -22.347  57.960  1.00 74.83           N
                ATOM      2  CA AMET A  -1       0.500 -23.631  57.277  0.40 73.67           C
                ATOM      3  CA BMET A  -1       0.510 -23.631  57.277  0.60 73.67           C
                HETATM    4  CA  MSE A   2       0.992 -23.506  55.809  1.00 72.26           C
                HETATM    5 SE   MSE A   2       0.992 -24.506  55.809  1.00 72.26          SE
                ATOM      6  CA  GLY A   2A      1.992 -26.506  55.809  1.00 72.26           C
                ATOM      7  H   GLY A   2A      1.992 -26.506  54.809  1.00 72.26           H
                TER       8      GLY A   2A
                HETATM    9  O   HOH A 101       3.992 -26.506  55.809  1.00 72.26           O
                HETATM   10 CA    CA A 102       5.992 -26.506  55.809  1.00 72.26          CA
                ENDMDL
                MODEL        2
                ATOM      1  N   TRP A  -1       0.660 -22.347  57.960  1.00 74.83           N
                ENDMDL
                END
                """;
        ProteinStructure chain = read(pdb).getFirst();
        assertThat(read(pdb)).hasSize(1);
        assertThat(chain.sequence().residues()).isEqualTo("MMG");
        assertThat(chain.residueNumbers())
                .containsExactly(new ResidueNumber(-1), new ResidueNumber(2), new ResidueNumber(2, 'A'));
        assertThat(chain.positions().at(0, Atom.CA).x()).isEqualTo(0.510);
        assertThat(chain.positions().isPresent(1, Atom.SD)).isTrue();
        assertThat(chain.positions().atomCount()).isEqualTo(5);
    }

    @Test
    void readsTheFirstModelOfACaspSubmission() throws IOException {
        String pdb = "PFRMAT TS\nTARGET T1104\nAUTHOR 1234-5678-9000\nMETHOD text\nMODEL  1\nPARENT N/A\n" + ATOM_LINE
                + "TER\nEND\nMODEL  2\nPARENT N/A\n" + ATOM_LINE.replace("A   1", "A   7") + "TER\nEND\n";
        ProteinStructure chain = read(pdb).getFirst();
        assertThat(chain.residueNumbers()).containsExactly(new ResidueNumber(1));
        assertThat(chain.sequence().at(0)).isEqualTo(AminoAcid.MET);
    }

    @Test
    void readsEveryChainAndABlankChainId() throws IOException {
        String second = ATOM_LINE.replace("MET A   1", "GLY B   5");
        List<ProteinStructure> chains = read(ATOM_LINE + "TER\n" + second + "END\n");
        assertThat(chains).extracting(ProteinStructure::chainId).containsExactly("A", "B");
        ProteinStructure blank = read(ATOM_LINE.replace("MET A", "MET  ")).getFirst();
        assertThat(blank.chainId()).isEmpty();
    }

    @Test
    void readsGzippedFiles(@TempDir Path folder) throws IOException {
        ProteinStructure written = TestChains.strand(RESIDUES);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(ModelCifWriter.write(written, TestChains.description()).getBytes(StandardCharsets.UTF_8));
        }
        Path file = Files.write(folder.resolve("model.cif.gz"), bytes.toByteArray());
        assertSame(StructureReader.readFirstChain(file), written);
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        assertFault("", "x.pdb: no ATOM record");
        assertFault("MKTAYIAKQR\n", "x.pdb: no ATOM record");
        assertFault("data_empty\n_entry.id empty\n", "no protein residue");
        assertFault(ATOM_LINE + ATOM_LINE.replace("13.207", "13.2x7"), "line 2: '13.2x7' is no coordinate");
        assertFault(ATOM_LINE + ATOM_LINE.replace("A   1", "A   z"), "line 2: 'z' is no residue number");
        assertFault("REMARK\n" + ATOM_LINE.substring(0, 40) + "\n", "line 2: 40 columns");
        assertFault(
                "HETATM    1  O   HOH A   1      11.104  13.207   2.100  1.00 20.00           O\n",
                "no protein residue");
        assertThatThrownBy(() -> StructureReader.read("x.gz", new byte[] {0x1f, (byte) 0x8b, 0, 0}))
                .hasMessageContaining("broken gzip");
    }

    /** Helices, of whatever class, and strands as BioJava finds them in the file's own records. */
    private static List<String> elements(Structure structure) {
        return SecStrucTools.getSecStrucElements(structure).stream()
                .filter(element -> element.getType().isHelixType() || element.getType() == SecStrucType.extended)
                .map(element -> (element.getType().isHelixType() ? "helix " : "strand ")
                        + element.getRange().getStart() + " "
                        + element.getRange().getEnd())
                .toList();
    }

    private static void assertFault(String content, String message) {
        assertThatThrownBy(() -> StructureReader.read("x.pdb", content.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(StructureFormatException.class)
                .hasMessageContaining(message);
    }

    private static List<ProteinStructure> read(String content) throws IOException {
        return StructureReader.read("test.pdb", content.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertSame(ProteinStructure read, ProteinStructure written) {
        assertThat(read.sequence().residues()).isEqualTo(written.sequence().residues());
        assertThat(read.residueNumbers()).isEqualTo(written.residueNumbers());
        assertThat(read.chainId()).isEqualTo(written.chainId());
        assertThat(read.positions().atomCount()).isEqualTo(written.positions().atomCount());
        for (int i = 0; i < written.length(); i++) {
            assertThat(read.bFactor(i)).isCloseTo(written.bFactor(i), within(0.005f));
            for (Atom atom : Atom.ALL) {
                assertThat(read.positions().isPresent(i, atom))
                        .isEqualTo(written.positions().isPresent(i, atom));
                if (written.positions().isPresent(i, atom)) {
                    double distance = read.positions()
                            .at(i, atom)
                            .distance(written.positions().at(i, atom));
                    assertThat(distance)
                            .as(String.format(Locale.ROOT, "residue %d %s", i, atom))
                            .isLessThan(0.001);
                }
            }
        }
    }
}
