package org.anfinsen.network.structuremodule;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * Moves the frames by what the single representation says: Suppl. Alg. 23. Products of quaternions are linear in the
 * 16 products of their components, so both the Hamilton product and the rotation matrix are one matrix product.
 */
final class BackboneUpdate {
    private static final FloatTensor HAMILTON_PRODUCT = hamiltonProduct();
    private static final FloatTensor ROTATION = rotation();

    private final Linear linear;

    BackboneUpdate(ParameterScope scope, int cS) {
        linear = Linear.take(scope, cS, 6);
    }

    /** Identity rotations at the origin, {@code nRes} a vector of one integer. */
    static Frames identity(Graph g, Value nRes) {
        Value quaternions =
                g.expand(g.weights("identity", FloatTensor.of(new float[] {1, 0, 0, 0}, 1, 4)), nRes, g.integers(4));
        return frames(g, quaternions, g.expand(g.number(0), nRes, g.integers(3)));
    }

    /** The moved frames, from {@code s [N_res, c_s]}. */
    Frames apply(Graph g, Frames frames, Value s) {
        List<Value> update = g.split(linear.applyToMatrix(g, s), 1, 3, 3);
        Value ones = g.expand(g.number(1), g.size(s, 0), g.integers(1));
        Value turn = g.concat(1, ones, update.get(0));
        Value product = products(g, frames.quaternions(), turn, HAMILTON_PRODUCT);
        Value length = g.squareRoot(g.sum(g.multiply(product, product), 1));
        Value step = g.matMul(frames.rotations(), g.unsqueeze(update.get(1), 2));
        return frames(g, g.divide(product, length), g.add(frames.translations(), g.squeeze(step, 2)));
    }

    /** Frames from unit quaternions {@code [N_res, 4]} and translations {@code [N_res, 3]}. */
    static Frames frames(Graph g, Value quaternions, Value translations) {
        Value rotations = g.reshape(products(g, quaternions, quaternions, ROTATION), 0, 3, 3);
        return new Frames(quaternions, rotations, translations);
    }

    /** Sums of {@code p_i q_j}, weighted by {@code table [16, n]}: {@code [N_res, n]}. */
    private static Value products(Graph g, Value p, Value q, FloatTensor table) {
        Value all = g.multiply(g.unsqueeze(p, 2), g.unsqueeze(q, 1));
        return g.matMul(g.reshape(all, 0, 16), g.weights("quaternion_table", table));
    }

    private static FloatTensor hamiltonProduct() {
        float[][] table = new float[16][4];
        set(table, 0, new int[][] {{0, 0, 1}, {1, 1, -1}, {2, 2, -1}, {3, 3, -1}});
        set(table, 1, new int[][] {{0, 1, 1}, {1, 0, 1}, {2, 3, 1}, {3, 2, -1}});
        set(table, 2, new int[][] {{0, 2, 1}, {2, 0, 1}, {3, 1, 1}, {1, 3, -1}});
        set(table, 3, new int[][] {{0, 3, 1}, {3, 0, 1}, {1, 2, 1}, {2, 1, -1}});
        return flat(table);
    }

    private static FloatTensor rotation() {
        float[][] table = new float[16][9];
        set(table, 0, new int[][] {{0, 0, 1}, {1, 1, 1}, {2, 2, -1}, {3, 3, -1}});
        set(table, 1, new int[][] {{1, 2, 2}, {0, 3, -2}});
        set(table, 2, new int[][] {{1, 3, 2}, {0, 2, 2}});
        set(table, 3, new int[][] {{1, 2, 2}, {0, 3, 2}});
        set(table, 4, new int[][] {{0, 0, 1}, {1, 1, -1}, {2, 2, 1}, {3, 3, -1}});
        set(table, 5, new int[][] {{2, 3, 2}, {0, 1, -2}});
        set(table, 6, new int[][] {{1, 3, 2}, {0, 2, -2}});
        set(table, 7, new int[][] {{2, 3, 2}, {0, 1, 2}});
        set(table, 8, new int[][] {{0, 0, 1}, {1, 1, -1}, {2, 2, -1}, {3, 3, 1}});
        return flat(table);
    }

    /** Each term is (i, j, weight of {@code p_i q_j}). */
    private static void set(float[][] table, int column, int[][] terms) {
        for (int[] term : terms) {
            table[term[0] * 4 + term[1]][column] = term[2];
        }
    }

    private static FloatTensor flat(float[][] table) {
        int columns = table[0].length;
        float[] flat = new float[table.length * columns];
        for (int row = 0; row < table.length; row++) {
            System.arraycopy(table[row], 0, flat, row * columns, columns);
        }
        return FloatTensor.of(flat, table.length, columns);
    }
}
