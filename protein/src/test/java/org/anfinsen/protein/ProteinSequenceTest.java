package org.anfinsen.protein;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ProteinSequenceTest {

    @Test
    void keepsAlphaFoldsResidueOrder() {
        StringBuilder codes = new StringBuilder();
        for (int i = 0; i <= 20; i++) {
            codes.append(AminoAcid.ofIndex(i).code());
        }
        assertThat(codes).hasToString("ARNDCQEGHILKMFPSTWYVX");
    }

    @Test
    void findsAnAminoAcidByEitherCode() {
        for (AminoAcid aminoAcid : AminoAcid.values()) {
            assertThat(AminoAcid.ofCode(aminoAcid.code())).contains(aminoAcid);
            assertThat(AminoAcid.ofThreeLetterCode(aminoAcid.threeLetterCode())).contains(aminoAcid);
        }
        assertThat(AminoAcid.ofCode('a')).isEmpty();
        assertThat(AminoAcid.ofCode('é')).isEmpty();
        assertThat(AminoAcid.ofThreeLetterCode("MSE")).isEmpty();
    }

    @Test
    void namesTheResidueItRejects() {
        assertThatThrownBy(() -> new ProteinSequence("ubq", "MQB"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("sequence ubq, residue 3: 'B' is not an amino acid's one-letter code");
        assertThatThrownBy(() -> new ProteinSequence("ubq", "")).hasMessageContaining("no residues");
        assertThatThrownBy(() -> new ProteinSequence(" ", "M")).hasMessageContaining("needs a name");
    }

    @Test
    void readsResiduesByIndexFromZero() {
        ProteinSequence sequence = new ProteinSequence("pair", "MX");
        assertThat(sequence.length()).isEqualTo(2);
        assertThat(sequence.at(0)).isEqualTo(AminoAcid.MET);
        assertThat(sequence.at(1).isStandard()).isFalse();
    }
}
