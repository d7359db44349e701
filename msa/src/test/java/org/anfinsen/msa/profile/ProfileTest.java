package org.anfinsen.msa.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.msa.alignment.ResidueCode;
import org.anfinsen.msa.weight.RowWeights;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;

class ProfileTest {

    private static Alignment alignment() {
        return new AlignmentBuilder(new ProteinSequence("q", "MKVLA"))
                .add("a", "MR--A")
                .add("a with an insertion", "MRgg--A")
                .add("short", "--V--")
                .add("none", "-----")
                .build();
    }

    @Test
    void weighsTheRowsOfAColumn() {
        Alignment alignment = alignment();
        RowWeights weights = RowWeights.of(alignment);
        // q 1; the two a rows are one; short and none differ in one of five columns and are one.
        assertThat(weights.neff()).isCloseTo(3, within(1e-12));
        Profile profile = Profile.of(alignment, weights);
        assertThat(profile.at(0, 12)).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(profile.at(0, ResidueCode.GAP)).isCloseTo(1 / 3.0, within(1e-12));
        assertThat(profile.occupancy(2)).isCloseTo(0.5, within(1e-12));
        for (int column = 0; column < profile.columns(); column++) {
            double sum = 0;
            for (int code = 0; code < ResidueCode.COUNT; code++) {
                sum += profile.at(column, code);
            }
            assertThat(sum).isCloseTo(1, within(1e-12));
        }
    }

    @Test
    void measuresConservationInBitsWithoutGaps() {
        Profile profile = Profile.of(alignment(), RowWeights.of(alignment()));
        double onlyOne = Math.log(20) / Math.log(2);
        assertThat(profile.conservationBits(0)).isCloseTo(onlyOne, within(1e-12));
        assertThat(profile.conservationBits(1)).isCloseTo(onlyOne - 1, within(1e-12));
    }

    @Test
    void countsDepthAndSimilarityToTheQuery() {
        AlignmentCoverage coverage = AlignmentCoverage.of(alignment());
        assertThat(coverage.depth()).containsExactly(3, 3, 2, 1, 3);
        assertThat(coverage.rows().get(1).coverage()).isEqualTo(0.6);
        assertThat(coverage.rows().get(1).identity()).isCloseTo(2 / 3.0, within(1e-12));
        assertThat(coverage.rows().get(4)).isEqualTo(new RowSimilarity(0, 0));
        assertThat(coverage.rowsByIdentity()).containsExactly(0, 3, 1, 2, 4);
    }

    @Test
    void filtersByCoverageIdentityDuplicatesAndNumber() {
        Alignment all = alignment();
        assertThat(AlignmentFilter.DUPLICATES.apply(all).rows()).isEqualTo(4);
        assertThat(new AlignmentFilter(0.5, 0, 1, false, 10).apply(all).rows()).isEqualTo(3);
        assertThat(new AlignmentFilter(0, 0.9, 1, false, 10).apply(all).name(1)).isEqualTo("short");
        assertThat(new AlignmentFilter(0.1, 0, 0.7, true, 10).apply(all).rows()).isEqualTo(2);
        assertThat(new AlignmentFilter(0, 0, 1, false, 2).apply(all).rows()).isEqualTo(2);
    }

    @Test
    void keepsTheQueryWhateverTheFilter() {
        assertThat(new AlignmentFilter(1, 0, 0, true, 1).apply(alignment()).rows())
                .isEqualTo(1);
    }
}
