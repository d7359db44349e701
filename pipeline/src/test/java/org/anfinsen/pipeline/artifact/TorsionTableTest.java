package org.anfinsen.pipeline.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;
import org.junit.jupiter.api.Test;

class TorsionTableTest {

    private static final ProteinSequence SEQUENCE = new ProteinSequence("pair", "KG");

    /** A lysine whose chi angles are 60, -60, 180 and 90 degrees, far from a glycine. */
    private static AtomPositions positions() {
        float[] sinCos = new float[2 * 7 * 2];
        double[] degrees = {0, 0, 120, 60, -60, 180, 90, 0, 0, 0, 0, 0, 0, 0};
        for (int k = 0; k < degrees.length; k++) {
            sinCos[2 * k] = (float) Math.sin(Math.toRadians(degrees[k]));
            sinCos[2 * k + 1] = (float) Math.cos(Math.toRadians(degrees[k]));
        }
        List<RigidFrame> frames = new ArrayList<>();
        frames.add(RigidFrame.IDENTITY);
        frames.add(new RigidFrame(Rotation.IDENTITY, new Vector3(50, 0, 0)));
        return AllAtomCoordinates.compute(SEQUENCE, frames, sinCos);
    }

    @Test
    void measuresTheSideChainThatWasBuilt() {
        TorsionTable table = TorsionTable.of(SEQUENCE, positions());
        assertThat(table.degrees(0, "chi1").orElseThrow()).isCloseTo(60, within(0.5));
        assertThat(table.degrees(0, "chi2").orElseThrow()).isCloseTo(-60, within(0.5));
        assertThat(Math.abs(table.degrees(0, "chi3").orElseThrow())).isCloseTo(180, within(0.5));
        assertThat(table.degrees(0, "chi4").orElseThrow()).isCloseTo(90, within(0.5));
    }

    @Test
    void leavesAnglesThatDoNotExistEmpty() {
        TorsionTable table = TorsionTable.of(SEQUENCE, positions());
        assertThat(table.degrees(0, "phi")).isEmpty();
        assertThat(table.degrees(1, "psi")).isEmpty();
        assertThat(table.degrees(1, "omega")).isEmpty();
        assertThat(table.degrees(1, "chi1")).isEmpty();
        String[] lines = new String(table.csv(), StandardCharsets.US_ASCII).split("\n", -1);
        assertThat(lines[0]).isEqualTo("residue_number,residue,phi,psi,omega,chi1,chi2,chi3,chi4");
        assertThat(lines[2]).isEqualTo("2,GLY,,,,,,,");
    }
}
