package org.anfinsen.structure.score;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import org.anfinsen.structure.geometry.RigidFrame;

/**
 * The search of the TM-score program (Zhang and Skolnick, Proteins 57, 702, 2004): superpose on every fragment of length
 * n, n/2, n/4, … 4, then again and again on the pairs that came close, until they stay the same. Whoever scores a
 * superposition looks at each one on the way.
 */
final class SuperpositionSearch {

    private static final int MAXIMUM_ITERATIONS = 20;
    private static final int FRAGMENT_LENGTHS = 6;
    private static final int SHORTEST_FRAGMENT = 4;

    /** Looks at one superposition. */
    interface Visitor {

        /**
         * Called for every superposition tried.
         *
         * @param motion  of the model onto the native
         * @param squared squared distances of the pairs in Å², {@code [n]}; reused, so not to be kept
         */
        void visit(RigidFrame motion, double[] squared);
    }

    private final Points model;
    private final Points reference;
    private final double cutoff;
    private final Visitor visitor;
    private final Superposition superposition = new Superposition();
    private final double[] squared;
    private final int[] close;
    private final Set<IntBuffer> seen = new HashSet<>();

    private SuperpositionSearch(Points model, Points reference, double cutoff, Visitor visitor) {
        this.model = model;
        this.reference = reference;
        this.cutoff = cutoff;
        this.visitor = visitor;
        this.squared = new double[model.count()];
        this.close = new int[model.count()];
    }

    /**
     * Runs the search.
     *
     * @param model     {@code [n, 3]}, n at least 1
     * @param reference their partners, {@code [n, 3]}
     * @param cutoff    how near, in Å, a pair must be to take part in the next superposition: 4.5 to 8 for TM-score
     */
    static void run(Points model, Points reference, double cutoff, Visitor visitor) {
        new SuperpositionSearch(model, reference, cutoff, visitor).run();
    }

    private void run() {
        int n = model.count();
        int shortest = Math.min(SHORTEST_FRAGMENT, n);
        int length = n;
        for (int level = 0; level < FRAGMENT_LENGTHS; level++) {
            boolean last = length <= shortest || level == FRAGMENT_LENGTHS - 1;
            length = last ? shortest : length;
            for (int start = 0; start + length <= n; start++) {
                extend(start, length);
            }
            if (last) {
                return;
            }
            length = n >> (level + 1);
        }
    }

    /** From one fragment to the pairs that agree with it. */
    private void extend(int start, int length) {
        superposition.clear();
        for (int i = start; i < start + length; i++) {
            superposition.add(model, reference, i);
        }
        int closeCount = look(cutoff - 1);
        // What follows depends on the close pairs alone, so pairs seen before lead nowhere new.
        for (int iteration = 0; iteration < MAXIMUM_ITERATIONS && isNew(closeCount); iteration++) {
            superposition.clear();
            for (int k = 0; k < closeCount; k++) {
                superposition.add(model, reference, close[k]);
            }
            closeCount = look(cutoff + 1);
        }
    }

    private boolean isNew(int closeCount) {
        return seen.add(IntBuffer.wrap(Arrays.copyOf(close, closeCount)));
    }

    /** Scores the superposition of the pairs added, and keeps the close ones, at least three, in {@code close}. */
    private int look(double distance) {
        RigidFrame motion = superposition.solve();
        model.squaredDistances(motion, reference, squared);
        visitor.visit(motion, squared);
        int enough = Math.min(3, squared.length);
        int closeCount = 0;
        for (double limit = distance; closeCount < enough; limit += 0.5) {
            closeCount = 0;
            for (int i = 0; i < squared.length; i++) {
                if (squared[i] < limit * limit) {
                    close[closeCount++] = i;
                }
            }
        }
        return closeCount;
    }
}
