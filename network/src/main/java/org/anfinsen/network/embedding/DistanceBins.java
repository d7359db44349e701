package org.anfinsen.network.embedding;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * Which bin the distance of two points falls into: Suppl. Alg. 5 applied to squared distances, as in Alg. 32. Bin k is
 * on if {@code lower_k^2 < d^2 < lower_(k+1)^2}; the last has no upper end that a protein reaches; below the first
 * lower edge no bin is on.
 *
 * @param firstAngstrom lower edge of the first bin
 * @param lastAngstrom lower edge of the last bin
 * @param count number of bins, evenly spaced
 */
public record DistanceBins(double firstAngstrom, double lastAngstrom, int count) {
    private static final float UNREACHED = 1e8f;

    /** From {@code points [N_res, 3]} in Å to {@code [N_res, N_res, count]} of 0 and 1. */
    public Value apply(Graph g, Value points) {
        Value difference = g.subtract(g.unsqueeze(points, 1), g.unsqueeze(points, 0));
        Value squaredDistance = g.sum(g.multiply(difference, difference), -1);
        Value above = g.greater(squaredDistance, g.weights("lower", FloatTensor.of(squaredEdges(0), count)));
        Value below = g.greater(g.weights("upper", FloatTensor.of(squaredEdges(1), count)), squaredDistance);
        return g.multiply(above, below);
    }

    private float[] squaredEdges(int from) {
        float[] edges = new float[count];
        for (int i = 0; i < count; i++) {
            int edge = i + from;
            float angstrom = (float) (firstAngstrom + (lastAngstrom - firstAngstrom) * edge / (count - 1));
            edges[i] = edge == count ? UNREACHED : angstrom * angstrom;
        }
        return edges;
    }
}
