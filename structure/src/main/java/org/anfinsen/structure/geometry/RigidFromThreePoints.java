package org.anfinsen.structure.geometry;

/**
 * A frame from three points by Gram-Schmidt: Jumper et al. 2021, Suppl. Alg. 21.
 */
public final class RigidFromThreePoints {

    /** Below this length, in Å, a direction is rounding error. */
    private static final double MINIMUM_LENGTH = 1e-6;

    private RigidFromThreePoints() {}

    /**
     * The frame with its origin at {@code x2}, {@code x3} on the positive x axis and {@code x1} in the xy plane at
     * positive y. A backbone frame has N, CA, C as its three points.
     *
     * @throws IllegalArgumentException if the points lie on one line, which leaves the frame undetermined
     */
    public static RigidFrame frame(Vector3 x1, Vector3 x2, Vector3 x3) {
        Vector3 v1 = x3.minus(x2);
        Vector3 v2 = x1.minus(x2);
        requireLength(v1, x1, x2, x3);
        Vector3 e1 = v1.normalized();
        Vector3 u2 = v2.minus(e1.times(e1.dot(v2)));
        requireLength(u2, x1, x2, x3);
        Vector3 e2 = u2.normalized();
        return new RigidFrame(Rotation.ofAxes(e1, e2, e1.cross(e2)), x2);
    }

    private static void requireLength(Vector3 v, Vector3 x1, Vector3 x2, Vector3 x3) {
        if (!(v.norm() > MINIMUM_LENGTH)) {
            throw new IllegalArgumentException("no frame through points on one line: " + x1 + ", " + x2 + ", " + x3);
        }
    }
}
