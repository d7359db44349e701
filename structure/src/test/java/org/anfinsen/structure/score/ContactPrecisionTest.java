package org.anfinsen.structure.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.stream.IntStream;
import org.anfinsen.structure.SharedData;
import org.anfinsen.structure.TestChains;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.geometry.PseudoBeta;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.Test;

class ContactPrecisionTest {

    // In a helix residues i and i + 4 are 6 Å apart, i and i + 6 are 9 Å or more.
    private static final ProteinStructure HELIX = TestChains.helix("A".repeat(40));

    @Test
    void countsTheMostProbablePairsThatTouch() {
        ContactProbability perfect = (i, j) -> Math.abs(i - j) == 4 ? 0.9 : 0.1;
        ContactPrecision precision = ContactPrecision.of(perfect, HELIX, HELIX, 4);
        assertThat(precision.top(5)).hasValue(1.0);
        assertThat(precision.top(2)).hasValue(1.0);
        // 36 of the 40 most probable pairs; the ties that follow are the first of the chain, of which 1-6 is no
        // contact.
        assertThat(precision.top(1).orElseThrow()).isBetween(0.9, 0.95);
        ContactProbability wrong = (i, j) -> Math.abs(i - j) == 20 ? 0.9 : 0.1;
        assertThat(ContactPrecision.of(wrong, HELIX, HELIX, 4).top(5)).hasValue(0.0);
    }

    @Test
    void leavesOutPairsThatAreNearInTheSequence() {
        ContactProbability near = (i, j) -> 1.0 / Math.abs(i - j);
        assertThat(ContactPrecision.of(near, HELIX, HELIX, ContactPrecision.MEDIUM_RANGE)
                        .top(5))
                .hasValue(0.0);
        ProteinStructure shorter = HELIX.select(IntStream.range(0, 10).toArray());
        assertThat(ContactPrecision.of(near, shorter, shorter, ContactPrecision.LONG_RANGE)
                        .top(5))
                .isEmpty();
        assertThatThrownBy(() -> ContactPrecision.of(near, HELIX, HELIX, 0))
                .hasMessageContaining("minimum separation 0");
    }

    @Test
    void countsOnlyResiduesThatTheNativeShows() {
        ProteinStructure end = HELIX.select(IntStream.range(20, 40).toArray());
        // Indices are those of the model, whose residue 20 is the native's first.
        ContactProbability inTheEnd = (i, j) -> {
            assertThat(i).isGreaterThanOrEqualTo(20);
            return Math.abs(i - j) == 4 ? 1 : 0;
        };
        assertThat(ContactPrecision.of(inTheEnd, HELIX, end, 4).top(2)).hasValue(1.0);
    }

    @Test
    void isPerfectForDistancesOfTheNativeItself() throws IOException {
        ProteinStructure structure = StructureReader.readFirstChain(SharedData.file("data/casp/T1026/T1026-D1.pdb"));
        ContactProbability own = (i, j) -> {
            double distance = PseudoBeta.find(structure.sequence(), structure.positions(), i)
                    .flatMap(a -> PseudoBeta.find(structure.sequence(), structure.positions(), j)
                            .map(a::distance))
                    .orElse(1e9);
            return 1 / (1 + distance);
        };
        ContactPrecision precision = ContactPrecision.of(own, structure, structure, ContactPrecision.LONG_RANGE);
        assertThat(precision.top(5)).hasValue(1.0);
        assertThat(precision.top(2)).hasValue(1.0);
        assertThat(structure.positions().isPresent(0, Atom.CA)).isTrue();
    }
}
