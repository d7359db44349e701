package org.anfinsen.structure.folding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.IdealAtom;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.RigidFromThreePoints;
import org.anfinsen.structure.geometry.Vector3;

/**
 * A chain of peptides with ideal bonds, all trans, that phi and psi alone decide about: within residues those of
 * {@link ResidueConstants}, between them Engh and Huber's (1991). Places N, C-alpha, C, O, the hydrogen on N and the
 * pseudo-beta (C-beta, C-alpha for glycine), and turns a gradient by the atoms' coordinates into one by the torsions. Holds
 * the places of the last call; not for use by several threads.
 */
final class Backbone {

    private static final double C_N_ANGSTROM = 1.329;
    private static final double C_O_ANGSTROM = 1.231;
    private static final double N_H_ANGSTROM = 1.01;
    private static final double C_N_CA_RADIANS = Math.toRadians(121.7);
    private static final double CA_C_N_RADIANS = Math.toRadians(117.2);

    /** The C-beta in the basis (N to C-alpha) x (C-alpha to C), N to C-alpha, C-alpha to C. */
    private static final double[] BETA = {-0.58273431, 0.56802827, -0.54067466};

    private final int nRes;
    private final boolean[] glycine;
    private final double[] nToAlpha;
    private final double[] alphaToC;
    private final double[] angleAtAlpha;
    private final double[] n;
    private final double[] alpha;
    private final double[] c;
    private final double[] beta;
    private final double[] o;
    private final double[] h;

    Backbone(ProteinSequence sequence) {
        this.nRes = sequence.length();
        this.glycine = new boolean[nRes];
        this.nToAlpha = new double[nRes];
        this.alphaToC = new double[nRes];
        this.angleAtAlpha = new double[nRes];
        for (int i = 0; i < nRes; i++) {
            glycine[i] = sequence.at(i) == AminoAcid.GLY;
            AminoAcid known = sequence.at(i).isStandard() ? sequence.at(i) : AminoAcid.ALA;
            Vector3 toN = fromAlpha(known, Atom.N);
            Vector3 toC = fromAlpha(known, Atom.C);
            nToAlpha[i] = toN.norm();
            alphaToC[i] = toC.norm();
            angleAtAlpha[i] = Math.acos(toN.normalized().dot(toC.normalized()));
        }
        this.n = new double[3 * nRes];
        this.alpha = new double[3 * nRes];
        this.c = new double[3 * nRes];
        this.beta = new double[3 * nRes];
        this.o = new double[3 * nRes];
        this.h = new double[3 * nRes];
    }

    private static Vector3 fromAlpha(AminoAcid aminoAcid, Atom atom) {
        IdealAtom ideal = ResidueConstants.idealAtom(aminoAcid, atom).orElseThrow();
        return new Vector3(ideal.x(), ideal.y(), ideal.z());
    }

    /** C-alpha atoms, {@code [N_res, 3]} in Å, row-major: read only. */
    double[] alpha() {
        return alpha;
    }

    /** Pseudo-beta atoms, likewise. */
    double[] beta() {
        return beta;
    }

    /** Oxygens, likewise; that of the last residue is not placed. */
    double[] o() {
        return o;
    }

    /** The hydrogens on N, likewise; that of the first residue is not placed. */
    double[] h() {
        return h;
    }

    /** Frames on C-alpha, as the network's: {@code [N_res]}. */
    List<RigidFrame> frames() {
        List<RigidFrame> frames = new ArrayList<>(nRes);
        for (int i = 0; i < nRes; i++) {
            frames.add(RigidFromThreePoints.frame(point(n, i), point(alpha, i), point(c, i)));
        }
        return frames;
    }

    /** Places all atoms. The first phi and the last psi move nothing that is placed. */
    void place(double[] phi, double[] psi) {
        n[0] = 0;
        n[1] = 0;
        n[2] = 0;
        alpha[0] = nToAlpha[0];
        alpha[1] = 0;
        alpha[2] = 0;
        c[0] = nToAlpha[0] - alphaToC[0] * Math.cos(angleAtAlpha[0]);
        c[1] = alphaToC[0] * Math.sin(angleAtAlpha[0]);
        c[2] = 0;
        placeBeta(0);
        for (int i = 1; i < nRes; i++) {
            int before = 3 * (i - 1);
            int here = 3 * i;
            extend(n, before, alpha, before, c, before, C_N_ANGSTROM, CA_C_N_RADIANS, psi[i - 1], n, here);
            extend(alpha, before, c, before, n, here, nToAlpha[i], C_N_CA_RADIANS, Math.PI, alpha, here);
            extend(c, before, n, here, alpha, here, alphaToC[i], angleAtAlpha[i], phi[i], c, here);
            placeBeta(i);
            placeOpposite(c, before, alpha, before, n, here, C_O_ANGSTROM, o);
            placeOpposite(n, here, alpha, here, c, before, N_H_ANGSTROM, h);
        }
    }

    /**
     * The gradient by the torsions: a torsion turns all atoms after its bond, so that its derivative is the part along the
     * bond of the torque of the forces on them.
     *
     * @param byAlpha derivative of the cost by the C-alpha atoms' coordinates, {@code [N_res, 3]}
     * @param byBeta  by the pseudo-betas'
     * @param byO     by the oxygens'
     * @param byH     by the hydrogens'
     * @param byPhi   gets that by phi, {@code [N_res]}
     * @param byPsi   by psi
     */
    void gradient(double[] byAlpha, double[] byBeta, double[] byO, double[] byH, double[] byPhi, double[] byPsi) {
        double[] force = new double[3];
        double[] torque = new double[3];
        Arrays.fill(byPhi, 0);
        Arrays.fill(byPsi, 0);
        for (int i = nRes - 1; i >= 0; i--) {
            collect(force, torque, o, byO, i);
            byPsi[i] = turned(force, torque, alpha, c, i);
            collect(force, torque, beta, byBeta, i);
            byPhi[i] = turned(force, torque, n, alpha, i);
            collect(force, torque, alpha, byAlpha, i);
            collect(force, torque, h, byH, i);
        }
    }

    private static void collect(double[] force, double[] torque, double[] points, double[] gradient, int i) {
        double x = points[3 * i];
        double y = points[3 * i + 1];
        double z = points[3 * i + 2];
        double gx = gradient[3 * i];
        double gy = gradient[3 * i + 1];
        double gz = gradient[3 * i + 2];
        force[0] += gx;
        force[1] += gy;
        force[2] += gz;
        torque[0] += y * gz - z * gy;
        torque[1] += z * gx - x * gz;
        torque[2] += x * gy - y * gx;
    }

    /** The derivative by a turn about the bond of residue i from one atom to the other. */
    private static double turned(double[] force, double[] torque, double[] from, double[] to, int i) {
        double ox = from[3 * i];
        double oy = from[3 * i + 1];
        double oz = from[3 * i + 2];
        double ux = to[3 * i] - ox;
        double uy = to[3 * i + 1] - oy;
        double uz = to[3 * i + 2] - oz;
        double norm = Math.sqrt(ux * ux + uy * uy + uz * uz);
        double tx = torque[0] - (oy * force[2] - oz * force[1]);
        double ty = torque[1] - (oz * force[0] - ox * force[2]);
        double tz = torque[2] - (ox * force[1] - oy * force[0]);
        return (ux * tx + uy * ty + uz * tz) / norm;
    }

    /** The point at a distance from {@code p2}, at an angle to p2-p1 and turned by a torsion from p0. */
    private static void extend(
            double[] p0,
            int k0,
            double[] p1,
            int k1,
            double[] p2,
            int k2,
            double distance,
            double angle,
            double torsion,
            double[] to,
            int k) {
        double bx = p2[k2] - p1[k1];
        double by = p2[k2 + 1] - p1[k1 + 1];
        double bz = p2[k2 + 2] - p1[k1 + 2];
        double norm = Math.sqrt(bx * bx + by * by + bz * bz);
        bx /= norm;
        by /= norm;
        bz /= norm;
        double ax = p1[k1] - p0[k0];
        double ay = p1[k1 + 1] - p0[k0 + 1];
        double az = p1[k1 + 2] - p0[k0 + 2];
        double nx = ay * bz - az * by;
        double ny = az * bx - ax * bz;
        double nz = ax * by - ay * bx;
        norm = Math.sqrt(nx * nx + ny * ny + nz * nz);
        nx /= norm;
        ny /= norm;
        nz /= norm;
        double mx = ny * bz - nz * by;
        double my = nz * bx - nx * bz;
        double mz = nx * by - ny * bx;
        double along = -distance * Math.cos(angle);
        double cos = distance * Math.sin(angle) * Math.cos(torsion);
        double sin = distance * Math.sin(angle) * Math.sin(torsion);
        to[k] = p2[k2] + along * bx + cos * mx + sin * nx;
        to[k + 1] = p2[k2 + 1] + along * by + cos * my + sin * ny;
        to[k + 2] = p2[k2 + 2] + along * bz + cos * mz + sin * nz;
    }

    /** In the plane of an atom and two neighbours, on the side away from both. */
    private static void placeOpposite(
            double[] atom, int k, double[] first, int k1, double[] second, int k2, double distance, double[] to) {
        double toFirst = Math.sqrt(squared(atom, k, first, k1));
        double toSecond = Math.sqrt(squared(atom, k, second, k2));
        double[] away = new double[3];
        double sum = 0;
        for (int axis = 0; axis < 3; axis++) {
            away[axis] =
                    (atom[k + axis] - first[k1 + axis]) / toFirst + (atom[k + axis] - second[k2 + axis]) / toSecond;
            sum += away[axis] * away[axis];
        }
        double scale = distance / Math.sqrt(sum);
        for (int axis = 0; axis < 3; axis++) {
            to[k + axis] = atom[k + axis] + scale * away[axis];
        }
    }

    private static double squared(double[] a, int i, double[] b, int j) {
        double x = a[i] - b[j];
        double y = a[i + 1] - b[j + 1];
        double z = a[i + 2] - b[j + 2];
        return x * x + y * y + z * z;
    }

    private void placeBeta(int i) {
        int k = 3 * i;
        if (glycine[i]) {
            System.arraycopy(alpha, k, beta, k, 3);
            return;
        }
        double bx = alpha[k] - n[k];
        double by = alpha[k + 1] - n[k + 1];
        double bz = alpha[k + 2] - n[k + 2];
        double cx = c[k] - alpha[k];
        double cy = c[k + 1] - alpha[k + 1];
        double cz = c[k + 2] - alpha[k + 2];
        beta[k] = alpha[k] + BETA[0] * (by * cz - bz * cy) + BETA[1] * bx + BETA[2] * cx;
        beta[k + 1] = alpha[k + 1] + BETA[0] * (bz * cx - bx * cz) + BETA[1] * by + BETA[2] * cy;
        beta[k + 2] = alpha[k + 2] + BETA[0] * (bx * cy - by * cx) + BETA[1] * bz + BETA[2] * cz;
    }

    private static Vector3 point(double[] points, int i) {
        return new Vector3(points[3 * i], points[3 * i + 1], points[3 * i + 2]);
    }
}
