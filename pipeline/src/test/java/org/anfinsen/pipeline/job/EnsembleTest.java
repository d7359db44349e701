package org.anfinsen.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.UUID;
import org.anfinsen.pipeline.job.Ensemble.Member;
import org.junit.jupiter.api.Test;

final class EnsembleTest {

    private static final UUID ID = UUID.randomUUID();
    private static final UUID A = UUID.randomUUID();
    private static final UUID B = UUID.randomUUID();
    private static final UUID C = UUID.randomUUID();

    @Test
    void ranksThoseThatAreDoneWhenAllHaveEnded() {
        List<Member> members = List.of(
                new Member(A, PredictionState.DONE, 60),
                new Member(B, PredictionState.FAILED, 0),
                new Member(C, PredictionState.DONE, 70));

        assertThat(Ensemble.of(ID, A, members)).isEqualTo(new Ensemble(ID, 3, 2));
        assertThat(Ensemble.of(ID, B, members)).isEqualTo(new Ensemble(ID, 3, null));
        assertThat(Ensemble.of(ID, C, members)).isEqualTo(new Ensemble(ID, 3, 1));
    }

    @Test
    void ranksNoneWhileOneIsRunning() {
        List<Member> members =
                List.of(new Member(A, PredictionState.DONE, 60), new Member(B, PredictionState.PREDICTING, 0));

        assertThat(Ensemble.of(ID, A, members)).isEqualTo(new Ensemble(ID, 2, null));
    }
}
