package org.anfinsen.structure.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import org.anfinsen.structure.SharedData;
import org.anfinsen.structure.TestChains;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.RamachandranRegions;
import org.anfinsen.structure.constants.RamachandranRegions.Kind;
import org.anfinsen.structure.constants.RamachandranRegions.Region;
import org.anfinsen.structure.file.StructureReader;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;
import org.junit.jupiter.api.Test;

class StructureQualityTest {

    @Test
    void findsNothingWrongWithAnIdealHelix() {
        StructureQuality quality = StructureQuality.of(TestChains.helix("ACDEGHKMNQRSTA"));
        assertThat(quality.clashes().count()).isZero();
        assertThat(quality.ramachandran().favoured()).isEqualTo(12);
        assertThat(quality.ramachandran().favouredShare()).hasValue(1.0);
        assertThat(quality.bonds().outliers()).isZero();
        assertThat(quality.bonds().rmsDeviationAngstrom()).isLessThan(0.03);
        assertThat(quality.bonds().chainBreaks()).isZero();
        assertThat(quality.bonds().twistedPeptides()).isZero();
    }

    @Test
    void countsAtomsThatAreTooClose() {
        ProteinStructure helix = TestChains.helix("AAAAAAAAAA");
        // CB of residue 7 goes onto that of residue 2.
        ProteinStructure clashing = with(helix, 7, Atom.CB, helix.positions().at(2, Atom.CB));
        Clashes clashes = Clashes.of(clashing);
        assertThat(clashes.count()).isPositive();
        assertThat(clashes.worstAngstrom()).isCloseTo(2 * 1.7 - 1.5, within(1e-9));
        assertThat(clashes.perThousand()).isCloseTo(1000.0 * clashes.count() / 50, within(1e-9));
        assertThat(StructureQuality.of(clashing).bonds().outliers()).isEqualTo(1);
    }

    @Test
    void countsABreakWhereNoResidueIsMissing() {
        ProteinStructure helix = TestChains.helix("AAAAAAAAAA");
        Vector3 away = helix.positions().at(5, Atom.C).plus(new Vector3(0, 0, 40));
        assertThat(BondFigures.of(with(helix, 5, Atom.C, away)).chainBreaks()).isEqualTo(1);
        // A gap in the numbers is no break.
        assertThat(BondFigures.of(helix.select(0, 1, 2, 6, 7)).chainBreaks()).isZero();
    }

    @Test
    void knowsTheRegionsOfTheRamachandranMap() {
        assertThat(region(Kind.GENERAL, -60, -45)).isEqualTo(Region.FAVOURED);
        assertThat(region(Kind.GENERAL, -120, 130)).isEqualTo(Region.FAVOURED);
        assertThat(region(Kind.GENERAL, 55, 45)).isEqualTo(Region.FAVOURED);
        assertThat(region(Kind.GENERAL, 90, -150)).isEqualTo(Region.OUTLIER);
        assertThat(region(Kind.GLYCINE, 90, -175)).isEqualTo(Region.FAVOURED);
        assertThat(region(Kind.PROLINE, -120, 130)).isEqualTo(Region.OUTLIER);
        assertThat(region(Kind.PRE_PROLINE, -65, 145)).isEqualTo(Region.FAVOURED);
        assertThat(region(Kind.GENERAL, -60 + 360, -45 - 360)).isEqualTo(Region.FAVOURED);
    }

    @Test
    void findsExperimentalStructuresMostlySound() throws IOException {
        for (String target : List.of("T1024/T1024-D1", "T1026/T1026-D1", "T0990/T0990-D1")) {
            StructureQuality quality = StructureQuality.of(
                    StructureReader.readFirstChain(SharedData.file("data/casp/" + target + ".pdb")));
            assertThat(quality.ramachandran().favouredShare().orElseThrow())
                    .as(target)
                    .isGreaterThan(0.9);
            assertThat(quality.clashes().perThousand()).as(target).isLessThan(5);
            assertThat(quality.bonds().rmsDeviationAngstrom()).as(target).isLessThan(0.05);
        }
    }

    private static Region region(Kind kind, double phiDegrees, double psiDegrees) {
        return RamachandranRegions.of(kind, Math.toRadians(phiDegrees), Math.toRadians(psiDegrees));
    }

    private static ProteinStructure with(ProteinStructure structure, int residue, Atom atom, Vector3 position) {
        AtomPositions.Builder builder = AtomPositions.builder(structure.length());
        for (int i = 0; i < structure.length(); i++) {
            for (Atom each : Atom.ALL) {
                int index = i;
                structure.positions().find(i, each).ifPresent(p -> builder.set(index, each, p));
            }
        }
        builder.set(residue, atom, position);
        return new ProteinStructure(
                structure.sequence(),
                structure.chainId(),
                structure.residueNumbers(),
                builder.build(),
                new float[structure.length()]);
    }
}
