package org.anfinsen.structure.geometry;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.ChiAngle;
import org.anfinsen.structure.constants.ResidueConstants;

/**
 * The torsion angles measured from a chain's atoms: {@code [N_res, 7]} in radians, -pi to pi. An angle is missing where
 * one of its atoms is, where the residue has no such torsion, and across a chain break.
 */
public final class TorsionAngles {

    private final double[][] radians;

    private TorsionAngles(double[][] radians) {
        this.radians = radians;
    }

    /**
     * Measures all torsions of a chain. Psi before a chain end or break is measured at O, which lies opposite the missing
     * nitrogen.
     *
     * @param sequence  the residues, {@code [N_res]}
     * @param positions their atoms, {@code [N_res, 37, 3]}
     * @throws IllegalArgumentException if the two differ in length
     */
    public static TorsionAngles measure(ProteinSequence sequence, AtomPositions positions) {
        int nRes = sequence.length();
        if (positions.length() != nRes) {
            throw new IllegalArgumentException(nRes + " residues, positions for " + positions.length());
        }
        double[][] radians = new double[nRes][Torsion.ALL.size()];
        for (int i = 0; i < nRes; i++) {
            Arrays.fill(radians[i], Double.NaN);
            if (ChainConnectivity.isBondedToPrevious(positions, i)) {
                radians[i][Torsion.OMEGA.index()] = angle(
                        positions.find(i - 1, Atom.CA),
                        positions.find(i - 1, Atom.C),
                        positions.find(i, Atom.N),
                        positions.find(i, Atom.CA));
                radians[i][Torsion.PHI.index()] = angle(
                        positions.find(i - 1, Atom.C),
                        positions.find(i, Atom.N),
                        positions.find(i, Atom.CA),
                        positions.find(i, Atom.C));
            }
            radians[i][Torsion.PSI.index()] = psi(positions, i);
            for (ChiAngle chi : ResidueConstants.chiAngles(sequence.at(i))) {
                List<Atom> atoms = chi.atoms();
                radians[i][Torsion.ofChi(chi.number()).index()] = angle(
                        positions.find(i, atoms.get(0)),
                        positions.find(i, atoms.get(1)),
                        positions.find(i, atoms.get(2)),
                        positions.find(i, atoms.get(3)));
            }
        }
        return new TorsionAngles(radians);
    }

    /** N_res. */
    public int length() {
        return radians.length;
    }

    /** A torsion of the residue, counted from 0, in radians; empty where it is missing. */
    public OptionalDouble at(int residue, Torsion torsion) {
        double value = radians[residue][torsion.index()];
        return Double.isNaN(value) ? OptionalDouble.empty() : OptionalDouble.of(value);
    }

    private static double psi(AtomPositions positions, int i) {
        Optional<Vector3> n = positions.find(i, Atom.N);
        Optional<Vector3> ca = positions.find(i, Atom.CA);
        Optional<Vector3> c = positions.find(i, Atom.C);
        if (i + 1 < positions.length() && ChainConnectivity.isBondedToPrevious(positions, i + 1)) {
            return angle(n, ca, c, positions.find(i + 1, Atom.N));
        }
        double toOxygen = angle(n, ca, c, positions.find(i, Atom.O));
        return toOxygen > 0 ? toOxygen - Math.PI : toOxygen + Math.PI;
    }

    private static double angle(Optional<Vector3> a, Optional<Vector3> b, Optional<Vector3> c, Optional<Vector3> d) {
        if (a.isEmpty() || b.isEmpty() || c.isEmpty() || d.isEmpty()) {
            return Double.NaN;
        }
        return Dihedral.radians(a.get(), b.get(), c.get(), d.get());
    }
}
