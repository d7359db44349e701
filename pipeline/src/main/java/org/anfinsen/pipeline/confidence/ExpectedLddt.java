package org.anfinsen.pipeline.confidence;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.PseudoBeta;
import org.anfinsen.structure.geometry.Vector3;

/**
 * How right a fold is by the distogram that it was folded from: the lDDT (Mariani et al. 2013) of each residue's pseudo-beta
 * if the native's distances were as the distogram says. Of the distances whose bin's middle is below 15 Å, the share that the
 * fold keeps within 0.5, 1, 2 and 4 Å, averaged over the four; within a bin all distances are equally likely.
 */
public final class ExpectedLddt {

    private static final double INCLUSION_ANGSTROM = 15;
    private static final double[] THRESHOLDS_ANGSTROM = {0.5, 1, 2, 4};

    private ExpectedLddt() {}

    /** Of each residue, {@code [N_res]}, 0-1; 0 for one without a position, or without a neighbour that the distogram expects. */
    public static double[] of(Distogram distogram, ProteinSequence sequence, AtomPositions positions) {
        int nRes = distogram.length();
        float[] edges = distogram.edgesAngstrom();
        double step = (edges[edges.length - 1] - edges[0]) / (double) (edges.length - 1);
        double first = edges[0] - step;
        int bins = (int) Math.ceil((INCLUSION_ANGSTROM - first) / step - 0.5);
        List<Optional<Vector3>> points = IntStream.range(0, nRes)
                .mapToObj(i -> PseudoBeta.find(sequence, positions, i))
                .toList();
        double[] kept = new double[nRes];
        double[] all = new double[nRes];
        for (int i = 0; i < nRes; i++) {
            Optional<Vector3> here = points.get(i);
            for (int j = 0; j < i; j++) {
                Optional<Vector3> there = points.get(j);
                double distance = here.isPresent() && there.isPresent()
                        ? here.get().distance(there.get())
                        : Double.POSITIVE_INFINITY;
                for (int b = 0; b < bins; b++) {
                    double probability = distogram.at(i, j, b);
                    double share = probability * keptShare(distance, first + b * step, step);
                    kept[i] += share;
                    kept[j] += share;
                    all[i] += probability;
                    all[j] += probability;
                }
            }
        }
        for (int i = 0; i < nRes; i++) {
            kept[i] /= Math.max(all[i], 1e-9);
        }
        return kept;
    }

    /** Of the distances of a bin, the share within a threshold of the fold's distance, averaged over the thresholds. */
    private static double keptShare(double distance, double lower, double step) {
        double sum = 0;
        for (double threshold : THRESHOLDS_ANGSTROM) {
            double within = Math.min(lower + step, distance + threshold) - Math.max(lower, distance - threshold);
            sum += Math.max(within, 0) / step;
        }
        return sum / THRESHOLDS_ANGSTROM.length;
    }
}
