package org.anfinsen.structure.constants;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The names of heavy atoms in standard residues, in the order of AlphaFold's atom37 arrays (the table {@code
 * atom37.tsv}): {@link #index()} is the position on their atom axis.
 */
public enum Atom {
    N,
    CA,
    C,
    CB,
    O,
    CG,
    CG1,
    CG2,
    OG,
    OG1,
    SG,
    CD,
    CD1,
    CD2,
    ND1,
    ND2,
    OD1,
    OD2,
    SD,
    CE,
    CE1,
    CE2,
    CE3,
    NE,
    NE1,
    NE2,
    OE1,
    OE2,
    CH2,
    NH1,
    NH2,
    OH,
    CZ,
    CZ2,
    CZ3,
    NZ,
    OXT;

    /** Length of the atom axis of an atom37 array. */
    public static final int COUNT = 37;

    /** All of them in order. */
    public static final List<Atom> ALL = List.of(values());

    private static final Map<String, Atom> BY_NAME =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Atom::name, Function.identity()));

    private final Element element = Element.valueOf(name().substring(0, 1));

    /** Position on the atom37 axis, 0 to 36. */
    public int index() {
        return ordinal();
    }

    public Element element() {
        return element;
    }

    /** The atom at a position of the atom37 axis. */
    public static Atom ofIndex(int index) {
        return ALL.get(index);
    }

    /** The atom of a PDB atom name without blanks, such as {@code CG1}; empty for hydrogens and anything else. */
    public static Optional<Atom> ofName(String name) {
        return Optional.ofNullable(BY_NAME.get(name));
    }
}
