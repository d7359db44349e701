package org.anfinsen.structure.folding;

/** Distances of points in one array, each three numbers in a row, given by the first one's place. */
final class Points3 {

    /** Points on one place have a distance, so that it can be divided by. */
    private static final double LEAST_ANGSTROM = 1e-6;

    private Points3() {}

    static double distance(double[] points, int a, int b) {
        double x = points[b] - points[a];
        double y = points[b + 1] - points[a + 1];
        double z = points[b + 2] - points[a + 2];
        return Math.sqrt(x * x + y * y + z * z) + LEAST_ANGSTROM;
    }

    /**
     * Adds the derivative by both points of a cost that depends on their distance.
     *
     * @param pull derivative by the distance, over the distance
     */
    static void pull(double[] points, int a, int b, double pull, double[] gradient) {
        for (int axis = 0; axis < 3; axis++) {
            double force = pull * (points[b + axis] - points[a + axis]);
            gradient[a + axis] -= force;
            gradient[b + axis] += force;
        }
    }
}
