package org.anfinsen.structure.score;

import java.util.ArrayList;
import java.util.List;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.Vector3;
import org.anfinsen.structure.model.ProteinStructure;

/**
 * Pairs of heavy atoms of different residues that are nearer than the sum of their van der Waals radii less 1.5 Å
 * (Jumper et al. 2021, Suppl. section 1.9.11). Peptide bonds C-N and disulfide bridges SG-SG do not count.
 *
 * @param count         number of such pairs
 * @param perThousand   the same for each thousand atoms
 * @param worstAngstrom by how much the worst pair is nearer than the limit; 0 without clashes
 */
public record Clashes(int count, double perThousand, double worstAngstrom) {

    private static final double TOLERANCE = 1.5;

    /** No two heavy atoms farther apart than this can clash: two sulphur radii less the tolerance. */
    private static final double LONGEST = 2 * 1.8 - TOLERANCE;

    /** From an atom of one residue to any other of it, at most, in Å: residues farther apart need no look. */
    private static final double RESIDUE_EXTENT = 10;

    private record Site(int residue, Atom atom, Vector3 position) {}

    /** Counts the clashes of a chain. */
    public static Clashes of(ProteinStructure structure) {
        List<List<Site>> residues = new ArrayList<>();
        for (int i = 0; i < structure.length(); i++) {
            List<Site> sites = new ArrayList<>();
            for (Atom atom : Atom.ALL) {
                int residue = i;
                structure.positions().find(i, atom).ifPresent(position -> sites.add(new Site(residue, atom, position)));
            }
            residues.add(sites);
        }
        int count = 0;
        double worst = 0;
        for (int i = 0; i < residues.size(); i++) {
            for (int j = i + 1; j < residues.size(); j++) {
                if (near(residues.get(i), residues.get(j))) {
                    for (Site a : residues.get(i)) {
                        for (Site b : residues.get(j)) {
                            double overlap = overlap(a, b);
                            count += overlap > 0 ? 1 : 0;
                            worst = Math.max(worst, overlap);
                        }
                    }
                }
            }
        }
        int atoms = structure.positions().atomCount();
        return new Clashes(count, atoms == 0 ? 0 : 1000.0 * count / atoms, worst);
    }

    private static boolean near(List<Site> a, List<Site> b) {
        return !a.isEmpty()
                && !b.isEmpty()
                && a.getFirst().position().distance(b.getFirst().position()) < LONGEST + 2 * RESIDUE_EXTENT;
    }

    private static double overlap(Site a, Site b) {
        boolean peptideBond = b.residue() == a.residue() + 1 && a.atom() == Atom.C && b.atom() == Atom.N;
        boolean disulfide = a.atom() == Atom.SG && b.atom() == Atom.SG;
        if (peptideBond || disulfide) {
            return 0;
        }
        double limit = a.atom().element().vanDerWaalsRadiusAngstrom()
                + b.atom().element().vanDerWaalsRadiusAngstrom()
                - TOLERANCE;
        return Math.max(0, limit - a.position().distance(b.position()));
    }
}
