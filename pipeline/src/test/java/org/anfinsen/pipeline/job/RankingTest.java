package org.anfinsen.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class RankingTest {

    private record Prediction(String name, double meanPlddt) {}

    @Test
    void putsTheHighestFirstAndLeavesEqualOnesInTheirOrder() {
        List<Prediction> predictions = List.of(
                new Prediction("a", 50), new Prediction("b", 70), new Prediction("c", 50), new Prediction("d", 0));

        assertThat(Ranking.byMeanPlddt(predictions, Prediction::meanPlddt))
                .extracting(Prediction::name)
                .containsExactly("b", "a", "c", "d");
    }

    @Test
    void takesNoneFromANetworkWithoutTheHead() {
        assertThat(Ranking.meanPlddt(Map.of("mean_plddt", 71.5))).isEqualTo(71.5);
        assertThat(Ranking.meanPlddt(Map.of("cycles", 4))).isZero();
    }
}
