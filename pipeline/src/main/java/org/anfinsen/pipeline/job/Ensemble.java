package org.anfinsen.pipeline.job;

import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The predictions of one chain that are ranked with each other, as one of them sees them.
 *
 * @param id   the same for all of them
 * @param size how many there are; one that was removed counts no longer
 * @param rank of this one, from 1 on, see {@link Ranking}; null until all have ended, and if this one has no result
 */
public record Ensemble(UUID id, int size, @Nullable Integer rank) {

    /**
     * One of the predictions.
     *
     * @param meanPlddt 0 without a result
     */
    public record Member(UUID job, PredictionState state, double meanPlddt) {}

    /**
     * The ensemble as a job sees it.
     *
     * @param members all of them, in the order of acceptance
     */
    public static Ensemble of(UUID id, UUID job, List<Member> members) {
        return new Ensemble(id, members.size(), rank(job, members));
    }

    private static @Nullable Integer rank(UUID job, List<Member> members) {
        if (!members.stream().allMatch(member -> member.state.isFinal())) {
            return null;
        }
        List<Member> done = members.stream()
                .filter(member -> member.state == PredictionState.DONE)
                .toList();
        int place = Ranking.byMeanPlddt(done, Member::meanPlddt).stream()
                .map(Member::job)
                .toList()
                .indexOf(job);
        return place < 0 ? null : place + 1;
    }
}
