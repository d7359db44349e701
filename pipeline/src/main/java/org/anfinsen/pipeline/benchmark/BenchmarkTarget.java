package org.anfinsen.pipeline.benchmark;

import java.util.List;
import org.anfinsen.protein.ProteinSequence;
import org.jspecify.annotations.Nullable;

/**
 * A target as the store knows it.
 *
 * @param residues     empty if the target could not be read
 * @param a3m          null without an alignment
 * @param alignment    null before {@link TargetState#ALIGNED}
 * @param contacts     contacts from coevolution alone, in CASP's RR format; null without an alignment
 * @param predictions  ranked, best first; empty before {@link TargetState#PREDICTED}
 * @param scores       one for each native; empty before {@link TargetState#SCORED}
 * @param failedStage  where it failed; null unless failed
 * @param failure      why; null unless failed
 */
public record BenchmarkTarget(
        String name,
        String residues,
        @Nullable String a3m,
        TargetState state,
        @Nullable AlignmentFigures alignment,
        @Nullable String contacts,
        List<RankedPrediction> predictions,
        List<DomainScores> scores,
        @Nullable String failedStage,
        @Nullable String failure) {

    public BenchmarkTarget {
        predictions = List.copyOf(predictions);
        scores = List.copyOf(scores);
    }

    /** The query under the target's name. */
    public ProteinSequence sequence() {
        return new ProteinSequence(name, residues);
    }
}
