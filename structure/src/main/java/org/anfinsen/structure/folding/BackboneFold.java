package org.anfinsen.structure.folding;

import static org.anfinsen.structure.folding.BackboneLayout.C;
import static org.anfinsen.structure.folding.BackboneLayout.CA;
import static org.anfinsen.structure.folding.BackboneLayout.N;
import static org.anfinsen.structure.folding.BackboneLayout.NEXT;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.anfinsen.structure.geometry.Dihedral;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.RigidFromThreePoints;
import org.anfinsen.structure.geometry.Vector3;

/**
 * A backbone that a descent ended with.
 *
 * @param cost  in the units of the potential; the lower, the better
 * @param n     nitrogens, {@code [N_res]} in Å
 * @param alpha C-alpha atoms
 * @param c     carbonyl carbons
 */
public record BackboneFold(double cost, List<Vector3> n, List<Vector3> alpha, List<Vector3> c) {

    /** Of coordinates {@code [N_res, 3, 3]}, row-major. */
    static BackboneFold of(double cost, double[] atoms) {
        return new BackboneFold(cost, points(atoms, N), points(atoms, CA), points(atoms, C));
    }

    private static List<Vector3> points(double[] atoms, int from) {
        List<Vector3> points = new ArrayList<>(atoms.length / NEXT);
        for (int k = from; k < atoms.length; k += NEXT) {
            points.add(new Vector3(atoms[k], atoms[k + 1], atoms[k + 2]));
        }
        return List.copyOf(points);
    }

    /** The coordinates, {@code [N_res, 3, 3]} in Å, row-major. */
    double[] atoms() {
        return IntStream.range(0, length())
                .boxed()
                .flatMap(i -> Stream.of(n.get(i), alpha.get(i), c.get(i)))
                .flatMapToDouble(atom -> DoubleStream.of(atom.x(), atom.y(), atom.z()))
                .toArray();
    }

    /** N_res. */
    public int length() {
        return n.size();
    }

    /** Frames on C-alpha, as the network's: residue to global, {@code [N_res]}, translations in Å. */
    public List<RigidFrame> frames() {
        List<RigidFrame> frames = new ArrayList<>(length());
        for (int i = 0; i < length(); i++) {
            frames.add(RigidFromThreePoints.frame(n.get(i), alpha.get(i), c.get(i)));
        }
        return frames;
    }

    /** Phi of a residue, in radians; 0 for the first. */
    public double phi(int i) {
        return i == 0 ? 0 : Dihedral.radians(c.get(i - 1), n.get(i), alpha.get(i), c.get(i));
    }

    /** Psi of a residue, in radians; 0 for the last. */
    public double psi(int i) {
        return i == length() - 1 ? 0 : Dihedral.radians(n.get(i), alpha.get(i), c.get(i), n.get(i + 1));
    }
}
