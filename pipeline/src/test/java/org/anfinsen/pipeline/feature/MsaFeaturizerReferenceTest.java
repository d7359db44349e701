package org.anfinsen.pipeline.feature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.alignment.AlignmentLimits;
import org.anfinsen.msa.alignment.AlignmentReader;
import org.anfinsen.msa.alignment.AlignmentResult;
import org.anfinsen.pipeline.feature.MsaFeatureSettings.EmptyExtraMsa;
import org.anfinsen.pipeline.feature.MsaFeatureSettings.RowOrder;
import org.jetbrains.bio.npy.NpzFile;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Compares with the published pipeline's features, made deterministic: rows as given, no masking. */
class MsaFeaturizerReferenceTest {

    private static final String HHBLITS_LETTERS = "ACDEFGHIKLMNPQRSTVWYX-";
    private static final int CENTRES = 5;
    private static final int EXTRA_ROWS = 7;
    private static final float TOLERANCE = 1e-6f;

    @ParameterizedTest
    @ValueSource(strings = {"case_A_L23_masked_r0.npz", "case_B_L37_r0.npz", "case_C_L29_templates_r0.npz"})
    void equalsThePublishedPipeline(String file) {
        Path path = Path.of(System.getProperty("anfinsen.reference", "../../shared/reference/alphafold2"), file);
        assumeTrue(Files.exists(path), "not checked: MSA features against the published pipeline, no " + path);
        try (NpzFile.Reader npz = NpzFile.read(path)) {
            Alignment alignment = alignment(npz);
            int nRes = alignment.columns();
            int[] breaks = npz.get("raw/between_segment_residues", 1 << 18).asIntArray();
            boolean[] domainBreak = new boolean[nRes];
            for (int i = 0; i < nRes; i++) {
                domainBreak[i] = breaks[i] > 0;
            }
            int[] residueIndex = npz.get("raw/residue_index", 1 << 18).asIntArray();
            MsaFeatureSettings settings =
                    new MsaFeatureSettings(CENTRES, EXTRA_ROWS, RowOrder.AS_GIVEN, 0, EmptyExtraMsa.MASKED_ROW);
            MsaFeatures features = new MsaFeaturizer(settings)
                    .features(alignment, new ChainNumbering(residueIndex, domainBreak), 0, 0);
            assertThat(features.nSeq()).isEqualTo(CENTRES);
            assertThat(features.nExtra()).isEqualTo(Math.min(EXTRA_ROWS, alignment.rows() - CENTRES));
            compare(features.targetFeat(), npz, "target_feat", 1, nRes, 22);
            compare(features.msaFeat(), npz, "msa_feat", CENTRES, nRes, 49);
            compare(features.msaMask(), npz, "msa_mask", CENTRES, nRes, 1);
            compare(features.extraMsaMask(), npz, "extra_msa_mask", features.nExtra(), nRes, 1);
            compare(channel(features, 23), npz, "extra_has_deletion", features.nExtra(), nRes, 1);
            compare(channel(features, 24), npz, "extra_deletion_value", features.nExtra(), nRes, 1);
            compareLetters(features, npz);
        }
    }

    /** Writes the raw rows as A3M and reads that, so that the reader is checked as well. */
    private static Alignment alignment(NpzFile.Reader npz) {
        int[] msa = npz.get("raw/msa", 1 << 18).asIntArray();
        int[] deletions = npz.get("raw/deletion_matrix_int", 1 << 18).asIntArray();
        int nRes = npz.get("raw/residue_index", 1 << 18).getShape()[0];
        StringBuilder a3m = new StringBuilder();
        for (int k = 0; k < msa.length; k++) {
            if (k % nRes == 0) {
                a3m.append(k == 0 ? "" : "\n").append(">row").append(k / nRes).append('\n');
            }
            a3m.append("a".repeat(deletions[k])).append(HHBLITS_LETTERS.charAt(msa[k]));
        }
        byte[] bytes = a3m.append('\n').toString().getBytes(StandardCharsets.UTF_8);
        AlignmentResult result = new AlignmentReader(AlignmentLimits.DEFAULT).read(bytes, "reference");
        return switch (result) {
            case AlignmentResult.Accepted accepted -> accepted.alignment();
            case AlignmentResult.Refused refused -> throw new AssertionError(refused.message());
        };
    }

    private static float[] channel(MsaFeatures features, int channel) {
        float[] values = new float[features.nExtra() * features.nRes()];
        for (int k = 0; k < values.length; k++) {
            values[k] = features.extraMsaFeat()[k * MsaFeatures.EXTRA_MSA_CHANNELS + channel];
        }
        return values;
    }

    private static void compareLetters(MsaFeatures features, NpzFile.Reader npz) {
        long[] letters = npz.get("feat/extra_msa", 1 << 18).asLongArray();
        int padded = npz.get("feat/extra_msa", 1 << 18).getShape()[1];
        for (int e = 0; e < features.nExtra(); e++) {
            for (int i = 0; i < features.nRes(); i++) {
                int at = (e * features.nRes() + i) * MsaFeatures.EXTRA_MSA_CHANNELS;
                assertThat(features.extraMsaFeat()[at + (int) letters[e * padded + i]])
                        .as("letter of extra row %d, residue %d", e, i)
                        .isEqualTo(1);
            }
        }
    }

    /** Compares the part that is not padding; the file's axes are rows, residues (padded), channels. */
    private static void compare(float[] found, NpzFile.Reader npz, String name, int rows, int nRes, int channels) {
        float[] expected = npz.get("feat/" + name, 1 << 18).asFloatArray();
        int[] shape = npz.get("feat/" + name, 1 << 18).getShape();
        int padded = name.equals("target_feat") ? shape[0] : shape[1];
        float largest = 0;
        for (int row = 0; row < rows; row++) {
            for (int k = 0; k < nRes * channels; k++) {
                float difference = Math.abs(found[row * nRes * channels + k] - expected[row * padded * channels + k]);
                largest = Math.max(largest, difference);
            }
        }
        assertThat(largest).as("largest difference in %s", name).isLessThanOrEqualTo(TOLERANCE);
    }
}
