package org.anfinsen.pipeline.feature;

import static org.anfinsen.pipeline.feature.MsaFeatures.EXTRA_MSA_CHANNELS;
import static org.anfinsen.pipeline.feature.MsaFeatures.MSA_CHANNELS;
import static org.anfinsen.pipeline.feature.MsaFeatures.TARGET_CHANNELS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentBuilder;
import org.anfinsen.pipeline.feature.MsaFeatureSettings.EmptyExtraMsa;
import org.anfinsen.pipeline.feature.MsaFeatureSettings.RowOrder;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;

class MsaFeaturizerTest {

    private static final int ALA = 0;
    private static final int ARG = 1;
    private static final int CYS = 4;
    private static final int UNKNOWN = 20;
    private static final int GAP = 21;
    private static final int HAS_DELETION = 23;
    private static final int DELETION_VALUE = 24;
    private static final int PROFILE = 25;
    private static final int DELETION_MEAN = 48;
    private static final float TOLERANCE = 1e-6f;

    /** Query ARX, centre CC-; the third row is nearest to the query (one column), the fourth to CC- (two columns). */
    private static Alignment small() {
        return new AlignmentBuilder(new ProteinSequence("q", "ARX"))
                .add("centre", "CddC-")
                .add("to query", "dA--")
                .add("to centre", "CdddddCA")
                .build();
    }

    private static MsaFeatureSettings asGiven(int clusters, int extra) {
        return new MsaFeatureSettings(clusters, extra, RowOrder.AS_GIVEN, 0, EmptyExtraMsa.MASKED_ROW);
    }

    private static float msa(MsaFeatures features, int s, int i, int channel) {
        return features.msaFeat()[(s * features.nRes() + i) * MSA_CHANNELS + channel];
    }

    private static float extra(MsaFeatures features, int e, int i, int channel) {
        return features.extraMsaFeat()[(e * features.nRes() + i) * EXTRA_MSA_CHANNELS + channel];
    }

    private static float target(MsaFeatures features, int i, int channel) {
        return features.targetFeat()[i * TARGET_CHANNELS + channel];
    }

    @Test
    void encodesTheQueryAsTargetFeatures() {
        ChainNumbering numbering = new ChainNumbering(new int[] {4, 5, 9}, new boolean[] {false, false, true});
        MsaFeatures features = new MsaFeaturizer(asGiven(2, 8)).features(small(), numbering, 1, 0);
        assertThat(features.aatype()).containsExactly(ALA, ARG, UNKNOWN);
        assertThat(features.residueIndex()).containsExactly(4, 5, 9);
        assertThat(target(features, 0, 1 + ALA)).isEqualTo(1);
        assertThat(target(features, 2, 1 + UNKNOWN)).isEqualTo(1);
        assertThat(target(features, 2, 0)).isEqualTo(1);
        float sum = 0;
        for (float value : features.targetFeat()) {
            sum += value;
        }
        assertThat(sum).isEqualTo(4);
        assertThat(features.seqMask()).containsOnly(1);
    }

    @Test
    void encodesCentresWithTheirDeletions() {
        MsaFeatures features = new MsaFeaturizer(asGiven(2, 8)).features(small(), 1, 0);
        assertThat(features.nSeq()).isEqualTo(2);
        assertThat(msa(features, 0, 0, ALA)).isEqualTo(1);
        assertThat(msa(features, 1, 0, CYS)).isEqualTo(1);
        assertThat(msa(features, 1, 2, GAP)).isEqualTo(1);
        assertThat(msa(features, 1, 1, HAS_DELETION)).isEqualTo(1);
        assertThat(msa(features, 1, 1, DELETION_VALUE)).isEqualTo((float) (2 / Math.PI * Math.atan(2 / 3.0)));
        assertThat(msa(features, 1, 0, HAS_DELETION)).isZero();
        assertThat(features.msaMask()).containsOnly(1);
    }

    @Test
    void summarisesEachClusterOverItsCentreAndItsMembers() {
        MsaFeatures features = new MsaFeaturizer(asGiven(2, 8)).features(small(), 1, 0);
        assertThat(msa(features, 0, 0, PROFILE + ALA)).isCloseTo(1, within(TOLERANCE));
        assertThat(msa(features, 0, 1, PROFILE + ARG)).isCloseTo(0.5f, within(TOLERANCE));
        assertThat(msa(features, 0, 1, PROFILE + GAP)).isCloseTo(0.5f, within(TOLERANCE));
        assertThat(msa(features, 1, 2, PROFILE + GAP)).isCloseTo(0.5f, within(TOLERANCE));
        assertThat(msa(features, 1, 2, PROFILE + ALA)).isCloseTo(0.5f, within(TOLERANCE));
        assertThat(msa(features, 0, 0, DELETION_MEAN))
                .isCloseTo((float) (2 / Math.PI * Math.atan(0.5 / 3)), within(TOLERANCE));
        assertThat(msa(features, 1, 1, DELETION_MEAN))
                .isCloseTo((float) (2 / Math.PI * Math.atan(3.5 / 3)), within(TOLERANCE));
    }

    @Test
    void givesTheRowsThatAreNoCentresToTheExtraStackUpToItsSize() {
        MsaFeatures features = new MsaFeaturizer(asGiven(2, 8)).features(small(), 1, 0);
        assertThat(features.nExtra()).isEqualTo(2);
        assertThat(extra(features, 0, 0, ALA)).isEqualTo(1);
        assertThat(extra(features, 0, 0, HAS_DELETION)).isEqualTo(1);
        assertThat(extra(features, 1, 1, DELETION_VALUE)).isEqualTo((float) (2 / Math.PI * Math.atan(5 / 3.0)));
        assertThat(features.extraMsaMask()).containsOnly(1);

        MsaFeatures one = new MsaFeaturizer(asGiven(2, 1)).features(small(), 1, 0);
        assertThat(one.nExtra()).isEqualTo(1);
        assertThat(one.msaFeat()).isEqualTo(features.msaFeat());
    }

    @Test
    void padsAnEmptyExtraStackWithAMaskedRowOrTheQuery() {
        Alignment alone = Alignment.ofQuery(new ProteinSequence("q", "ARX"));
        MsaFeatures masked = new MsaFeaturizer(asGiven(4, 4)).features(alone, 1, 0);
        assertThat(masked.nExtra()).isEqualTo(1);
        assertThat(masked.extraMsaMask()).containsOnly(0);
        assertThat(masked.extraMsaFeat()).containsOnly(0);
        MsaFeatures query = new MsaFeaturizer(new MsaFeatureSettings(4, 4, RowOrder.AS_GIVEN, 0, EmptyExtraMsa.QUERY))
                .features(alone, 1, 0);
        assertThat(query.extraMsaMask()).containsOnly(1);
        assertThat(extra(query, 0, 1, ARG)).isEqualTo(1);
    }

    @Test
    void drawsOtherRowsInEachCycleAndTheSameForTheSameSeed() {
        Alignment alignment = random(new SplittableRandom(7), 60, 9);
        MsaFeaturizer featurizer = new MsaFeaturizer(MsaFeatureSettings.alphaFold(5, 11));
        MsaFeatures first = featurizer.features(alignment, 3, 0);
        assertThat(featurizer.features(alignment, 3, 0).msaFeat()).isEqualTo(first.msaFeat());
        assertThat(featurizer.features(alignment, 3, 1).msaFeat()).isNotEqualTo(first.msaFeat());
        assertThat(featurizer.features(alignment, 4, 0).msaFeat()).isNotEqualTo(first.msaFeat());
        assertThat(first.nSeq()).isEqualTo(5);
        assertThat(first.nExtra()).isEqualTo(11);
    }

    @Test
    void keepsTheQueryInRowZeroAndUsesEveryRowOnce() {
        for (int seed = 0; seed < 20; seed++) {
            RowSample sample = RowSample.sampled(30, 8, new SplittableRandom(seed));
            Set<Integer> rows = new HashSet<>();
            for (int row : sample.centres()) {
                rows.add(row);
            }
            for (int row : sample.others()) {
                rows.add(row);
            }
            assertThat(sample.centres()[0]).isZero();
            assertThat(sample.centres()).hasSize(8);
            assertThat(rows).hasSize(30);
        }
    }

    @Test
    void masksTheShareOfPositionsThatWasAskedFor() {
        Alignment alignment = random(new SplittableRandom(8), 200, 50);
        MsaFeatures plain = new MsaFeaturizer(asGiven(200, 1)).features(alignment, 5, 0);
        MsaFeatures masked = new MsaFeaturizer(
                        new MsaFeatureSettings(200, 1, RowOrder.AS_GIVEN, 0.15, EmptyExtraMsa.MASKED_ROW))
                .features(alignment, 5, 0);
        int tokens = 0;
        int changed = 0;
        for (int position = 0; position < 200 * 50; position++) {
            tokens += masked.msaFeat()[position * MSA_CHANNELS + BertMasking.MASK] == 1 ? 1 : 0;
            for (int code = 0; code < BertMasking.MASK; code++) {
                int at = position * MSA_CHANNELS + code;
                changed += masked.msaFeat()[at] == 1 && plain.msaFeat()[at] == 0 ? 1 : 0;
            }
        }
        // 10,000 positions: 0.15 * 0.7 become the token, at most 0.15 * 0.2 another letter; five standard deviations.
        assertThat(tokens).isBetween(1050 - 155, 1050 + 155);
        assertThat(changed).isBetween(200, 300 + 85);
    }

    @Test
    void assignsRowsAsAPlainCountOfAgreeingColumnsDoes() {
        SplittableRandom random = new SplittableRandom(9);
        byte[][] centres = codes(random, 13, 37, 23);
        byte[][] others = codes(random, 101, 37, 22);
        int[] assignment = new NearestCentre(centres).of(others);
        for (int row = 0; row < others.length; row++) {
            int best = 0;
            for (int s = 0; s < centres.length; s++) {
                best = agreement(others[row], centres[s]) > agreement(others[row], centres[best]) ? s : best;
            }
            assertThat(assignment[row]).isEqualTo(best);
        }
    }

    @Test
    void refusesANumberingOfAnotherLength() {
        MsaFeaturizer featurizer = new MsaFeaturizer(asGiven(2, 8));
        assertThatThrownBy(() -> featurizer.features(small(), ChainNumbering.contiguous(4), 1, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("4 residues, the query has 3");
    }

    private static int agreement(byte[] a, byte[] b) {
        int agreement = 0;
        for (int i = 0; i < a.length; i++) {
            agreement += a[i] == b[i] && a[i] <= UNKNOWN ? 1 : 0;
        }
        return agreement;
    }

    private static byte[][] codes(SplittableRandom random, int rows, int columns, int codeCount) {
        byte[][] codes = new byte[rows][columns];
        for (byte[] row : codes) {
            for (int i = 0; i < columns; i++) {
                row[i] = (byte) random.nextInt(codeCount);
            }
        }
        return codes;
    }

    static Alignment random(SplittableRandom random, int rows, int columns) {
        String letters = "ARNDCQEGHILKMFPSTWYV";
        StringBuilder query = new StringBuilder();
        for (int i = 0; i < columns; i++) {
            query.append(letters.charAt(random.nextInt(20)));
        }
        AlignmentBuilder builder = new AlignmentBuilder(new ProteinSequence("q", query.toString()));
        for (int row = 1; row < rows; row++) {
            StringBuilder mutated = new StringBuilder();
            for (int i = 0; i < columns; i++) {
                int kind = random.nextInt(10);
                mutated.append(kind == 0 ? "a" : "");
                mutated.append(kind < 4 ? letters.charAt(random.nextInt(20)) : kind == 4 ? '-' : query.charAt(i));
            }
            builder.add("r" + row, mutated.toString());
        }
        return builder.build();
    }
}
