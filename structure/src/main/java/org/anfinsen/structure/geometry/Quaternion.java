package org.anfinsen.structure.geometry;

/**
 * A quaternion {@code w + x i + y j + z k}. Of unit length it is a rotation, and {@code q} and {@code -q} are the same
 * one.
 */
public record Quaternion(double w, double x, double y, double z) {

    public static final Quaternion IDENTITY = new Quaternion(1, 0, 0, 0);

    /** The Hamilton product: as rotations, {@code other} comes first. */
    public Quaternion times(Quaternion other) {
        return new Quaternion(
                w * other.w - x * other.x - y * other.y - z * other.z,
                w * other.x + x * other.w + y * other.z - z * other.y,
                w * other.y - x * other.z + y * other.w + z * other.x,
                w * other.z + x * other.y - y * other.x + z * other.w);
    }

    public Quaternion negated() {
        return new Quaternion(-w, -x, -y, -z);
    }

    public double norm() {
        return Math.sqrt(w * w + x * x + y * y + z * z);
    }

    /**
     * The unit quaternion of the same rotation.
     *
     * @throws ArithmeticException if all components are 0, which is no rotation
     */
    public Quaternion normalized() {
        double norm = norm();
        if (norm == 0) {
            throw new ArithmeticException("the zero quaternion is no rotation");
        }
        return new Quaternion(w / norm, x / norm, y / norm, z / norm);
    }
}
