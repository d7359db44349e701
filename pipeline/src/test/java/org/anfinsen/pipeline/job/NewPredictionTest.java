package org.anfinsen.pipeline.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.anfinsen.pipeline.job.PredictionOptions.AlignmentSource;
import org.anfinsen.protein.ProteinSequence;
import org.junit.jupiter.api.Test;

class NewPredictionTest {

    private static String hash(String name, String modelSha256, long seed) {
        return new NewPrediction(
                        new ProteinSequence(name, "YYDPETGTWY"),
                        null,
                        new PredictionOptions("anfinsen-1", modelSha256, 0, seed, AlignmentSource.SINGLE_SEQUENCE),
                        List.of())
                .contentHash();
    }

    @Test
    void theContentIsTheSameWhateverTheNameOfTheSequence() {
        assertThat(hash("a", "5a", 0)).isEqualTo(hash("b", "5a", 0));
    }

    @Test
    void theContentDiffersWithTheSeedAndWithTheParametersOfAPackageThatWasReplaced() {
        assertThat(hash("a", "5a", 1)).isNotEqualTo(hash("a", "5a", 0));
        assertThat(hash("a", "5b", 0)).isNotEqualTo(hash("a", "5a", 0));
    }
}
