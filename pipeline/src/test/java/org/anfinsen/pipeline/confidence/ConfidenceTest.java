package org.anfinsen.pipeline.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.anfinsen.network.tensor.FloatTensor;
import org.junit.jupiter.api.Test;

class ConfidenceTest {

    @Test
    void readsACertainPlddtBinAsItsCentre() {
        float[] logits = new float[2 * 50];
        logits[3] = 100; // Residue 0: bin 3, 6 to 8.
        logits[50 + 49] = 100;
        Plddt plddt = Plddt.ofLogits(FloatTensor.of(logits, 2, 50));
        assertThat(plddt.toArray()).containsExactly(new double[] {7, 99}, within(1e-9));
        assertThat(plddt.mean()).isCloseTo(53, within(1e-9));
    }

    @Test
    void takesTheMiddleOfTheScaleForAnUndecidedResidue() {
        assertThat(Plddt.ofLogits(FloatTensor.zeros(1, 50)).at(0)).isCloseTo(50, within(1e-9));
    }

    @Test
    void givesPtmOneToAPredictionWithoutError() {
        int nRes = 30;
        float[] logits = new float[nRes * nRes * 64];
        for (int pair = 0; pair < nRes * nRes; pair++) {
            logits[pair * 64] = 200;
        }
        PredictedAlignedError error = PredictedAlignedError.ofLogits(FloatTensor.of(logits, nRes, nRes, 64));
        assertThat(error.at(3, 7)).isCloseTo(0.25, within(1e-6));
        assertThat(error.maxAngstrom()).isEqualTo(31.75);
        // d0 of 30 residues is 1.26 Å: the first bin's centre, 0.25 Å, counts 1 / (1 + (0.25 / 1.26)²).
        assertThat(error.ptm()).isCloseTo(0.962, within(1e-3));
    }

    @Test
    void alignsOnTheRowsResidue() {
        int nRes = 3;
        float[] logits = new float[nRes * nRes * 64];
        logits[(2 * nRes) * 64 + 40] = 200; // Aligned on residue 2, scored at residue 0.
        PredictedAlignedError error = PredictedAlignedError.ofLogits(FloatTensor.of(logits, nRes, nRes, 64));
        assertThat(error.at(2, 0)).isCloseTo(20.25, within(1e-5));
        assertThat(error.at(0, 2)).isCloseTo(16, within(1e-5));
        assertThat(error.largest()).isCloseTo(20.25, within(1e-5));
    }

    @Test
    void sumsDistogramRowsToOneAndCountsADividedBinInProportion() {
        float[] logits = new float[64];
        logits[19] = 200; // 7.9375 to 8.25 Å.
        Distogram distogram = Distogram.ofLogits(FloatTensor.of(logits, 1, 1, 64));
        double sum = 0;
        for (int b = 0; b < 64; b++) {
            sum += distogram.at(0, 0, b);
        }
        assertThat(sum).isCloseTo(1, within(1e-6));
        assertThat(distogram.edgesAngstrom()).hasSize(63).startsWith(2.3125f).endsWith(21.6875f);
        assertThat(distogram.closerThan(0, 0, 7.9)).isCloseTo(0, within(1e-6));
        assertThat(distogram.closerThan(0, 0, 8)).isCloseTo(0.2, within(1e-4));
        assertThat(distogram.closerThan(0, 0, 9)).isCloseTo(1, within(1e-6));
    }
}
