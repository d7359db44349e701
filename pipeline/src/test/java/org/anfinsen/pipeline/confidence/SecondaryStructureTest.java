package org.anfinsen.pipeline.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.pipeline.confidence.SecondaryStructure.State;
import org.junit.jupiter.api.Test;

class SecondaryStructureTest {

    @Test
    void readsTheLogitsInTheOrderCoilHelixStrand() {
        float[] logits = {
            (float) Math.log(1), (float) Math.log(7), (float) Math.log(2),
            (float) Math.log(5), (float) Math.log(1), (float) Math.log(4)
        };
        SecondaryStructure predicted = SecondaryStructure.ofLogits(FloatTensor.of(logits, 2, 3));
        assertThat(predicted.length()).isEqualTo(2);
        assertThat(predicted.at(0, State.COIL)).isCloseTo(0.1, within(1e-6));
        assertThat(predicted.at(0, State.HELIX)).isCloseTo(0.7, within(1e-6));
        assertThat(predicted.at(0, State.STRAND)).isCloseTo(0.2, within(1e-6));
        assertThat(predicted.at(1, State.STRAND)).isCloseTo(0.4, within(1e-6));
        assertThat(predicted.mostLikely(0)).isEqualTo(State.HELIX);
        assertThat(predicted.mostLikely(1)).isEqualTo(State.COIL);
    }

    @Test
    void refusesAHeadWithAnotherNumberOfStates() {
        assertThatThrownBy(() -> SecondaryStructure.ofLogits(FloatTensor.zeros(3, 8)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8 states, expected 3");
    }
}
