package org.anfinsen.structure.geometry;

import java.util.ArrayList;
import java.util.List;

/** Backbone frames of a chain with ideal bonds and angles and trans peptide bonds, from its torsions. */
public final class IdealChain {

    private static final double N_CA = 1.459;
    private static final double CA_C = 1.525;
    private static final double C_N = 1.329;
    private static final double N_CA_C = Math.toRadians(111.0);
    private static final double CA_C_N = Math.toRadians(116.6);
    private static final double C_N_CA = Math.toRadians(121.4);

    private IdealChain() {}

    /** {@code [N_res]} frames from phi and psi in radians, {@code [N_res]} each. */
    public static List<RigidFrame> frames(double[] phi, double[] psi) {
        Vector3 n = Vector3.ZERO;
        Vector3 ca = new Vector3(N_CA, 0, 0);
        Vector3 c = extend(new Vector3(0, 1, 0), n, ca, CA_C, N_CA_C, 1.0);
        List<RigidFrame> frames = new ArrayList<>();
        for (int i = 0; i < phi.length; i++) {
            frames.add(RigidFromThreePoints.frame(n, ca, c));
            if (i + 1 < phi.length) {
                Vector3 nextN = extend(n, ca, c, C_N, CA_C_N, psi[i]);
                Vector3 nextCa = extend(ca, c, nextN, N_CA, C_N_CA, Math.PI);
                c = extend(c, nextN, nextCa, CA_C, N_CA_C, phi[i + 1]);
                n = nextN;
                ca = nextCa;
            }
        }
        return frames;
    }

    /** The point bonded to {@code c} with a bond angle at {@code c} and a torsion about {@code b-c}. */
    private static Vector3 extend(Vector3 a, Vector3 b, Vector3 c, double length, double angle, double torsion) {
        RigidFrame frame = RigidFromThreePoints.frame(a, b, c);
        RigidFrame atC = new RigidFrame(frame.rotation(), c);
        return atC.apply(new Vector3(
                -length * Math.cos(angle),
                length * Math.sin(angle) * Math.cos(torsion),
                length * Math.sin(angle) * Math.sin(torsion)));
    }
}
