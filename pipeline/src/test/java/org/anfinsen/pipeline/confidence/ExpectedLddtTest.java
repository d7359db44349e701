package org.anfinsen.pipeline.confidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectedLddtTest {

    /** Glycines: the pseudo-beta is the C-alpha. */
    private static final ProteinSequence SEQUENCE = new ProteinSequence("row", "GGG");

    private static final double STEP_ANGSTROM = 0.3125;

    /** C-alpha atoms in a row, 12 bins apart. */
    private static AtomPositions row() {
        List<RigidFrame> frames = new ArrayList<>();
        for (int i = 0; i < SEQUENCE.length(); i++) {
            frames.add(new RigidFrame(Rotation.IDENTITY, new Vector3(12 * STEP_ANGSTROM * i, 0, 0)));
        }
        float[] sinCos = new float[14 * SEQUENCE.length()];
        for (int k = 1; k < sinCos.length; k += 2) {
            sinCos[k] = 1;
        }
        return AllAtomCoordinates.compute(SEQUENCE, frames, sinCos);
    }

    /** All mass of each pair in the bin that its distance is the lower edge of, moved by some bins. */
    private static Distogram distogram(int moved) {
        int nRes = SEQUENCE.length();
        FloatTensor logits = FloatTensor.zeros(nRes, nRes, 64);
        for (int i = 0; i < nRes; i++) {
            for (int j = 0; j < nRes; j++) {
                // The edges are at 2.3125 Å and so on: 7.4 steps.
                int bin = Math.clamp(Math.floorDiv(1000 * 12 * Math.abs(i - j) - 7400, 1000) + 1 + moved, 0, 63);
                logits.data()[(i * nRes + j) * 64 + bin] = 100;
            }
        }
        return Distogram.ofLogits(logits);
    }

    @ParameterizedTest
    @CsvSource({"0, 1", "5, 0.5", "10, 0.25", "16, 0"})
    void countsTheThresholdsThatTheFoldKeeps(int binsOff, double share) {
        assertThat(ExpectedLddt.of(distogram(binsOff), SEQUENCE, row()))
                .containsExactly(new double[] {share, share, share}, within(1e-6));
    }

    @Test
    void distancesAbove15AngstromDoNotCount() {
        assertThat(ExpectedLddt.of(distogram(50), SEQUENCE, row()))
                .containsExactly(new double[] {0, 0, 0}, within(1e-9));
    }
}
