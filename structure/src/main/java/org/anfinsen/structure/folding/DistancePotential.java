package org.anfinsen.structure.folding;

/**
 * What the distance of each pair of pseudo-beta atoms costs: a value at evenly spaced distances, straight lines between
 * them, and level beyond both ends. Pairs nearer in sequence than {@link #SEPARATION_MIN} cost nothing: the chain itself
 * decides over them. Has no unit. Immutable once it is built.
 */
public final class DistancePotential {

    /** The nearest pairs that have a cost. */
    public static final int SEPARATION_MIN = 3;

    private final int nRes;
    private final double firstAngstrom;
    private final double stepAngstrom;
    private final int points;
    private final float[] costs;

    private DistancePotential(int nRes, double firstAngstrom, double stepAngstrom, int points) {
        this.nRes = nRes;
        this.firstAngstrom = firstAngstrom;
        this.stepAngstrom = stepAngstrom;
        this.points = points;
        long pairs = pairsOf(nRes);
        this.costs = new float[Math.toIntExact(pairs * points)];
    }

    /** Writes the costs of one pair. */
    @FunctionalInterface
    public interface PairCosts {

        /** Fills {@code costs}, one value a point, with those of residues i and j, i before j. */
        void of(int i, int j, double[] costs);
    }

    /**
     * The potential of a chain.
     *
     * @param firstAngstrom the least distance that has a value
     * @param stepAngstrom  from one to the next
     * @param points        how many, at least 2
     * @param pairCosts     asked once for each pair
     */
    public static DistancePotential of(
            int nRes, double firstAngstrom, double stepAngstrom, int points, PairCosts pairCosts) {
        if (points < 2 || !(stepAngstrom > 0)) {
            throw new IllegalArgumentException(points + " points, " + stepAngstrom + " Å apart");
        }
        DistancePotential potential = new DistancePotential(nRes, firstAngstrom, stepAngstrom, points);
        double[] row = new double[points];
        int k = 0;
        for (int i = 0; i < nRes; i++) {
            for (int j = i + SEPARATION_MIN; j < nRes; j++) {
                pairCosts.of(i, j, row);
                for (double cost : row) {
                    potential.costs[k++] = (float) cost;
                }
            }
        }
        return potential;
    }

    /** N_res. */
    public int length() {
        return nRes;
    }

    /**
     * The cost of a fold, and where it pulls.
     *
     * @param points   pseudo-beta atoms, {@code [N_res, 3]} in Å, row-major
     * @param gradient gets the derivative by each coordinate added, {@code [N_res, 3]}
     */
    double add(double[] points, double[] gradient) {
        double sum = 0;
        int k = 0;
        for (int i = 0; i < nRes; i++) {
            double xi = points[3 * i];
            double yi = points[3 * i + 1];
            double zi = points[3 * i + 2];
            double gx = 0;
            double gy = 0;
            double gz = 0;
            for (int j = i + SEPARATION_MIN; j < nRes; j++, k += this.points) {
                double x = points[3 * j] - xi;
                double y = points[3 * j + 1] - yi;
                double z = points[3 * j + 2] - zi;
                double distance = Math.sqrt(x * x + y * y + z * z);
                double place = (distance - firstAngstrom) / stepAngstrom;
                if (place >= this.points - 1) {
                    sum += costs[k + this.points - 1];
                } else if (place <= 0) {
                    sum += costs[k];
                } else {
                    int bin = (int) place;
                    double rise = costs[k + bin + 1] - costs[k + bin];
                    sum += costs[k + bin] + (place - bin) * rise;
                    double pull = rise / (stepAngstrom * distance);
                    gx -= pull * x;
                    gy -= pull * y;
                    gz -= pull * z;
                    gradient[3 * j] += pull * x;
                    gradient[3 * j + 1] += pull * y;
                    gradient[3 * j + 2] += pull * z;
                }
            }
            gradient[3 * i] += gx;
            gradient[3 * i + 1] += gy;
            gradient[3 * i + 2] += gz;
        }
        return sum;
    }

    private static long pairsOf(int nRes) {
        long rows = Math.max(0, nRes - SEPARATION_MIN);
        return rows * (rows + 1) / 2;
    }
}
