package org.anfinsen.msa.weight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;

class RowWeightsTest {

    @Test
    void countsRowsThatAreEqualInFourOfFiveColumnsAsOne() {
        Alignment alignment = new AlignmentBuilder(new ProteinSequence("q", "AAAAA"))
                .add("b", "AAAAC")
                .add("c", "CCCCC")
                .build();
        RowWeights weights = RowWeights.of(alignment);
        assertThat(weights.at(0)).isEqualTo(0.5);
        assertThat(weights.at(1)).isEqualTo(0.5);
        assertThat(weights.at(2)).isEqualTo(1);
        assertThat(weights.neff()).isEqualTo(2);
    }

    @Test
    void takesGapsAndUnknownResiduesAsLetters() {
        Alignment alignment = new AlignmentBuilder(new ProteinSequence("q", "AAXXA"))
                .add("equal in four", "CAXXA")
                .add("gap is no X", "AA--A")
                .add("gap equals gap", "AC--A")
                .build();
        RowWeights weights = RowWeights.of(alignment);
        assertThat(weights.at(0)).isEqualTo(0.5);
        assertThat(weights.at(2)).isEqualTo(0.5);
        assertThat(weights.neff()).isEqualTo(2);
    }

    @Test
    void agreesWithAPlainCountOverRandomRows() {
        SplittableRandom random = new SplittableRandom(4);
        Alignment alignment = similarRows(random, 60, 83);
        RowWeights weights = RowWeights.of(alignment);
        for (int n = 0; n < alignment.rows(); n++) {
            int similar = 0;
            for (int m = 0; m < alignment.rows(); m++) {
                int equal = 0;
                for (int i = 0; i < alignment.columns(); i++) {
                    equal += alignment.at(n, i) == alignment.at(m, i) ? 1 : 0;
                }
                similar += 5 * equal >= 4 * alignment.columns() ? 1 : 0;
            }
            assertThat(weights.at(n)).isCloseTo(1.0 / similar, within(1e-15));
        }
        assertThat(weights.neff()).isBetween(1.2, 59.0);
    }

    /** Rows that differ from the query in 0 to 20 % of the columns, so that pairs lie on both sides of the threshold. */
    private static Alignment similarRows(SplittableRandom random, int rows, int columns) {
        String query = "ACDEFGHIKLMNPQRSTVWY".repeat(5).substring(0, columns);
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", query));
        for (int row = 1; row < rows; row++) {
            StringBuilder mutated = new StringBuilder(query);
            for (int change = random.nextInt(columns / 5); change > 0; change--) {
                mutated.setCharAt(random.nextInt(columns), "AG-X".charAt(random.nextInt(4)));
            }
            builder.add("r" + row, mutated.toString());
        }
        return builder.build();
    }
}
