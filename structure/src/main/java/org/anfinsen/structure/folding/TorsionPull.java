package org.anfinsen.structure.folding;

import static org.anfinsen.structure.folding.BackboneLayout.C;
import static org.anfinsen.structure.folding.BackboneLayout.CA;
import static org.anfinsen.structure.folding.BackboneLayout.N;
import static org.anfinsen.structure.folding.BackboneLayout.NEXT;

import org.anfinsen.structure.geometry.Vector3;

/** A pull of phi and psi towards given ones, and of omega towards trans: 1 - cos of the difference. */
final class TorsionPull {

    /** Of a bond in Å², of a cross product in Å to the fourth: torsions of nearly straight atoms pull no harder than this allows. */
    private static final double SQUARE_MIN = 0.1;

    private final double[] phi;
    private final double[] psi;
    private final double weight;

    /**
     * A pull.
     *
     * @param phi    in radians, {@code [N_res]}; the first is not looked at
     * @param psi    likewise; the last is not looked at
     * @param weight in units of the potential
     */
    TorsionPull(double[] phi, double[] psi, double weight) {
        this.phi = phi;
        this.psi = psi;
        this.weight = weight;
    }

    /**
     * The cost of a backbone.
     *
     * @param atoms        N, C-alpha, C: {@code [N_res, 3, 3]} in Å
     * @param planarWeight of omega
     * @param gradient     gets the derivative added
     */
    double add(double[] atoms, double planarWeight, double[] gradient) {
        double cost = 0;
        for (int i = 0; i + 1 < phi.length; i++) {
            int k = NEXT * i;
            int next = k + NEXT;
            cost += add(atoms, k + C, next + N, next + CA, next + C, phi[i + 1], weight, gradient);
            cost += add(atoms, k + N, k + CA, k + C, next + N, psi[i], weight, gradient);
            cost += add(atoms, k + CA, k + C, next + N, next + CA, Math.PI, planarWeight, gradient);
        }
        return cost;
    }

    /** With the derivatives of Blondel and Karplus (1996). */
    private static double add(
            double[] atoms, int p, int q, int r, int s, double given, double weight, double[] gradient) {
        Vector3 first = between(atoms, p, q);
        Vector3 axis = between(atoms, q, r);
        Vector3 last = between(atoms, r, s);
        Vector3 across = first.cross(axis);
        Vector3 beyond = axis.cross(last);
        double off = Math.atan2(axis.norm() * first.dot(beyond), across.dot(beyond)) - given;
        double length = Math.sqrt(Math.max(axis.dot(axis), SQUARE_MIN));
        double pull = weight * Math.sin(off);
        Vector3 byP = across.times(-pull * length / Math.max(across.dot(across), SQUARE_MIN));
        Vector3 byS = beyond.times(pull * length / Math.max(beyond.dot(beyond), SQUARE_MIN));
        double back = first.dot(axis) / (length * length);
        double on = last.dot(axis) / (length * length);
        add(gradient, p, byP);
        add(gradient, q, byS.times(on).minus(byP.times(1 + back)));
        add(gradient, r, byP.times(back).minus(byS.times(1 + on)));
        add(gradient, s, byS);
        return weight * (1 - Math.cos(off));
    }

    private static Vector3 between(double[] atoms, int a, int b) {
        return new Vector3(atoms[b] - atoms[a], atoms[b + 1] - atoms[a + 1], atoms[b + 2] - atoms[a + 2]);
    }

    private static void add(double[] gradient, int k, Vector3 derivative) {
        gradient[k] += derivative.x();
        gradient[k + 1] += derivative.y();
        gradient[k + 2] += derivative.z();
    }
}
