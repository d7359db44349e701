package org.anfinsen.pipeline.folding;

import org.anfinsen.pipeline.confidence.Distogram;
import org.anfinsen.structure.folding.DistancePotential;

/**
 * The negative logarithm of how much likelier a distance is than by chance. Chance is the share of pairs at a distance in a
 * protein's dense inside, which grows as its power 1.57, from the bin at 20 Å on (Yang et al. 2020, PNAS 117, after DFIRE);
 * farther away the cost is level. Distances below 3.6 Å cost ever more.
 */
final class DistogramPotential {

    private static final double POWER = 1.57;
    private static final double LEVEL_FROM_ANGSTROM = 20.0;
    private static final double FLOOR = 1e-4;
    private static final int CORE_BINS = 4;

    private DistogramPotential() {}

    /** The potential of a distogram, a point in the middle of each bin. */
    static DistancePotential of(Distogram distogram) {
        float[] edges = distogram.edgesAngstrom();
        int bins = distogram.bins();
        double step = (edges[edges.length - 1] - edges[0]) / (double) (edges.length - 1);
        double first = edges[0] - step / 2;
        int level = Math.clamp(Math.round((LEVEL_FROM_ANGSTROM - first) / step), CORE_BINS, bins - 1);
        double[] chance = new double[bins];
        for (int b = 0; b < bins; b++) {
            chance[b] = Math.pow((first + b * step) / (first + level * step), POWER);
        }
        double[] raw = new double[bins];
        return DistancePotential.of(distogram.length(), first, step, bins, (i, j, costs) -> {
            double reference = distogram.at(i, j, level);
            for (int b = 0; b < bins; b++) {
                raw[b] = Math.log(chance[b] * reference + FLOOR) - Math.log(distogram.at(i, j, b) + FLOOR);
            }
            for (int b = 0; b < bins; b++) {
                costs[b] = b < level ? (raw[Math.max(b - 1, 0)] + 2 * raw[b] + raw[b + 1]) / 4 : raw[level];
            }
            for (int b = CORE_BINS - 1; b >= 0; b--) {
                costs[b] = costs[CORE_BINS] + CORE_BINS - b;
            }
        });
    }
}
