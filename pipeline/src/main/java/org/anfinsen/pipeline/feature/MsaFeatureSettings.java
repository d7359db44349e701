package org.anfinsen.pipeline.feature;

/**
 * How an alignment becomes features.
 *
 * @param maxMsaClusters cluster centres at most, the query included; 512 (508 with templates) in AlphaFold
 * @param maxExtraMsa    rows of the extra-MSA stack at most; 5,120 or 1,024 in AlphaFold
 * @param order          which rows become centres
 * @param maskedFraction share of the centres' positions that BERT masking changes; 0 for none, 0.15 in AlphaFold
 * @param emptyExtraMsa  what the extra-MSA stack gets when every row is a centre
 * @throws IllegalArgumentException if a size is not positive or the fraction not 0 to 1
 */
public record MsaFeatureSettings(
        int maxMsaClusters, int maxExtraMsa, RowOrder order, double maskedFraction, EmptyExtraMsa emptyExtraMsa) {

    /** Which rows become cluster centres. The query always does, and comes first. */
    public enum RowOrder {
        /** Drawn at random, anew for every recycling iteration: AlphaFold's {@code sample_msa}. */
        SAMPLED,
        /** The first ones as they stand in the alignment; the same in every iteration. */
        AS_GIVEN
    }

    /** The network needs at least one extra row; this is it if there is none. */
    public enum EmptyExtraMsa {
        /** One row with mask 0, equal to AlphaFold's padding. */
        MASKED_ROW,
        /**
         * The query. Departs from the supplement: under a mask of zeros the outer product mean's bias is divided by
         * 1e-3, which a network trained on shallow alignments would meet often.
         */
        QUERY
    }

    /** The share of positions that AlphaFold masks, in inference as well ({@code masked_msa_replace_fraction}). */
    public static final double ALPHAFOLD_MASKED_FRACTION = 0.15;

    public MsaFeatureSettings {
        if (maxMsaClusters < 1 || maxExtraMsa < 1) {
            throw new IllegalArgumentException(
                    maxMsaClusters + " clusters and " + maxExtraMsa + " extra rows: both must be positive");
        }
        if (!(maskedFraction >= 0 && maskedFraction <= 1)) {
            throw new IllegalArgumentException("masked fraction " + maskedFraction + ", must be 0 to 1");
        }
    }

    /**
     * As AlphaFold's monomer configuration for inference: rows sampled anew in every recycling iteration, 15 % of the
     * centres' positions masked, zero rows as padding.
     */
    public static MsaFeatureSettings alphaFold(int maxMsaClusters, int maxExtraMsa) {
        return new MsaFeatureSettings(
                maxMsaClusters, maxExtraMsa, RowOrder.SAMPLED, ALPHAFOLD_MASKED_FRACTION, EmptyExtraMsa.MASKED_ROW);
    }
}
