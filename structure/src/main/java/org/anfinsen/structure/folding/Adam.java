package org.anfinsen.structure.folding;

/** Gradient descent with a step for each coordinate (Kingma and Ba 2015), at a rate that falls evenly. */
final class Adam {

    private static final double MEAN_DECAY = 0.9;
    private static final double SQUARE_DECAY = 0.99;
    private static final double EPSILON = 1e-8;

    private Adam() {}

    /** What is made as small as possible. */
    @FunctionalInterface
    interface Cost {

        /**
         * The cost of coordinates.
         *
         * @param x        in Å
         * @param share    of the descent that is done, 0 to 1
         * @param gradient gets the derivative by each coordinate
         */
        double of(double[] x, double share, double[] gradient);
    }

    /**
     * Goes down from {@code x}, which it changes.
     *
     * @param firstRate in Å a step
     * @param lastRate  likewise
     * @return the cost there, at the end of the descent
     */
    static double descend(double[] x, Cost cost, int steps, double firstRate, double lastRate) {
        double[] gradient = new double[x.length];
        double[] mean = new double[x.length];
        double[] square = new double[x.length];
        for (int step = 1; step <= steps; step++) {
            double done = (step - 1.0) / steps;
            cost.of(x, done, gradient);
            double rate = lastRate + (firstRate - lastRate) * (1 - done);
            double meanScale = 1 - Math.pow(MEAN_DECAY, step);
            double squareScale = 1 - Math.pow(SQUARE_DECAY, step);
            for (int k = 0; k < x.length; k++) {
                double g = gradient[k];
                mean[k] = MEAN_DECAY * mean[k] + (1 - MEAN_DECAY) * g;
                square[k] = SQUARE_DECAY * square[k] + (1 - SQUARE_DECAY) * g * g;
                x[k] -= rate * (mean[k] / meanScale) / (Math.sqrt(square[k] / squareScale) + EPSILON);
            }
        }
        return cost.of(x, 1, gradient);
    }
}
