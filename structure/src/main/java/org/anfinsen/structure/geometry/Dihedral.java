package org.anfinsen.structure.geometry;

/** The torsion of four points. */
public final class Dihedral {

    private Dihedral() {}

    /**
     * The angle by which {@code d} is turned from {@code a}, looking from {@code b} to {@code c}: 0 for cis, clockwise
     * positive (IUPAC 1970).
     *
     * @return -pi to pi; NaN if three neighbouring points lie on one line
     */
    public static double radians(Vector3 a, Vector3 b, Vector3 c, Vector3 d) {
        Vector3 axis = c.minus(b);
        Vector3 first = b.minus(a).cross(axis);
        Vector3 second = axis.cross(d.minus(c));
        double sin = axis.norm() * b.minus(a).dot(second);
        double cos = first.dot(second);
        return first.norm() == 0 || second.norm() == 0 ? Double.NaN : Math.atan2(sin, cos);
    }
}
