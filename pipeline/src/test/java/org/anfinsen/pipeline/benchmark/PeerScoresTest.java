package org.anfinsen.pipeline.benchmark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class PeerScoresTest {

    @Test
    void readsATableWithoutNamesOfColumns() {
        assertThat(PeerScores.read("scores.tsv", "casp14\tT1024-D1\t0.956\t0.908\t193\n"))
                .containsExactly(new PeerScore("casp14", "T1024-D1", 0.956, 0.908));
    }

    @Test
    void readsNamedColumnsInAnyOrderAndPercentages() {
        assertThat(PeerScores.read("other.csv", "GDT_TS,Domain,TM_score\n45.5,T1-D1,0.5\n,T2-D1,0.25\n"))
                .containsExactly(
                        new PeerScore("other.csv", "T1-D1", 0.5, 0.455),
                        new PeerScore("other.csv", "T2-D1", 0.25, null));
    }

    @Test
    void readsWhatTheScriptsOfTrainingWrite() {
        assertThat(
                        PeerScores.read(
                                "template.jsonl",
                                "{\"list\": \"casp\", \"mode\": \"template\", \"name\": \"T1-D1\", \"tm_score\": 0.25, \"rmsd\": NaN}\n"))
                .containsExactly(new PeerScore("template", "T1-D1", 0.25, null));
        assertThatThrownBy(() -> PeerScores.read("x", "{\"name\": \"T1-D1\"}\n"))
                .hasMessage("x, line 1: no TM-score");
        assertThatThrownBy(() -> PeerScores.read("x", "{\"name\"\n")).hasMessage("x, line 1: no JSON object");
    }

    @Test
    void saysWhichLineIsWrong() {
        assertThatThrownBy(() -> PeerScores.read("x.tsv", "m\td\t0.5\t0.5\nm\td\tgood\t0.5\n"))
                .hasMessage("x.tsv, line 2: 'good' is no score");
        assertThatThrownBy(() -> PeerScores.read("x.tsv", "m\td\n")).hasMessageContaining("line 1");
    }
}
