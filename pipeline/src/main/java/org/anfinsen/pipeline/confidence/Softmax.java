package org.anfinsen.pipeline.confidence;

/** The softmax over one row of logits, in double precision. */
final class Softmax {

    private Softmax() {}

    /**
     * Probabilities of a row.
     *
     * @param logits        row-major
     * @param offset        where the row begins
     * @param probabilities filled in; its length is that of the row
     */
    static void row(float[] logits, int offset, double[] probabilities) {
        double maximum = Double.NEGATIVE_INFINITY;
        for (int b = 0; b < probabilities.length; b++) {
            maximum = Math.max(maximum, logits[offset + b]);
        }
        double sum = 0;
        for (int b = 0; b < probabilities.length; b++) {
            probabilities[b] = Math.exp(logits[offset + b] - maximum);
            sum += probabilities[b];
        }
        for (int b = 0; b < probabilities.length; b++) {
            probabilities[b] /= sum;
        }
    }
}
