package org.anfinsen.structure.score;

import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;

/** Points in a flat array, {@code [n, 3]} in Å, for the inner loops of the scores. */
final class Points {

    private final double[] xyz;

    Points(int count) {
        xyz = new double[3 * count];
    }

    int count() {
        return xyz.length / 3;
    }

    void set(int index, Vector3 point) {
        xyz[3 * index] = point.x();
        xyz[3 * index + 1] = point.y();
        xyz[3 * index + 2] = point.z();
    }

    void swap(int first, int second) {
        for (int k = 0; k < 3; k++) {
            double kept = xyz[3 * first + k];
            xyz[3 * first + k] = xyz[3 * second + k];
            xyz[3 * second + k] = kept;
        }
    }

    double x(int index) {
        return xyz[3 * index];
    }

    double y(int index) {
        return xyz[3 * index + 1];
    }

    double z(int index) {
        return xyz[3 * index + 2];
    }

    double distance(int first, int second) {
        double dx = x(first) - x(second);
        double dy = y(first) - y(second);
        double dz = z(first) - z(second);
        return Math.sqrt(dx * dx + dy * dy + dz * dz);
    }

    /** Squared distances of these points, moved, to their partners, {@code [n]}. */
    void squaredDistances(RigidFrame motion, Points partners, double[] result) {
        Rotation r = motion.rotation();
        Vector3 t = motion.translation();
        double xx = r.xx();
        double xy = r.xy();
        double xz = r.xz();
        double yx = r.yx();
        double yy = r.yy();
        double yz = r.yz();
        double zx = r.zx();
        double zy = r.zy();
        double zz = r.zz();
        for (int i = 0, k = 0; i < result.length; i++, k += 3) {
            double x = xyz[k];
            double y = xyz[k + 1];
            double z = xyz[k + 2];
            double dx = xx * x + xy * y + xz * z + t.x() - partners.xyz[k];
            double dy = yx * x + yy * y + yz * z + t.y() - partners.xyz[k + 1];
            double dz = zx * x + zy * y + zz * z + t.z() - partners.xyz[k + 2];
            result[i] = dx * dx + dy * dy + dz * dz;
        }
    }
}
