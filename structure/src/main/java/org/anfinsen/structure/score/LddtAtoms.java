package org.anfinsen.structure.score;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.model.ProteinStructure;

/** The native's atoms that lDDT looks at, in one list, with the model's positions of the same atoms. */
final class LddtAtoms {

    private static final double INCLUSION_RADIUS = 15;

    /** Atoms whose names are a matter of choice, in pairs that change places together. */
    private static final Map<AminoAcid, List<List<Atom>>> SWAPS = new EnumMap<>(Map.of(
            AminoAcid.ARG, List.of(List.of(Atom.NH1, Atom.NH2)),
            AminoAcid.ASP, List.of(List.of(Atom.OD1, Atom.OD2)),
            AminoAcid.GLU, List.of(List.of(Atom.OE1, Atom.OE2)),
            AminoAcid.LEU, List.of(List.of(Atom.CD1, Atom.CD2)),
            AminoAcid.VAL, List.of(List.of(Atom.CG1, Atom.CG2)),
            AminoAcid.PHE, List.of(List.of(Atom.CD1, Atom.CD2), List.of(Atom.CE1, Atom.CE2)),
            AminoAcid.TYR, List.of(List.of(Atom.CD1, Atom.CD2), List.of(Atom.CE1, Atom.CE2))));

    private final int[] residues;
    private final int[][] slots;
    private final boolean[] ambiguous;
    private final Points reference;
    private final Points model;
    private final boolean[] placed;

    private LddtAtoms(int nRes, int count) {
        residues = new int[count];
        slots = new int[nRes][Atom.COUNT];
        ambiguous = new boolean[count];
        reference = new Points(count);
        model = new Points(count);
        placed = new boolean[count];
    }

    /**
     * Lists the atoms.
     *
     * @param atoms which atoms of the native take part
     */
    static LddtAtoms of(
            ProteinStructure model, ProteinStructure reference, ResidueMatching matching, List<Atom> atoms) {
        AtomPositions positions = reference.positions();
        int count = IntStream.range(0, reference.length())
                .map(i -> (int) atoms.stream()
                        .filter(atom -> positions.isPresent(i, atom))
                        .count())
                .sum();
        LddtAtoms list = new LddtAtoms(reference.length(), count);
        int k = 0;
        for (int i = 0; i < reference.length(); i++) {
            List<List<Atom>> swaps = SWAPS.getOrDefault(reference.sequence().at(i), List.of());
            for (Atom atom : atoms) {
                if (positions.isPresent(i, atom)) {
                    list.residues[k] = i;
                    list.reference.set(k, positions.at(i, atom));
                    list.ambiguous[k] = swaps.stream().anyMatch(pair -> pair.contains(atom));
                    k++;
                    list.slots[i][atom.index()] = k;
                }
            }
        }
        for (ResidueMatching.Pair pair : matching.pairs()) {
            list.place(model.positions(), pair);
        }
        for (ResidueMatching.Pair pair : matching.pairs()) {
            AminoAcid aminoAcid = reference.sequence().at(pair.reference());
            if (aminoAcid == model.sequence().at(pair.model())) {
                list.chooseNames(pair.reference(), SWAPS.getOrDefault(aminoAcid, List.of()));
            }
        }
        return list;
    }

    int count() {
        return residues.length;
    }

    /** The native residue that an atom belongs to. */
    int residue(int atom) {
        return residues[atom];
    }

    double referenceDistance(int first, int second) {
        return reference.distance(first, second);
    }

    /** Whether a distance of the native is one that counts: less than 15 Å, between two residues. */
    boolean counts(int first, int second, double distance) {
        return distance < INCLUSION_RADIUS && residues[first] != residues[second];
    }

    /** The share of the four thresholds, 0-1, within which the model keeps a distance of the native. */
    double kept(int first, int second, double distance) {
        if (!placed[first] || !placed[second]) {
            return 0;
        }
        double difference = Math.abs(model.distance(first, second) - distance);
        if (difference < 1) {
            return difference < 0.5 ? 1 : 0.75;
        }
        return difference < 2 ? 0.5 : difference < 4 ? 0.25 : 0;
    }

    private void place(AtomPositions positions, ResidueMatching.Pair pair) {
        for (Atom atom : Atom.ALL) {
            int slot = slots[pair.reference()][atom.index()] - 1;
            if (slot >= 0 && positions.isPresent(pair.model(), atom)) {
                model.set(slot, positions.at(pair.model(), atom));
                placed[slot] = true;
            }
        }
    }

    /** Exchanges the model's atoms of a residue where that keeps more distances to atoms with unambiguous names. */
    private void chooseNames(int residue, List<List<Atom>> swaps) {
        double before = 0;
        double after = 0;
        for (List<Atom> pair : swaps) {
            before += keptAround(residue, pair);
        }
        swaps.forEach(pair -> swap(residue, pair));
        for (List<Atom> pair : swaps) {
            after += keptAround(residue, pair);
        }
        if (before >= after) {
            swaps.forEach(pair -> swap(residue, pair));
        }
    }

    private double keptAround(int residue, List<Atom> atoms) {
        double sum = 0;
        for (Atom atom : atoms) {
            int slot = slots[residue][atom.index()] - 1;
            for (int other = 0; slot >= 0 && other < count(); other++) {
                double distance = reference.distance(slot, other);
                if (!ambiguous[other] && counts(slot, other, distance)) {
                    sum += kept(slot, other, distance);
                }
            }
        }
        return sum;
    }

    private void swap(int residue, List<Atom> pair) {
        int first = slots[residue][pair.getFirst().index()] - 1;
        int second = slots[residue][pair.getLast().index()] - 1;
        if (first >= 0 && second >= 0 && placed[first] && placed[second]) {
            model.swap(first, second);
        }
    }
}
