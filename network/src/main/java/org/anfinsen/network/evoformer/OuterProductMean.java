package org.anfinsen.network.evoformer;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/** From the MSA to the pair representation: the mean over rows of an outer product, Suppl. Alg. 10. */
public final class OuterProductMean {
    private static final double COUNT_EPSILON = 1e-3;

    private final int channels;
    private final Linear leftAndRight;
    private final Linear output;

    /** Takes the arrays of {@code outer_product_mean}. */
    public OuterProductMean(ParameterScope scope, int cM, int cZ) {
        LayerNorm norm = LayerNorm.take(scope.in("layer_norm_input"), cM);
        Linear left = Linear.take(scope.in("left_projection"), cM);
        channels = left.out();
        leftAndRight = norm.into(Linear.beside(left, Linear.take(scope.in("right_projection"), cM, channels)));
        FloatTensor weights = scope.take("output_w", channels, channels, cZ);
        output = new Linear(
                exchanged(weights, channels, cZ).reshape(channels * channels, cZ), scope.take("output_b", cZ));
    }

    /** From {@code [left, right, c_z]} to {@code [right, left, c_z]}, the order in which the products come. */
    private static FloatTensor exchanged(FloatTensor weights, int channels, int cZ) {
        float[] exchanged = new float[weights.size()];
        for (int left = 0; left < channels; left++) {
            for (int right = 0; right < channels; right++) {
                System.arraycopy(
                        weights.data(), (left * channels + right) * cZ, exchanged, (right * channels + left) * cZ, cZ);
            }
        }
        return FloatTensor.of(exchanged, channels, channels, cZ);
    }

    /**
     * The two sides of the product for one residue: lines 1 and 2, masked.
     *
     * @param column {@code [N_seq, c_m]}
     * @param mask {@code [N_seq]}
     * @return left and right, {@code [channels, N_seq]} each
     */
    public List<Value> projectColumn(Graph g, Value column, Value mask) {
        Value sides = leftAndRight.applyToMatrix(g.scope("projections"), LayerNorm.normalize(g.scope("norm"), column));
        return g.split(g.multiply(g.transpose(sides, 1, 0), mask), 0, channels, channels);
    }

    /**
     * The pair representation with the update added. The output projection has its bias before the division by the
     * number of rows, as in the published code.
     *
     * @param z {@code [N_res, N_res, c_z]}
     * @param left {@code [N_res, channels, N_seq]} from {@link #projectColumn}
     * @param right likewise
     * @param msaMask {@code [N_seq, N_res]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value refine(Graph g, Value z, Value left, Value right, Value msaMask) {
        // [N_res channels, N_seq]: one row of residues at a time is multiplied with all others.
        Value others = g.reshape(right, g.integers(-1), g.size(msaMask, 0));
        Value counts = g.add(g.matMul(g.transpose(msaMask, 1, 0), msaMask), g.number(COUNT_EPSILON));
        return g.forEachRow(List.of(z, left, counts), 1, rows -> {
                    Value product = g.matMul(others, g.transpose(rows.get(1), 1, 0));
                    Value projected = output.applyToMatrix(g.scope("output"), g.reshape(product, -1, output.in()));
                    return List.of(g.add(rows.get(0), g.divide(projected, g.unsqueeze(rows.get(2), 1))));
                })
                .getFirst();
    }
}
