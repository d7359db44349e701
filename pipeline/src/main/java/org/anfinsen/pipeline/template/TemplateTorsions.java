package org.anfinsen.pipeline.template;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.ChiAngle;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.Vector3;

/**
 * Torsion angles of a template as AlphaFold's published code gives them to the network, which differs from
 * {@code TorsionAngles}: psi is always measured at O, the residue before is the one at the query's residue before whether
 * bonded or not, and an angle that is masked is computed nevertheless, absent atoms taken to lie at the origin.
 */
final class TemplateTorsions {

    private static final double EPSILON = 1e-8;
    private static final int ANGLES = Torsion.ALL.size();

    private final float[] sinCos;
    private final float[] alternative;
    private final float[] mask;

    private TemplateTorsions(int nRes) {
        sinCos = new float[nRes * ANGLES * 2];
        alternative = new float[nRes * ANGLES * 2];
        mask = new float[nRes * ANGLES];
    }

    static TemplateTorsions of(AlignedTemplate template) {
        int nRes = template.aatype().length;
        TemplateTorsions torsions = new TemplateTorsions(nRes);
        AtomPositions atoms = template.positions();
        for (int i = 0; i < nRes; i++) {
            int before = i - 1;
            torsions.put(i, Torsion.OMEGA, atoms, new int[] {before, before, i, i}, Atom.CA, Atom.C, Atom.N, Atom.CA);
            torsions.put(i, Torsion.PHI, atoms, new int[] {before, i, i, i}, Atom.C, Atom.N, Atom.CA, Atom.C);
            torsions.put(i, Torsion.PSI, atoms, new int[] {i, i, i, i}, Atom.N, Atom.CA, Atom.C, Atom.O);
            // O lies opposite the nitrogen that follows.
            torsions.turn(torsions.sinCos, i, Torsion.PSI);
            torsions.turn(torsions.alternative, i, Torsion.PSI);
            int aatype = template.aatype()[i];
            if (aatype < AminoAcid.STANDARD.size()) {
                for (ChiAngle chi : ResidueConstants.chiAngles(AminoAcid.ofIndex(aatype))) {
                    Torsion torsion = Torsion.ofChi(chi.number());
                    List<Atom> four = chi.atoms();
                    torsions.put(
                            i,
                            torsion,
                            atoms,
                            new int[] {i, i, i, i},
                            four.get(0),
                            four.get(1),
                            four.get(2),
                            four.get(3));
                    if (chi.piPeriodic()) {
                        torsions.turn(torsions.alternative, i, torsion);
                    }
                }
            }
        }
        return torsions;
    }

    /** {@code [N_res, 7, 2]}, (sin, cos). */
    float[] sinCos() {
        return sinCos;
    }

    /** The same with the ambiguous chi angles turned by pi. */
    float[] alternative() {
        return alternative;
    }

    /** {@code [N_res, 7]}. */
    float[] mask() {
        return mask;
    }

    private void put(int residue, Torsion torsion, AtomPositions positions, int[] residues, Atom... atoms) {
        double[][] points = new double[4][3];
        boolean all = true;
        for (int k = 0; k < 4; k++) {
            Optional<Vector3> found = residues[k] < 0 ? Optional.empty() : positions.find(residues[k], atoms[k]);
            all &= found.isPresent();
            Vector3 point = found.orElse(Vector3.ZERO);
            points[k] = new double[] {point.x(), point.y(), point.z()};
        }
        double[] x = unit(minus(points[2], points[1]));
        double[] toFirst = minus(points[0], points[2]);
        double along = dot(toFirst, x);
        double[] y =
                unit(new double[] {toFirst[0] - along * x[0], toFirst[1] - along * x[1], toFirst[2] - along * x[2]});
        double[] z = {x[1] * y[2] - x[2] * y[1], x[2] * y[0] - x[0] * y[2], x[0] * y[1] - x[1] * y[0]};
        double[] last = minus(points[3], points[2]);
        double sin = dot(last, z);
        double cos = dot(last, y);
        double length = Math.sqrt(sin * sin + cos * cos + EPSILON);
        int at = residue * ANGLES + torsion.index();
        mask[at] = all ? 1 : 0;
        for (float[] target : Arrays.asList(sinCos, alternative)) {
            target[2 * at] = (float) (sin / length);
            target[2 * at + 1] = (float) (cos / length);
        }
    }

    private void turn(float[] target, int residue, Torsion torsion) {
        int at = 2 * (residue * ANGLES + torsion.index());
        target[at] = -target[at];
        target[at + 1] = -target[at + 1];
    }

    private static double[] minus(double[] a, double[] b) {
        return new double[] {a[0] - b[0], a[1] - b[1], a[2] - b[2]};
    }

    private static double dot(double[] a, double[] b) {
        return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
    }

    private static double[] unit(double[] a) {
        double length = Math.sqrt(dot(a, a) + EPSILON);
        return new double[] {a[0] / length, a[1] / length, a[2] / length};
    }
}
