package org.anfinsen.structure.geometry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.TestChains;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.Test;

class TorsionAnglesTest {

    @Test
    void hasTheSignOfIupac() {
        Vector3 a = new Vector3(1, 0, 0);
        Vector3 b = Vector3.ZERO;
        Vector3 c = new Vector3(0, 0, 1);
        // Looking along +z, from b to c, clockwise is from x to y.
        assertThat(Dihedral.radians(a, b, c, new Vector3(0, 1, 1))).isCloseTo(Math.PI / 2, within(1e-12));
        assertThat(Dihedral.radians(a, b, c, new Vector3(1, 0, 1))).isCloseTo(0, within(1e-12));
        assertThat(Dihedral.radians(a, b, c, new Vector3(0, 0, 5))).isNaN();
    }

    @Test
    void measuresTheTorsionsThatAChainWasBuiltWith() {
        ProteinStructure helix = TestChains.helix("ACDEFGHIKLMNPQRSTVWY");
        TorsionAngles angles = TorsionAngles.measure(helix.sequence(), helix.positions());
        // The residue tables open N-CA-C by up to 2 degrees more or less than the chain was built with.
        for (int i = 1; i < helix.length(); i++) {
            assertThat(Math.abs(angles.at(i, Torsion.OMEGA).orElseThrow())).isCloseTo(Math.PI, within(0.06));
            assertThat(Math.toDegrees(angles.at(i, Torsion.PHI).orElseThrow())).isCloseTo(-60, within(4.0));
        }
        for (int i = 0; i < helix.length(); i++) {
            // The last one is measured at O, which the residue tables place.
            assertThat(Math.toDegrees(angles.at(i, Torsion.PSI).orElseThrow())).isCloseTo(-45, within(4.0));
        }
    }

    @Test
    void leavesOutWhatAChainEndOrBreakTakesAway() {
        ProteinStructure chain = TestChains.strand("ACDEFG").select(0, 1, 2, 4, 5);
        TorsionAngles angles = TorsionAngles.measure(chain.sequence(), chain.positions());
        for (int start : List.of(0, 3)) {
            assertThat(angles.at(start, Torsion.OMEGA)).isEmpty();
            assertThat(angles.at(start, Torsion.PHI)).isEmpty();
            assertThat(angles.at(start, Torsion.PSI)).isPresent();
        }
        assertThat(angles.at(2, Torsion.PHI)).isPresent();
        assertThat(angles.at(0, Torsion.CHI1)).isEmpty();
        assertThat(chain.sequence().at(0)).isEqualTo(AminoAcid.ALA);
    }

    @Test
    void areUnchangedByARigidMotion() {
        ProteinStructure chain = TestChains.helix("ACDEFGHIKLMNPQRSTVWY");
        RigidFrame motion =
                new RigidFrame(Rotation.ofQuaternion(new Quaternion(0.3, -0.7, 0.2, 0.6)), new Vector3(10, -20, 5));
        TorsionAngles before = TorsionAngles.measure(chain.sequence(), chain.positions());
        TorsionAngles after =
                TorsionAngles.measure(chain.sequence(), chain.moved(motion).positions());
        for (int i = 0; i < chain.length(); i++) {
            for (Torsion torsion : Torsion.ALL) {
                assertThat(after.at(i, torsion).isPresent())
                        .isEqualTo(before.at(i, torsion).isPresent());
                if (before.at(i, torsion).isPresent()) {
                    double difference = after.at(i, torsion).getAsDouble()
                            - before.at(i, torsion).getAsDouble();
                    assertThat(Math.cos(difference)).isCloseTo(1, within(1e-12));
                }
            }
        }
    }
}
