package org.anfinsen.structure.geometry;

/**
 * A rotation as its matrix, {@code xy} being row x, column y: the columns are where the axes go. Built by the factory
 * methods, which keep it orthonormal with determinant +1.
 */
public record Rotation(
        double xx, double xy, double xz, double yx, double yy, double yz, double zx, double zy, double zz) {

    public static final Rotation IDENTITY = new Rotation(1, 0, 0, 0, 1, 0, 0, 0, 1);

    /** The rotation that takes the axes to three orthonormal right-handed vectors. */
    public static Rotation ofAxes(Vector3 x, Vector3 y, Vector3 z) {
        return new Rotation(x.x(), y.x(), z.x(), x.y(), y.y(), z.y(), x.z(), y.z(), z.z());
    }

    /**
     * The rotation of a quaternion of any length but 0; {@code q} and {@code -q} give the same one.
     *
     * @throws ArithmeticException if all components are 0
     */
    public static Rotation ofQuaternion(Quaternion quaternion) {
        Quaternion q = quaternion.normalized();
        double w = q.w();
        double x = q.x();
        double y = q.y();
        double z = q.z();
        return new Rotation(
                1 - 2 * (y * y + z * z),
                2 * (x * y - w * z),
                2 * (x * z + w * y),
                2 * (x * y + w * z),
                1 - 2 * (x * x + z * z),
                2 * (y * z - w * x),
                2 * (x * z - w * y),
                2 * (y * z + w * x),
                1 - 2 * (x * x + y * y));
    }

    /** The unit quaternion of this rotation with {@code w >= 0}; the largest component is found first (Shepperd). */
    public Quaternion toQuaternion() {
        double trace = xx + yy + zz;
        Quaternion q;
        if (trace >= xx && trace >= yy && trace >= zz) {
            q = new Quaternion(1 + trace, zy - yz, xz - zx, yx - xy);
        } else if (xx >= yy && xx >= zz) {
            q = new Quaternion(zy - yz, 1 + xx - yy - zz, xy + yx, xz + zx);
        } else if (yy >= zz) {
            q = new Quaternion(xz - zx, xy + yx, 1 - xx + yy - zz, yz + zy);
        } else {
            q = new Quaternion(yx - xy, xz + zx, yz + zy, 1 - xx - yy + zz);
        }
        return (q.w() < 0 ? q.negated() : q).normalized();
    }

    /** The rotated vector. */
    public Vector3 apply(Vector3 v) {
        return new Vector3(
                xx * v.x() + xy * v.y() + xz * v.z(),
                yx * v.x() + yy * v.y() + yz * v.z(),
                zx * v.x() + zy * v.y() + zz * v.z());
    }

    /** This rotation after {@code first}. */
    public Rotation compose(Rotation first) {
        return ofAxes(
                apply(new Vector3(first.xx, first.yx, first.zx)),
                apply(new Vector3(first.xy, first.yy, first.zy)),
                apply(new Vector3(first.xz, first.yz, first.zz)));
    }

    /** The rotation back: the transposed matrix. */
    public Rotation inverse() {
        return new Rotation(xx, yx, zx, xy, yy, zy, xz, yz, zz);
    }
}
