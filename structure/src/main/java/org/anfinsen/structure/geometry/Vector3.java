package org.anfinsen.structure.geometry;

/** A point or a displacement in space, in Å unless said otherwise. */
public record Vector3(double x, double y, double z) {

    public static final Vector3 ZERO = new Vector3(0, 0, 0);

    public Vector3 plus(Vector3 other) {
        return new Vector3(x + other.x, y + other.y, z + other.z);
    }

    public Vector3 minus(Vector3 other) {
        return new Vector3(x - other.x, y - other.y, z - other.z);
    }

    public Vector3 times(double factor) {
        return new Vector3(factor * x, factor * y, factor * z);
    }

    public double dot(Vector3 other) {
        return x * other.x + y * other.y + z * other.z;
    }

    public Vector3 cross(Vector3 other) {
        return new Vector3(y * other.z - z * other.y, z * other.x - x * other.z, x * other.y - y * other.x);
    }

    public double norm() {
        return Math.sqrt(dot(this));
    }

    public double distance(Vector3 other) {
        return minus(other).norm();
    }

    /**
     * The unit vector of this direction.
     *
     * @throws ArithmeticException if this is the zero vector, which has no direction
     */
    public Vector3 normalized() {
        double norm = norm();
        if (norm == 0) {
            throw new ArithmeticException("the zero vector has no direction");
        }
        return times(1 / norm);
    }
}
