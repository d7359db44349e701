package org.anfinsen.structure.score;

import java.util.List;
import java.util.OptionalDouble;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.model.ProteinStructure;

/**
 * Local distance difference test (Mariani et al., Bioinformatics 29, 2722, 2013): of all distances below 15 Å between
 * atoms of different residues of the native, the share that the model keeps within 0.5, 1, 2 and 4 Å, averaged over the
 * four. Needs no superposition. A distance to an atom that the model lacks is not kept. Of the two namings of symmetric
 * side chains the better one counts. Stereochemistry is not checked.
 */
public final class Lddt {

    private final double[] kept;
    private final int[] total;

    private Lddt(int nRes) {
        kept = new double[nRes];
        total = new int[nRes];
    }

    /** Over C-alpha atoms only. */
    public static Lddt ofAlphaCarbons(ProteinStructure model, ProteinStructure reference, ResidueMatching matching) {
        return of(model, reference, matching, List.of(Atom.CA));
    }

    /** Over all heavy atoms of the native. */
    public static Lddt ofAllAtoms(ProteinStructure model, ProteinStructure reference, ResidueMatching matching) {
        return of(model, reference, matching, Atom.ALL);
    }

    /** Over the whole chain, 0-1; empty if the native has no two atoms of different residues within 15 Å. */
    public OptionalDouble score() {
        double sum = 0;
        long distances = 0;
        for (int i = 0; i < total.length; i++) {
            sum += kept[i];
            distances += total[i];
        }
        return distances == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / distances);
    }

    /** Over the distances of one residue of the native, by index from 0, 0-1; empty if it has none. */
    public OptionalDouble score(int residue) {
        return total[residue] == 0 ? OptionalDouble.empty() : OptionalDouble.of(kept[residue] / total[residue]);
    }

    private static Lddt of(
            ProteinStructure model, ProteinStructure reference, ResidueMatching matching, List<Atom> scored) {
        LddtAtoms atoms = LddtAtoms.of(model, reference, matching, scored);
        Lddt lddt = new Lddt(reference.length());
        for (int k = 0; k < atoms.count(); k++) {
            for (int l = k + 1; l < atoms.count(); l++) {
                double distance = atoms.referenceDistance(k, l);
                if (atoms.counts(k, l, distance)) {
                    double share = atoms.kept(k, l, distance);
                    lddt.add(atoms.residue(k), share);
                    lddt.add(atoms.residue(l), share);
                }
            }
        }
        return lddt;
    }

    private void add(int residue, double share) {
        kept[residue] += share;
        total[residue]++;
    }
}
