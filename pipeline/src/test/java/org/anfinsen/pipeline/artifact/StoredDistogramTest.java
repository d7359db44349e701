package org.anfinsen.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.pipeline.confidence.Distogram;
import org.junit.jupiter.api.Test;

class StoredDistogramTest {

    private static final int BINS = 64;

    /** Two residues, surely 7.9375 to 8.25 Å apart. */
    private static StoredDistogram stored() {
        float[] logits = new float[4 * BINS];
        for (int pair = 0; pair < 4; pair++) {
            logits[pair * BINS + 19] = 200;
        }
        Distogram distogram = Distogram.ofLogits(FloatTensor.of(logits, 2, 2, BINS));
        try (NpzWriter npz = new NpzWriter()) {
            return StoredDistogram.read(npz.float16("probabilities", distogram.probabilities(), 2, 2, BINS)
                    .float32("bin_edges_angstrom", distogram.edgesAngstrom(), BINS - 1)
                    .toByteArray());
        }
    }

    @Test
    void saysOfThePairsWhatTheDistogramSaid() {
        assertThat(stored().length()).isEqualTo(2);
        assertThat(stored().expectedDistanceAngstrom(0, 1)).isCloseTo(8.09375, within(1e-3));
        assertThat(stored().closerThan(0, 1, 7.9)).isCloseTo(0, within(1e-3));
        assertThat(stored().closerThan(1, 0, 8)).isCloseTo(0.2, within(1e-3));
        assertThat(stored().closerThan(1, 1, 9)).isCloseTo(1, within(1e-3));
    }

    @Test
    void refusesAFileThatIsNoDistogram() {
        try (NpzWriter npz = new NpzWriter()) {
            byte[] other = npz.float32("something", new float[3], 3).toByteArray();
            assertThatThrownBy(() -> StoredDistogram.read(other))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("without probabilities");
        }
    }
}
