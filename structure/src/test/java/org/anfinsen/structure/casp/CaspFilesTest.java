package org.anfinsen.structure.casp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.Test;

final class CaspFilesTest {

    private static final ProteinSequence TARGET = new ProteinSequence("T1104", "MKTAY");
    private static final CaspHeader HEADER = new CaspHeader("T1104", "1234-5678-9012", List.of("A network"));

    private final String ts = CaspTsWriter.write(HEADER, List.of(model(0), model(1)));
    private final String qa = CaspQaWriter.write(HEADER, List.of(model(0), model(1)));
    private final String rr = """
        PFRMAT RR
        TARGET T1104
        AUTHOR Anfinsen
        METHOD A distogram
        MODEL 1
        MKTAY
        1 5 0 8 0.9000
        2 5 0 8 0.1000
        END
        """;

    @Test
    void writesWhatTheCheckerTakes() throws Exception {
        assertThat(CaspCheck.faults(ts, TARGET)).isEmpty();
        assertThat(CaspCheck.faults(qa, TARGET)).isEmpty();
        assertThat(CaspCheck.faults(rr, TARGET)).isEmpty();
        assertThat(ts.lines().limit(6))
                .containsExactly(
                        "PFRMAT TS",
                        "TARGET T1104",
                        "AUTHOR 1234-5678-9012",
                        "METHOD A network",
                        "MODEL 1",
                        "PARENT N/A");
        assertThat(ts).endsWith("TER\nEND\n");
    }

    @Test
    void keepsCoordinatesAndConfidence() throws Exception {
        ProteinStructure read = StructureReader.read(
                        "T1104.ts", ts.getBytes(java.nio.charset.StandardCharsets.US_ASCII))
                .getFirst();

        assertThat(read.sequence().residues()).isEqualTo("MKTAY");
        assertThat(read.positions().at(2, Atom.CA))
                .isEqualTo(model(0).positions().at(2, Atom.CA));
        assertThat(read.bFactor(4)).isEqualTo(model(0).bFactor(4));
    }

    @Test
    void givesConfidenceAsExpectedDistance() {
        // pLDDT 50 is S = 0.5: 5 Å; 80 is 2.5 Å.
        assertThat(qa).contains("T1104TS_1 0.700\n5.0 4.1 3.3 2.5 1.7");
    }

    @Test
    void refusesWhatCaspRefusesInCoordinates() {
        assertRefused(ts.replace("PFRMAT TS", "PFRMAT XX"), "first line is not PFRMAT");
        assertRefused(ts.replace("TARGET T1104\n", ""), "0 lines TARGET");
        assertRefused(ts.replace("1234-5678-9012", "12 34"), "no valid value");
        assertRefused(ts.replace("METHOD A network\n", ""), "no METHOD");
        assertRefused(ts.replace("MODEL 2", "MODEL 1"), "model 1 is there twice");
        assertRefused(ts.replace("MODEL 2", "MODEL 6"), "no number of a model");
        assertRefused(ts.replace("PARENT N/A\n", ""), "coordinates before PARENT");
        assertRefused(ts.replace("TER\n", ""), "no TER before END");
        assertRefused(ts.replace("END\n", "ENDMDL\n"), "'ENDMDL' does not belong into a model");
        assertRefused(ts.substring(0, ts.length() - 4), "the last model has no END");
        assertRefused(ts.replace("LYS", "ALA"), "in the target it is another");
        assertRefused(ts.replace("LYS", "MSE"), "none of the 20 amino acids");
        assertRefused(ts.replace("A   5 ", "A   9 "), "the target has 1 to 5");
        assertRefused(ts.replace("A   5 ", "A   1 "), "a second time");
        assertRefused(ts.replaceAll("1\\.00 \\d\\d\\.00", "1.00 50.00"), "confidence of all residues is the same");
        assertRefused(ts.replace("ATOM ", "ATOM\t"), "tabs");
    }

    @Test
    void refusesWhatCaspRefusesInContactsAndEstimates() {
        assertRefused(rr.replace("1 5 0 8", "5 1 0 8"), "1 <= i < j <= 5");
        assertRefused(rr.replace("2 5 0 8", "1 5 0 8"), "is there twice");
        assertRefused(rr.replace("0.9000", "1.9000"), "probability 1.9");
        assertRefused(rr.replace("MKTAY", "MKTAV"), "not the target's");
        assertRefused(rr.replace("END\n", ""), "no END");
        assertRefused(qa.replace("QMODE 2\n", ""), "no QMODE");
        assertRefused(qa.replace("T1104TS_2", "T1104TS_1"), "scored twice");
        assertRefused(qa.replace("0.700", "1.700"), "a score between 0 and 1");
        assertRefused(qa.replace("5.0 4.1", "4.1"), "4 distances above, the target has 5");
    }

    @Test
    void refusesAHeaderThatCaspWouldNotTake() {
        assertThatThrownBy(() -> new CaspHeader("T1104", "me and you", List.of("x")))
                .hasMessageContaining("registration code");
        assertThatThrownBy(() -> new CaspHeader("1104", "Anfinsen", List.of("x")))
                .hasMessageContaining("no target");
        assertThatThrownBy(() -> new CaspHeader("T1104", "Anfinsen", List.of())).hasMessageContaining("method");
        assertThatThrownBy(() -> CaspTsWriter.write(HEADER, List.of())).hasMessageContaining("1 to 5");
    }

    private static void assertRefused(String text, String fault) {
        assertThat(CaspCheck.faults(text, TARGET)).as(fault).anyMatch(found -> found.contains(fault));
    }

    private static ProteinStructure model(int shift) {
        AtomPositions.Builder positions = AtomPositions.builder(TARGET.length());
        IntStream.range(0, TARGET.length()).forEach(i -> positions.set(i, Atom.CA, new Vector3(3.8 * i + shift, 0, 0)));
        return ProteinStructure.ofPrediction(TARGET, positions.build(), new float[] {50, 60, 70, 80, 90});
    }
}
