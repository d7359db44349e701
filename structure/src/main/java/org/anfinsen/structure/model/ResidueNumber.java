package org.anfinsen.structure.model;

/**
 * What a PDB file prints for a residue: its number and, where numbers were spent, an insertion code.
 *
 * @param number        ours start at 1; others' may be anything, negative too
 * @param insertionCode a letter or a blank
 */
public record ResidueNumber(int number, char insertionCode) implements Comparable<ResidueNumber> {

    public ResidueNumber(int number) {
        this(number, ' ');
    }

    @Override
    public int compareTo(ResidueNumber other) {
        int byNumber = Integer.compare(number, other.number);
        return byNumber == 0 ? Character.compare(insertionCode, other.insertionCode) : byNumber;
    }

    /** Such as {@code 52} or {@code 52A}. */
    @Override
    public String toString() {
        return insertionCode == ' ' ? Integer.toString(number) : Integer.toString(number) + insertionCode;
    }
}
