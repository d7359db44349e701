package org.anfinsen.structure.constants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.ReferenceArrays;
import org.junit.jupiter.api.Test;

class ResidueConstantsTest {

    @Test
    void ordersAtomsAsTheTableThatTrainingReads() {
        List<List<String>> rows = Table.rows("atom37.tsv", "index", "atom");
        assertThat(rows).hasSize(Atom.COUNT);
        for (Atom atom : Atom.ALL) {
            assertThat(rows.get(atom.index())).containsExactly(Integer.toString(atom.index()), atom.name());
        }
    }

    @Test
    void namesTheTableWhoseHeaderIsNotTheExpectedOne() {
        assertThatThrownBy(() -> Table.rows("atom37.tsv", "atom"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("atom37.tsv");
        assertThatThrownBy(() -> Table.rows("none.tsv", "atom")).hasMessageContaining("none.tsv");
    }

    @Test
    void beginsEveryResidueWithItsBackbone() {
        for (AminoAcid aminoAcid : AminoAcid.STANDARD) {
            List<Atom> first = ResidueConstants.idealAtoms(aminoAcid).stream()
                    .map(IdealAtom::atom)
                    .limit(4)
                    .toList();
            assertThat(first).containsExactly(Atom.N, Atom.CA, Atom.C, Atom.O);
        }
        assertThat(ResidueConstants.idealAtoms(AminoAcid.TRP)).hasSize(ResidueConstants.ATOM14_COUNT);
    }

    @Test
    void givesAnUnknownResidueNothing() {
        assertThat(ResidueConstants.idealAtoms(AminoAcid.UNKNOWN)).isEmpty();
        assertThat(ResidueConstants.chiAngles(AminoAcid.UNKNOWN)).isEmpty();
        assertThat(ResidueConstants.bonds(AminoAcid.UNKNOWN)).isEmpty();
        assertThat(ResidueConstants.hasAtom(AminoAcid.UNKNOWN, Atom.CA)).isFalse();
        assertThat(ResidueConstants.peptideBond(AminoAcid.UNKNOWN).lengthAngstrom())
                .isEqualTo(1.329);
        assertThat(ResidueConstants.peptideBond(AminoAcid.PRO).lengthAngstrom()).isEqualTo(1.341);
    }

    @Test
    void bondsEveryAtomToItsResidue() {
        for (AminoAcid aminoAcid : AminoAcid.STANDARD) {
            List<Bond> bonds = ResidueConstants.bonds(aminoAcid);
            for (IdealAtom ideal : ResidueConstants.idealAtoms(aminoAcid)) {
                assertThat(bonds)
                        .as(aminoAcid + " " + ideal.atom())
                        .anyMatch(bond -> bond.first() == ideal.atom() || bond.second() == ideal.atom());
            }
            // Atoms of one rigid group that are bonded lie as far apart in the table as the bond is long.
            for (Bond bond : bonds) {
                IdealAtom a =
                        ResidueConstants.idealAtom(aminoAcid, bond.first()).orElseThrow();
                IdealAtom b =
                        ResidueConstants.idealAtom(aminoAcid, bond.second()).orElseThrow();
                if (a.group() == b.group()) {
                    double distance = Math.sqrt(square(a.x() - b.x()) + square(a.y() - b.y()) + square(a.z() - b.z()));
                    assertThat(distance)
                            .as(aminoAcid + " " + bond)
                            .isCloseTo(bond.lengthAngstrom(), within(4 * bond.standardDeviationAngstrom()));
                }
            }
        }
    }

    @Test
    void agreesWithThePublishedTables() {
        try (ReferenceArrays reference = ReferenceArrays.open("geometry.npz")) {
            float[] mask = reference.floats("const_atom14_mask");
            long[] groups = reference.longs("const_atom14_to_rigid_group");
            float[] positions = reference.floats("const_atom14_rigid_group_positions");
            float[] mask37 = reference.floats("const_atom37_mask");
            long[] to14 = reference.longs("const_atom37_to_atom14");
            long[] to37 = reference.longs("const_atom14_to_atom37");
            for (AminoAcid aminoAcid : AminoAcid.values()) {
                int row = aminoAcid.index();
                for (int k = 0; k < ResidueConstants.ATOM14_COUNT; k++) {
                    int at = row * ResidueConstants.ATOM14_COUNT + k;
                    Optional<Atom> atom = ResidueConstants.atom14(aminoAcid, k);
                    assertThat(atom.isPresent()).isEqualTo(mask[at] == 1);
                    if (atom.isPresent()) {
                        IdealAtom ideal = ResidueConstants.idealAtom(aminoAcid, atom.get())
                                .orElseThrow();
                        assertThat(ideal.group().index()).isEqualTo((int) groups[at]);
                        assertThat(atom.get().index()).isEqualTo((int) to37[at]);
                        assertThat((float) ideal.x()).isEqualTo(positions[3 * at] + 0f);
                        assertThat((float) ideal.y()).isEqualTo(positions[3 * at + 1] + 0f);
                        assertThat((float) ideal.z()).isEqualTo(positions[3 * at + 2] + 0f);
                    }
                }
                for (Atom atom : Atom.ALL) {
                    int at = row * Atom.COUNT + atom.index();
                    assertThat(ResidueConstants.hasAtom(aminoAcid, atom)).isEqualTo(mask37[at] == 1);
                    assertThat(ResidueConstants.atom14Index(aminoAcid, atom).orElse(0))
                            .isEqualTo((int) to14[at]);
                }
            }
        }
    }

    @Test
    void agreesWithThePublishedSideChainTorsions() {
        try (ReferenceArrays reference = ReferenceArrays.open("geometry.npz")) {
            double[] mask = reference.doubles("const_chi_angles_mask");
            double[] periodic = reference.doubles("const_chi_pi_periodic");
            for (AminoAcid aminoAcid : AminoAcid.STANDARD) {
                List<ChiAngle> angles = ResidueConstants.chiAngles(aminoAcid);
                for (int k = 0; k < 4; k++) {
                    int at = aminoAcid.index() * 4 + k;
                    assertThat(k < angles.size()).isEqualTo(mask[at] == 1);
                    if (k < angles.size()) {
                        assertThat(angles.get(k).number()).isEqualTo(k + 1);
                        assertThat(angles.get(k).piPeriodic()).isEqualTo(periodic[at] == 1);
                    }
                }
            }
        }
    }

    private static double square(double value) {
        return value * value;
    }
}
