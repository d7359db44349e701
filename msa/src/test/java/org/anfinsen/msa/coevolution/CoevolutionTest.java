package org.anfinsen.msa.coevolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.weight.RowWeights;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;

class CoevolutionTest {

    /** The training code computes in single precision where this one takes double. */
    private static final float TOLERANCE = 2e-5f;

    @Test
    void equalsTheTrainingCode() throws IOException {
        Alignment alignment = golden();
        RowWeights weights = RowWeights.of(alignment);
        List<String> expectedWeights = lines("coevolution-weights.tsv");
        assertThat(expectedWeights).hasSize(alignment.rows());
        for (int row = 0; row < alignment.rows(); row++) {
            assertThat(weights.at(row)).isCloseTo(Double.parseDouble(expectedWeights.get(row)), within(1e-8));
        }

        float[] features = Coevolution.of(alignment).features();
        List<String> expected = lines("coevolution.tsv");
        assertThat(expected).hasSize(alignment.columns() * alignment.columns());
        float largest = 0;
        String where = "";
        for (int pair = 0; pair < expected.size(); pair++) {
            String[] fields = expected.get(pair).split("\t", -1);
            for (int channel = 0; channel < Coevolution.CHANNELS; channel++) {
                float value = Float.parseFloat(fields[2 + channel]);
                float difference = Math.abs(features[pair * Coevolution.CHANNELS + channel] - value);
                if (difference > largest) {
                    largest = difference;
                    where = "pair " + fields[0] + ", " + fields[1] + ", channel " + channel;
                }
            }
        }
        assertThat(largest).as("largest difference, at " + where).isLessThanOrEqualTo(TOLERANCE);
    }

    @Test
    void findsTheColumnsThatChangeTogether() throws IOException {
        Coevolution coevolution = Coevolution.of(golden());
        for (int map = 0; map < Coevolution.MAPS; map++) {
            float best =
                    Math.min(Math.min(coevolution.at(map, 1, 5), coevolution.at(map, 1, 8)), coevolution.at(map, 5, 8));
            for (int i = 0; i < coevolution.nRes(); i++) {
                for (int j = i + 1; j < coevolution.nRes(); j++) {
                    boolean together = (i == 1 || i == 5) && (j == 5 || j == 8);
                    assertThat(together || coevolution.at(map, i, j) < best)
                            .as("map %d, pair %d, %d", map, i, j)
                            .isTrue();
                }
            }
        }
    }

    @Test
    void isSymmetricWithAnEmptyDiagonalAndUnitDeviation() throws IOException {
        Coevolution coevolution = Coevolution.of(golden());
        int n = coevolution.nRes();
        for (int map = 0; map < Coevolution.MAPS; map++) {
            double sum = 0;
            double squares = 0;
            for (int i = 0; i < n; i++) {
                assertThat(coevolution.at(map, i, i)).isZero();
                for (int j = 0; j < n; j++) {
                    assertThat(coevolution.at(map, i, j)).isEqualTo(coevolution.at(map, j, i));
                    sum += coevolution.at(map, i, j);
                    squares += coevolution.at(map, i, j) * coevolution.at(map, i, j);
                }
            }
            double count = n * (n - 1.0);
            assertThat(squares / count - sum / count * sum / count).isCloseTo(1, within(1e-5));
        }
    }

    @Test
    void isZeroWhereNothingCanBeKnown() {
        Alignment alone = Alignment.ofQuery(new ProteinSequence("q", "MKV"));
        assertThat(Coevolution.of(alone).features()).containsOnly(0);
        Alignment oneColumn = new AlignmentBuilder(new ProteinSequence("q", "M"))
                .add("r", "K")
                .build();
        assertThat(Coevolution.of(oneColumn).features()).containsOnly(0);
        Alignment copies = new AlignmentBuilder(new ProteinSequence("q", "MKV"))
                .add("r", "MKV")
                .build();
        Coevolution ofCopies = Coevolution.of(copies);
        assertThat(ofCopies.at(0, 0, 1)).isZero();
        assertThat(ofCopies.scale(3)).isEqualTo((float) Math.log(1e-6));
        assertThat(ofCopies.scale(6)).isZero();
    }

    @Test
    void usesTheFirstRowsOnlyWhenThereAreMoreThanItTakes() {
        SplittableRandom random = new SplittableRandom(3);
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", "ACDEFG"));
        Alignment most = null;
        for (int row = 1; row < Coevolution.ROWS_MAX + 40; row++) {
            StringBuilder letters = new StringBuilder();
            for (int i = 0; i < 6; i++) {
                letters.append("ACDEFG-".charAt(random.nextInt(7)));
            }
            builder.add("r" + row, letters.toString());
            if (row == Coevolution.ROWS_MAX - 1) {
                most = builder.build();
            }
        }
        assertThat(Coevolution.of(builder.build()).features())
                .isEqualTo(Coevolution.of(Objects.requireNonNull(most)).features());
    }

    private static Alignment golden() throws IOException {
        try (InputStream in = resource("coevolution.a3m")) {
            return new AlignmentReader(AlignmentLimits.DEFAULT)
                    .read(in, "coevolution.a3m")
                    .orElseThrow();
        }
    }

    private static List<String> lines(String name) {
        try (InputStream in = resource(name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(CoevolutionTest.class.getResourceAsStream("/golden/" + name), name);
    }
}
