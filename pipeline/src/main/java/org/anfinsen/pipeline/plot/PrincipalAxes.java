package org.anfinsen.pipeline.plot;

import java.util.List;
import java.util.stream.Stream;
import org.anfinsen.structure.geometry.Vector3;

/** The two directions in which points are spread most, by power iteration on their covariance. */
record PrincipalAxes(Vector3 centre, Vector3 first, Vector3 second) {

    private static final int ITERATIONS = 100;

    /** @param points at least one */
    static PrincipalAxes of(List<Vector3> points) {
        Vector3 centre = points.stream().reduce(Vector3.ZERO, Vector3::plus).times(1.0 / points.size());
        List<Vector3> centred =
                points.stream().map(point -> point.minus(centre)).toList();
        Vector3 first = principal(centred, new Vector3(1, 0.5, 0.25));
        Vector3 direction = first;
        List<Vector3> rest = centred.stream()
                .map(point -> point.minus(direction.times(point.dot(direction))))
                .toList();
        Vector3 start = Math.abs(first.x()) < 0.9 ? new Vector3(1, 0, 0) : new Vector3(0, 1, 0);
        return new PrincipalAxes(centre, first, principal(rest, start.minus(first.times(start.dot(first)))));
    }

    private static Vector3 principal(List<Vector3> points, Vector3 start) {
        Vector3 axis = start.normalized();
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            Vector3 sum = Vector3.ZERO;
            for (Vector3 point : points) {
                sum = sum.plus(point.times(point.dot(axis)));
            }
            if (sum.norm() == 0) {
                return axis;
            }
            axis = sum.normalized();
        }
        return axis;
    }

    /** Coordinates along the two axes, {@code [2, n]} in Å. */
    double[][] project(List<Vector3> points) {
        double[][] projected = new double[2][points.size()];
        for (int i = 0; i < points.size(); i++) {
            Vector3 point = points.get(i).minus(centre);
            projected[0][i] = point.dot(first);
            projected[1][i] = point.dot(second);
        }
        return projected;
    }

    /** The half width of a square, in Å, that holds all the points. */
    double extent(List<Vector3> some, List<Vector3> others) {
        return Stream.concat(some.stream(), others.stream())
                        .mapToDouble(point -> {
                            Vector3 centred = point.minus(centre);
                            return Math.max(Math.abs(centred.dot(first)), Math.abs(centred.dot(second)));
                        })
                        .max()
                        .orElse(1)
                * 1.05;
    }
}
