package org.anfinsen.structure.constants;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.anfinsen.protein.AminoAcid;

/**
 * The residue tables: which heavy atoms each amino acid has, in which rigid group and where, its side-chain torsions and
 * its bonds. {@link AminoAcid#UNKNOWN} has no atoms, torsions or bonds.
 *
 * <p>atom14 is the order of a residue's own atoms (at most 14), atom37 the order of {@link Atom}.
 */
public final class ResidueConstants {

    /** Length of the atom axis of an atom14 array. */
    public static final int ATOM14_COUNT = 14;

    /** Torsions of a residue: pre-omega, phi, psi, chi1 to chi4. */
    public static final int TORSION_COUNT = 7;

    private static final Map<AminoAcid, List<IdealAtom>> ATOMS = readAtoms();
    private static final Map<AminoAcid, List<ChiAngle>> CHI_ANGLES = readChiAngles();
    private static final Map<AminoAcid, List<Bond>> BONDS = readBonds(false);
    private static final Map<AminoAcid, List<Bond>> PEPTIDE_BONDS = readBonds(true);
    private static final int[][] ATOM37_TO_ATOM14 = atom37ToAtom14();

    private ResidueConstants() {}

    /** The heavy atoms of an amino acid in atom14 order, with their ideal positions; without the terminal OXT. */
    public static List<IdealAtom> idealAtoms(AminoAcid aminoAcid) {
        return ATOMS.getOrDefault(aminoAcid, List.of());
    }

    /** The ideal position of one atom; empty if the amino acid does not have it. */
    public static Optional<IdealAtom> idealAtom(AminoAcid aminoAcid, Atom atom) {
        int index = ATOM37_TO_ATOM14[aminoAcid.index()][atom.index()];
        return index < 0 ? Optional.empty() : Optional.of(idealAtoms(aminoAcid).get(index));
    }

    /** Whether the amino acid has the atom; false for OXT, which belongs to the chain's end and not to a residue. */
    public static boolean hasAtom(AminoAcid aminoAcid, Atom atom) {
        return ATOM37_TO_ATOM14[aminoAcid.index()][atom.index()] >= 0;
    }

    /** Position of an atom on the atom14 axis of the amino acid; empty if it has no such atom. */
    public static OptionalInt atom14Index(AminoAcid aminoAcid, Atom atom) {
        int index = ATOM37_TO_ATOM14[aminoAcid.index()][atom.index()];
        return index < 0 ? OptionalInt.empty() : OptionalInt.of(index);
    }

    /** The atom at a position of the atom14 axis; empty beyond the amino acid's last atom. */
    public static Optional<Atom> atom14(AminoAcid aminoAcid, int index) {
        List<IdealAtom> atoms = idealAtoms(aminoAcid);
        return index < atoms.size() ? Optional.of(atoms.get(index).atom()) : Optional.empty();
    }

    /** The side-chain torsions, chi1 first; none for alanine, glycine and unknown. */
    public static List<ChiAngle> chiAngles(AminoAcid aminoAcid) {
        return CHI_ANGLES.getOrDefault(aminoAcid, List.of());
    }

    /** The bonds between heavy atoms of one residue. */
    public static List<Bond> bonds(AminoAcid aminoAcid) {
        return BONDS.getOrDefault(aminoAcid, List.of());
    }

    /**
     * The bond from the carbonyl carbon of the residue before ({@code first}) to this residue's nitrogen; an unknown
     * residue is taken for an ordinary one, not a proline.
     */
    public static Bond peptideBond(AminoAcid aminoAcid) {
        AminoAcid kind = aminoAcid.isStandard() ? aminoAcid : AminoAcid.ALA;
        return PEPTIDE_BONDS.getOrDefault(kind, List.of()).getFirst();
    }

    private static Map<AminoAcid, List<IdealAtom>> readAtoms() {
        Map<AminoAcid, List<IdealAtom>> atoms = new EnumMap<>(AminoAcid.class);
        for (List<String> row : Table.rows("rigid-group-atoms.tsv", "residue", "atom", "group", "x", "y", "z")) {
            atoms.computeIfAbsent(aminoAcid(row.get(0)), key -> new ArrayList<>())
                    .add(new IdealAtom(
                            Atom.valueOf(row.get(1)),
                            RigidGroup.ofIndex(Integer.parseInt(row.get(2))),
                            Double.parseDouble(row.get(3)),
                            Double.parseDouble(row.get(4)),
                            Double.parseDouble(row.get(5))));
        }
        atoms.replaceAll((aminoAcid, list) -> List.copyOf(list));
        return atoms;
    }

    private static Map<AminoAcid, List<ChiAngle>> readChiAngles() {
        Map<AminoAcid, List<ChiAngle>> angles = new EnumMap<>(AminoAcid.class);
        String[] header = {"residue", "chi", "atom1", "atom2", "atom3", "atom4", "pi_periodic"};
        for (List<String> row : Table.rows("chi-angles.tsv", header)) {
            List<Atom> four = row.subList(2, 6).stream().map(Atom::valueOf).toList();
            angles.computeIfAbsent(aminoAcid(row.get(0)), key -> new ArrayList<>())
                    .add(new ChiAngle(
                            Integer.parseInt(row.get(1)), four, row.get(6).equals("1")));
        }
        angles.replaceAll((aminoAcid, list) -> List.copyOf(list));
        return angles;
    }

    /** The bonds whose first atom lies in the residue itself, or, with {@code peptide}, in the one before. */
    private static Map<AminoAcid, List<Bond>> readBonds(boolean peptide) {
        Map<AminoAcid, List<Bond>> bonds = new EnumMap<>(AminoAcid.class);
        for (List<String> row :
                Table.rows("bond-lengths.tsv", "residue", "atom1", "atom2", "length", "standard_deviation")) {
            String first = row.get(1);
            if (first.startsWith("-") == peptide) {
                bonds.computeIfAbsent(aminoAcid(row.get(0)), key -> new ArrayList<>())
                        .add(new Bond(
                                Atom.valueOf(peptide ? first.substring(1) : first),
                                Atom.valueOf(row.get(2)),
                                Double.parseDouble(row.get(3)),
                                Double.parseDouble(row.get(4))));
            }
        }
        bonds.replaceAll((aminoAcid, list) -> List.copyOf(list));
        return bonds;
    }

    private static int[][] atom37ToAtom14() {
        int[][] positions = new int[AminoAcid.values().length][Atom.COUNT];
        for (AminoAcid aminoAcid : AminoAcid.values()) {
            Arrays.fill(positions[aminoAcid.index()], -1);
            List<IdealAtom> atoms = idealAtoms(aminoAcid);
            for (int i = 0; i < atoms.size(); i++) {
                positions[aminoAcid.index()][atoms.get(i).atom().index()] = i;
            }
        }
        return positions;
    }

    private static AminoAcid aminoAcid(String threeLetterCode) {
        return AminoAcid.ofThreeLetterCode(threeLetterCode)
                .orElseThrow(() -> new IllegalStateException("unknown residue " + threeLetterCode + " in a table"));
    }
}
