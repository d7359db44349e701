package org.anfinsen.pipeline.feature;

import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Which rows become cluster centres and which are left over.
 *
 * @param centres rows of the alignment, row 0 first
 * @param others  all other rows; the first of them are the extra rows
 */
@SuppressWarnings("ArrayRecordComponent") // Lives for the length of one call.
record RowSample(int[] centres, int[] others) {

    static RowSample asGiven(int rows, int maxCentres) {
        return split(IntStream.range(0, rows).toArray(), maxCentres);
    }

    /** Shuffles all rows but the query, by Fisher and Yates. */
    static RowSample sampled(int rows, int maxCentres, RandomGenerator random) {
        int[] order = IntStream.range(0, rows).toArray();
        for (int i = rows - 1; i > 1; i--) {
            int j = 1 + random.nextInt(i);
            int swapped = order[i];
            order[i] = order[j];
            order[j] = swapped;
        }
        return split(order, maxCentres);
    }

    private static RowSample split(int[] order, int maxCentres) {
        int count = Math.min(order.length, maxCentres);
        return new RowSample(
                IntStream.range(0, count).map(i -> order[i]).toArray(),
                IntStream.range(count, order.length).map(i -> order[i]).toArray());
    }
}
