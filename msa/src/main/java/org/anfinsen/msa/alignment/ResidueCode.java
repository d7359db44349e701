package org.anfinsen.msa.alignment;

/**
 * The letters of an alignment as small numbers: 0 to 19 and {@link #UNKNOWN} as {@code AminoAcid.index()}, then
 * {@link #GAP}. This is the order that AlphaFold's features have.
 */
public final class ResidueCode {

    /** {@code X}. */
    public static final byte UNKNOWN = 20;

    /** {@code -}: this row has no residue in this column. */
    public static final byte GAP = 21;

    /** How many codes there are. */
    public static final int COUNT = 22;

    private static final String LETTERS = "ARNDCQEGHILKMFPSTWYVX-";
    private static final byte NONE = -1;
    private static final byte[] BY_LETTER = new byte[128];

    static {
        java.util.Arrays.fill(BY_LETTER, NONE);
        for (byte code = 0; code < COUNT; code++) {
            char letter = LETTERS.charAt(code);
            BY_LETTER[letter] = code;
            BY_LETTER[Character.toLowerCase(letter)] = code;
        }
        // As AlphaFold reads alignments: B as D, Z as E, U as C; J, O and a stop codon as unknown.
        replace('B', 'D');
        replace('Z', 'E');
        replace('U', 'C');
        replace('J', 'X');
        replace('O', 'X');
        BY_LETTER['*'] = UNKNOWN;
        BY_LETTER['.'] = GAP;
        BY_LETTER['~'] = GAP;
        BY_LETTER['_'] = GAP;
    }

    private ResidueCode() {}

    private static void replace(char letter, char by) {
        BY_LETTER[letter] = BY_LETTER[by];
        BY_LETTER[Character.toLowerCase(letter)] = BY_LETTER[by];
    }

    /** The upper-case letter of a code, {@code -} for a gap. */
    public static char letter(int code) {
        return LETTERS.charAt(code);
    }

    /**
     * The code of a letter in either case. {@code B, Z, U, J, O} and {@code *} are read as AlphaFold reads them:
     * D, E, C, X, X and X; {@code . ~ _} are gaps.
     *
     * @return 0 to 21, or -1 if an alignment has no such letter
     */
    public static byte of(int letter) {
        return letter >= 0 && letter < BY_LETTER.length ? BY_LETTER[letter] : NONE;
    }

    /** Whether {@link #of} reads this letter as another one. */
    static boolean isReplaced(int letter) {
        return "BZUJObzujo*".indexOf(letter) >= 0;
    }
}
