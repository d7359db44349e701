package org.anfinsen.structure.folding;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;

/**
 * Points at given distances from each other, as well as three dimensions allow: classical scaling (Torgerson 1952). Which of
 * two mirror images they are, distances do not say.
 */
final class DistanceEmbedding {

    private static final int DIMENSIONS = 3;

    /** Pseudo-betas of neighbours in sequence, where their distance is not known. */
    private static final double NEIGHBOUR_ANGSTROM = 5.5;

    private DistanceEmbedding() {}

    /**
     * The points.
     *
     * @param distances     {@code [N_res, N_res]} in Å, symmetric
     * @param reachAngstrom distances from here on are not trusted; the shortest way over nearer pairs stands for them
     * @return {@code [N_res, 3]} in Å, row-major, around the origin
     */
    static double[] of(double[][] distances, double reachAngstrom) {
        int nRes = distances.length;
        DMatrixRMaj centred = centred(shortestWays(distances, reachAngstrom));
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(nRes, true, true);
        if (!eigen.decompose(centred)) {
            throw new IllegalStateException("no eigenvalues of " + nRes + " distances");
        }
        int[] largest = IntStream.range(0, nRes)
                .boxed()
                .sorted((a, b) -> Double.compare(
                        eigen.getEigenvalue(b).getReal(), eigen.getEigenvalue(a).getReal()))
                .limit(DIMENSIONS)
                .mapToInt(Integer::intValue)
                .toArray();
        double[] points = new double[DIMENSIONS * nRes];
        for (int axis = 0; axis < largest.length; axis++) {
            DMatrixRMaj vector = eigen.getEigenVector(largest[axis]);
            double length =
                    Math.sqrt(Math.max(eigen.getEigenvalue(largest[axis]).getReal(), 0));
            for (int i = 0; i < nRes; i++) {
                points[DIMENSIONS * i + axis] = length * vector.get(i);
            }
        }
        return points;
    }

    /** Floyd and Warshall's. */
    private static double[][] shortestWays(double[][] distances, double reachAngstrom) {
        int nRes = distances.length;
        double[][] ways = new double[nRes][nRes];
        for (int i = 0; i < nRes; i++) {
            for (int j = 0; j < nRes; j++) {
                double far = Math.abs(i - j) == 1 ? NEIGHBOUR_ANGSTROM : Double.POSITIVE_INFINITY;
                ways[i][j] = i == j ? 0 : distances[i][j] < reachAngstrom ? distances[i][j] : far;
            }
        }
        for (int k = 0; k < nRes; k++) {
            double[] via = ways[k];
            for (int i = 0; i < nRes; i++) {
                double[] row = ways[i];
                double toK = row[k];
                if (toK == Double.POSITIVE_INFINITY) {
                    continue;
                }
                for (int j = 0; j < nRes; j++) {
                    row[j] = Math.min(row[j], toK + via[j]);
                }
            }
        }
        return ways;
    }

    /** Minus half of the squares, with rows and columns that add up to zero. */
    private static DMatrixRMaj centred(double[][] distances) {
        int nRes = distances.length;
        double[] means = new double[nRes];
        for (int i = 0; i < nRes; i++) {
            means[i] = Arrays.stream(distances[i]).map(d -> d * d).average().orElse(0);
        }
        double mean = Arrays.stream(means).average().orElse(0);
        DMatrixRMaj centred = new DMatrixRMaj(nRes, nRes);
        for (int i = 0; i < nRes; i++) {
            for (int j = 0; j < nRes; j++) {
                double d = distances[i][j];
                centred.set(i, j, -(d * d - means[i] - means[j] + mean) / 2);
            }
        }
        return centred;
    }
}
