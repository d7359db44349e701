package org.anfinsen.protein;

import java.util.Objects;

/**
 * A named chain of residues in upper-case one-letter codes; {@code X} stands for an unknown residue. Nothing is
 * normalised here: whoever reads a file says what was changed on the way.
 *
 * @param name     what the user calls it; not empty
 * @param residues one letter a residue, {@code [N_res]}, at least one
 * @throws IllegalArgumentException if the name is blank, no residue is given, or a letter is none of the 21
 */
public record ProteinSequence(String name, String residues) {

    public ProteinSequence {
        Objects.requireNonNull(name, "name");
        if (name.isBlank()) {
            throw new IllegalArgumentException("a sequence needs a name");
        }
        if (residues.isEmpty()) {
            throw new IllegalArgumentException("sequence " + name + " has no residues");
        }
        for (int i = 0; i < residues.length(); i++) {
            if (AminoAcid.ofCode(residues.charAt(i)).isEmpty()) {
                throw new IllegalArgumentException("sequence " + name + ", residue " + (i + 1) + ": '"
                        + residues.charAt(i) + "' is not an amino acid's one-letter code");
            }
        }
    }

    /** N_res. */
    public int length() {
        return residues.length();
    }

    /** The residue at an index that counts from 0. */
    public AminoAcid at(int index) {
        return AminoAcid.ofCode(residues.charAt(index)).orElseThrow();
    }
}
