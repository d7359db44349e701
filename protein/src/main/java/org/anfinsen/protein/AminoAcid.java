package org.anfinsen.protein;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The twenty standard amino acids in AlphaFold's order, and {@link #UNKNOWN}. {@link #index()} is the number that the
 * network's {@code aatype} feature carries.
 */
public enum AminoAcid {
    ALA('A', "ALA"),
    ARG('R', "ARG"),
    ASN('N', "ASN"),
    ASP('D', "ASP"),
    CYS('C', "CYS"),
    GLN('Q', "GLN"),
    GLU('E', "GLU"),
    GLY('G', "GLY"),
    HIS('H', "HIS"),
    ILE('I', "ILE"),
    LEU('L', "LEU"),
    LYS('K', "LYS"),
    MET('M', "MET"),
    PHE('F', "PHE"),
    PRO('P', "PRO"),
    SER('S', "SER"),
    THR('T', "THR"),
    TRP('W', "TRP"),
    TYR('Y', "TYR"),
    VAL('V', "VAL"),
    UNKNOWN('X', "UNK");

    /** The twenty standard ones, by index. */
    public static final List<AminoAcid> STANDARD =
            Arrays.stream(values()).filter(AminoAcid::isStandard).toList();

    private static final AminoAcid[] BY_CODE = new AminoAcid['Z' + 1];

    static {
        for (AminoAcid aminoAcid : values()) {
            BY_CODE[aminoAcid.code] = aminoAcid;
        }
    }

    private final char code;
    private final String threeLetterCode;

    AminoAcid(char code, String threeLetterCode) {
        this.code = code;
        this.threeLetterCode = threeLetterCode;
    }

    /** The IUPAC one-letter code, upper case; {@code X} for {@link #UNKNOWN}. */
    public char code() {
        return code;
    }

    /** The residue name of a PDB file, such as {@code ALA}; {@code UNK} for {@link #UNKNOWN}. */
    public String threeLetterCode() {
        return threeLetterCode;
    }

    /** Position in AlphaFold's order: 0 to 19, 20 for {@link #UNKNOWN}. */
    public int index() {
        return ordinal();
    }

    public boolean isStandard() {
        return this != UNKNOWN;
    }

    /** The amino acid of an upper-case one-letter code; empty for any other character. */
    public static Optional<AminoAcid> ofCode(char code) {
        return code < BY_CODE.length ? Optional.ofNullable(BY_CODE[code]) : Optional.empty();
    }

    /** The amino acid of an upper-case three-letter code; empty for modified residues and anything else. */
    public static Optional<AminoAcid> ofThreeLetterCode(String threeLetterCode) {
        return Arrays.stream(values())
                .filter(aminoAcid -> aminoAcid.threeLetterCode.equals(threeLetterCode))
                .findFirst();
    }

    /** @throws IndexOutOfBoundsException if the index is not 0 to 20 */
    public static AminoAcid ofIndex(int index) {
        return values()[index];
    }
}
