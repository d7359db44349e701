package org.anfinsen.pipeline.feature;

import static org.anfinsen.pipeline.feature.MsaFeatures.EXTRA_MSA_CHANNELS;
import static org.anfinsen.pipeline.feature.MsaFeatures.MSA_CHANNELS;
import static org.anfinsen.pipeline.feature.MsaFeatures.TARGET_CHANNELS;

import java.util.Arrays;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.anfinsen.msa.alignment.Alignment;

/**
 * Makes AlphaFold's features of an alignment: Jumper et al. 2021, Suppl. 1.2.6 to 1.2.9 and Table 1, in the order of the
 * published pipeline: cluster centres, BERT masking, clusters over all other rows, extra rows, features.
 */
public final class MsaFeaturizer {

    private static final int CODES = 23;
    private static final int HAS_DELETION = CODES;
    private static final int DELETION_VALUE = CODES + 1;
    private static final int PROFILE = CODES + 2;
    private static final int DELETION_MEAN = PROFILE + CODES;
    private static final float EPSILON = 1e-6f;

    private final MsaFeatureSettings settings;

    public MsaFeaturizer(MsaFeatureSettings settings) {
        this.settings = Objects.requireNonNull(settings, "settings");
    }

    /** The features of a whole chain; see {@link #features(Alignment, ChainNumbering, long, int)}. */
    public MsaFeatures features(Alignment alignment, long seed, int cycle) {
        return features(alignment, ChainNumbering.contiguous(alignment.columns()), seed, cycle);
    }

    /**
     * The features of one recycling iteration. The same alignment, settings, seed and cycle give the same features.
     *
     * @param cycle the recycling iteration, from 0; each draws other rows
     * @throws IllegalArgumentException if the numbering is not of as many residues as the query has
     */
    public MsaFeatures features(Alignment alignment, ChainNumbering numbering, long seed, int cycle) {
        int nRes = alignment.columns();
        if (numbering.residueIndex().length != nRes) {
            throw new IllegalArgumentException(
                    "numbering of " + numbering.residueIndex().length + " residues, the query has " + nRes);
        }
        SplittableRandom random = new SplittableRandom(seed * 0x9e3779b97f4a7c15L + cycle);
        RowSample sample = switch (settings.order()) {
            case AS_GIVEN -> RowSample.asGiven(alignment.rows(), settings.maxMsaClusters());
            case SAMPLED -> RowSample.sampled(alignment.rows(), settings.maxMsaClusters(), random);
        };
        byte[][] centres = codes(alignment, sample.centres());
        byte[][] others = codes(alignment, sample.others());
        new BertMasking(settings.maskedFraction(), random).mask(centres, alignment);
        int[] assignment = new NearestCentre(centres).of(others);

        float[] msaFeat = msaFeatures(alignment, sample, centres, others, assignment);
        int[] extraRows = Arrays.copyOf(sample.others(), Math.min(sample.others().length, settings.maxExtraMsa()));
        boolean padded =
                extraRows.length == 0 && settings.emptyExtraMsa() == MsaFeatureSettings.EmptyExtraMsa.MASKED_ROW;
        int[] shownRows = extraRows.length == 0 ? new int[] {0} : extraRows;
        int nExtra = shownRows.length;
        float[] extraMsaFeat = padded ? new float[nRes * EXTRA_MSA_CHANNELS] : extraFeatures(alignment, shownRows);
        float[] extraMsaMask = padded ? new float[nRes] : ones(nExtra * nRes);
        return new MsaFeatures(
                centres.length,
                nExtra,
                nRes,
                targetFeatures(alignment, numbering),
                msaFeat,
                ones(centres.length * nRes),
                extraMsaFeat,
                extraMsaMask,
                numbering.residueIndex(),
                IntStream.range(0, nRes).map(i -> alignment.at(0, i)).toArray(),
                ones(nRes));
    }

    private static byte[][] codes(Alignment alignment, int[] rows) {
        byte[][] codes = new byte[rows.length][alignment.columns()];
        for (int i = 0; i < rows.length; i++) {
            alignment.copyRow(rows[i], codes[i], 0);
        }
        return codes;
    }

    private static float[] targetFeatures(Alignment alignment, ChainNumbering numbering) {
        float[] features = new float[alignment.columns() * TARGET_CHANNELS];
        for (int i = 0; i < alignment.columns(); i++) {
            features[i * TARGET_CHANNELS] = numbering.domainBreak()[i] ? 1 : 0;
            features[i * TARGET_CHANNELS + 1 + alignment.at(0, i)] = 1;
        }
        return features;
    }

    private static float[] msaFeatures(
            Alignment alignment, RowSample sample, byte[][] centres, byte[][] others, int[] assignment) {
        int nRes = alignment.columns();
        float[] features = new float[Math.multiplyExact(centres.length * MSA_CHANNELS, nRes)];
        int[] members = new int[centres.length];
        float[][] deletions = new float[centres.length][nRes];
        for (int s = 0; s < centres.length; s++) {
            alignment.addDeletions(sample.centres()[s], deletions[s], 0);
            writeLetters(centres[s], deletions[s], features, s * nRes, MSA_CHANNELS);
            countLetters(centres[s], features, s);
        }
        for (int k = 0; k < others.length; k++) {
            int s = assignment[k];
            members[s]++;
            countLetters(others[k], features, s);
            alignment.addDeletions(sample.others()[k], deletions[s], 0);
        }
        IntStream.range(0, centres.length)
                .parallel()
                .forEach(s -> average(features, s, deletions[s], EPSILON + 1 + members[s]));
        return features;
    }

    /** Adds a member's letters to the counts of its cluster. */
    private static void countLetters(byte[] codes, float[] features, int s) {
        int offset = s * codes.length * MSA_CHANNELS + PROFILE;
        for (byte code : codes) {
            features[offset + code]++;
            offset += MSA_CHANNELS;
        }
    }

    private static void average(float[] features, int s, float[] deletions, float count) {
        int offset = s * deletions.length * MSA_CHANNELS;
        for (float deletionSum : deletions) {
            for (int code = 0; code < CODES; code++) {
                features[offset + PROFILE + code] /= count;
            }
            features[offset + DELETION_MEAN] = DeletionValue.of(deletionSum / count);
            offset += MSA_CHANNELS;
        }
    }

    private static float[] extraFeatures(Alignment alignment, int[] rows) {
        int nRes = alignment.columns();
        float[] features = new float[Math.multiplyExact(rows.length * EXTRA_MSA_CHANNELS, nRes)];
        IntStream.range(0, rows.length).parallel().forEach(e -> {
            byte[] codes = new byte[nRes];
            float[] deletions = new float[nRes];
            alignment.copyRow(rows[e], codes, 0);
            alignment.addDeletions(rows[e], deletions, 0);
            writeLetters(codes, deletions, features, e * nRes, EXTRA_MSA_CHANNELS);
        });
        return features;
    }

    /** One-hot letter, has-deletion and deletion value of a row: the channels that both stacks share. */
    private static void writeLetters(byte[] codes, float[] deletions, float[] features, int position, int channels) {
        int offset = position * channels;
        for (int i = 0; i < codes.length; i++) {
            features[offset + codes[i]] = 1;
            if (deletions[i] > 0) {
                features[offset + HAS_DELETION] = 1;
                features[offset + DELETION_VALUE] = DeletionValue.of(deletions[i]);
            }
            offset += channels;
        }
    }

    private static float[] ones(int length) {
        float[] ones = new float[length];
        Arrays.fill(ones, 1);
        return ones;
    }
}
