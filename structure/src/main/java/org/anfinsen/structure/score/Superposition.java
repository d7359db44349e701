package org.anfinsen.structure.score;

import java.util.Arrays;
import org.anfinsen.structure.geometry.Quaternion;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Rotation;
import org.anfinsen.structure.geometry.Vector3;

/**
 * The rigid motion that brings points as close as can be, in the least-squares sense, to their partners: Kabsch's
 * problem, solved by Horn's quaternion (J. Opt. Soc. Am. A 4, 629, 1987), which never mirrors.
 */
final class Superposition {

    private static final int MAXIMUM_SWEEPS = 30;

    private final double[] cross = new double[9];
    private double sumMovingX;
    private double sumMovingY;
    private double sumMovingZ;
    private double sumFixedX;
    private double sumFixedY;
    private double sumFixedZ;
    private int count;

    /** Forgets the pairs added so far. */
    void clear() {
        Arrays.fill(cross, 0);
        sumMovingX = 0;
        sumMovingY = 0;
        sumMovingZ = 0;
        sumFixedX = 0;
        sumFixedY = 0;
        sumFixedZ = 0;
        count = 0;
    }

    /** Adds the pair of points with this index. */
    void add(Points moving, Points fixed, int index) {
        double mx = moving.x(index);
        double my = moving.y(index);
        double mz = moving.z(index);
        double fx = fixed.x(index);
        double fy = fixed.y(index);
        double fz = fixed.z(index);
        sumMovingX += mx;
        sumMovingY += my;
        sumMovingZ += mz;
        sumFixedX += fx;
        sumFixedY += fy;
        sumFixedZ += fz;
        cross[0] += mx * fx;
        cross[1] += mx * fy;
        cross[2] += mx * fz;
        cross[3] += my * fx;
        cross[4] += my * fy;
        cross[5] += my * fz;
        cross[6] += mz * fx;
        cross[7] += mz * fy;
        cross[8] += mz * fz;
        count++;
    }

    /** The best motion of the moving points for the pairs added; the identity if there are none. */
    RigidFrame solve() {
        if (count == 0) {
            return RigidFrame.IDENTITY;
        }
        Vector3 movingCentre = new Vector3(sumMovingX / count, sumMovingY / count, sumMovingZ / count);
        Vector3 fixedCentre = new Vector3(sumFixedX / count, sumFixedY / count, sumFixedZ / count);
        double xx = cross[0] - sumMovingX * fixedCentre.x();
        double xy = cross[1] - sumMovingX * fixedCentre.y();
        double xz = cross[2] - sumMovingX * fixedCentre.z();
        double yx = cross[3] - sumMovingY * fixedCentre.x();
        double yy = cross[4] - sumMovingY * fixedCentre.y();
        double yz = cross[5] - sumMovingY * fixedCentre.z();
        double zx = cross[6] - sumMovingZ * fixedCentre.x();
        double zy = cross[7] - sumMovingZ * fixedCentre.y();
        double zz = cross[8] - sumMovingZ * fixedCentre.z();
        double[][] horn = {
            {xx + yy + zz, yz - zy, zx - xz, xy - yx},
            {yz - zy, xx - yy - zz, xy + yx, zx + xz},
            {zx - xz, xy + yx, yy - xx - zz, yz + zy},
            {xy - yx, zx + xz, yz + zy, zz - xx - yy}
        };
        Rotation rotation = Rotation.ofQuaternion(principal(horn));
        return new RigidFrame(rotation, fixedCentre.minus(rotation.apply(movingCentre)));
    }

    /** All pairs of two sets of points. */
    static RigidFrame of(Points moving, Points fixed) {
        Superposition superposition = new Superposition();
        for (int i = 0; i < moving.count(); i++) {
            superposition.add(moving, fixed, i);
        }
        return superposition.solve();
    }

    /** The eigenvector of the largest eigenvalue of a symmetric matrix, by Jacobi rotations. */
    private static Quaternion principal(double[][] a) {
        double[][] v = {{1, 0, 0, 0}, {0, 1, 0, 0}, {0, 0, 1, 0}, {0, 0, 0, 1}};
        for (int sweep = 0; sweep < MAXIMUM_SWEEPS; sweep++) {
            double off = 0;
            double diagonal = 0;
            for (int p = 0; p < 4; p++) {
                diagonal += a[p][p] * a[p][p];
                for (int q = p + 1; q < 4; q++) {
                    off += a[p][q] * a[p][q];
                }
            }
            if (off <= 1e-28 * diagonal) {
                break;
            }
            for (int p = 0; p < 3; p++) {
                for (int q = p + 1; q < 4; q++) {
                    rotate(a, v, p, q);
                }
            }
        }
        int best = 0;
        for (int k = 1; k < 4; k++) {
            best = a[k][k] > a[best][best] ? k : best;
        }
        return new Quaternion(v[0][best], v[1][best], v[2][best], v[3][best]);
    }

    private static void rotate(double[][] a, double[][] v, int p, int q) {
        if (a[p][q] == 0) {
            return;
        }
        double theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        double t = Math.copySign(1, theta) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        double c = 1 / Math.sqrt(t * t + 1);
        double s = t * c;
        for (int k = 0; k < 4; k++) {
            double kp = a[k][p];
            double kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        for (int k = 0; k < 4; k++) {
            double pk = a[p][k];
            double qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
            double vp = v[k][p];
            double vq = v[k][q];
            v[k][p] = c * vp - s * vq;
            v[k][q] = s * vp + c * vq;
        }
    }
}
