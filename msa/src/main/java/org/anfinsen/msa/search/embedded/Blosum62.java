package org.anfinsen.msa.search.embedded;

import org.anfinsen.msa.alignment.ResidueCode;
import org.biojava.nbio.core.alignment.matrices.SubstitutionMatrixHelper;
import org.biojava.nbio.core.alignment.template.SubstitutionMatrix;
import org.biojava.nbio.core.sequence.compound.AminoAcidCompound;
import org.biojava.nbio.core.sequence.compound.AminoAcidCompoundSet;

/** BioJava's BLOSUM62 as a table over {@link ResidueCode}s 0 to 20. */
final class Blosum62 {

    /** Codes with a score: the 20 amino acids and X. */
    static final int CODES = ResidueCode.UNKNOWN + 1;

    private static final byte[][] SCORES = scores();

    private Blosum62() {}

    /** The scores of a residue against all others, {@code [21]}; do not change it. */
    static byte[] row(int code) {
        return SCORES[code];
    }

    static int score(int code, int other) {
        return SCORES[code][other];
    }

    private static byte[][] scores() {
        SubstitutionMatrix<AminoAcidCompound> matrix = SubstitutionMatrixHelper.getBlosum62();
        AminoAcidCompoundSet compounds = AminoAcidCompoundSet.getAminoAcidCompoundSet();
        byte[][] scores = new byte[CODES][CODES];
        for (int a = 0; a < CODES; a++) {
            for (int b = 0; b < CODES; b++) {
                scores[a][b] = (byte) matrix.getValue(
                        compounds.getCompoundForString(String.valueOf(ResidueCode.letter(a))),
                        compounds.getCompoundForString(String.valueOf(ResidueCode.letter(b))));
            }
        }
        return scores;
    }
}
