package org.anfinsen.structure.secondary;

/** The eight states of DSSP (Kabsch and Sander 1983). */
public enum SecondaryStructure {
    ALPHA_HELIX('H'),
    BETA_BRIDGE('B'),
    STRAND('E'),
    HELIX_3_10('G'),
    PI_HELIX('I'),
    TURN('T'),
    BEND('S'),
    COIL('-');

    private final char code;

    SecondaryStructure(char code) {
        this.code = code;
    }

    /** DSSP's letter; {@code -} for coil. */
    public char code() {
        return code;
    }

    /** Alpha, 3-10 or pi. */
    public boolean isHelix() {
        return this == ALPHA_HELIX || this == HELIX_3_10 || this == PI_HELIX;
    }

    /** Part of a sheet, or a single bridge. */
    public boolean isStrand() {
        return this == STRAND || this == BETA_BRIDGE;
    }
}
