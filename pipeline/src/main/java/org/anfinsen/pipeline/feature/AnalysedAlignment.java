package org.anfinsen.pipeline.feature;

import org.anfinsen.msa.alignment.Alignment;
import org.anfinsen.msa.coevolution.Coevolution;
import org.anfinsen.msa.weight.RowWeights;

/**
 * An alignment and what is counted over all of it, once: both take time that grows with the square of its size.
 *
 * @param weights     of all rows
 * @param coevolution of its pairs of columns; all 0 if the query is alone
 */
public record AnalysedAlignment(Alignment alignment, RowWeights weights, Coevolution coevolution) {

    /** Computes on all cores. */
    public static AnalysedAlignment of(Alignment alignment) {
        RowWeights weights = RowWeights.of(alignment);
        return new AnalysedAlignment(alignment, weights, Coevolution.of(alignment, weights));
    }

    /** Whether there are homologues to say anything about. */
    public boolean hasHomologues() {
        return alignment.rows() > 1;
    }
}
