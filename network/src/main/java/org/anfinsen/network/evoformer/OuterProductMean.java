package org.anfinsen.network.evoformer;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** From the MSA to the pair representation: the mean over rows of an outer product, Suppl. Alg. 10. */
public final class OuterProductMean {
    private static final double COUNT_EPSILON = 1e-3;

    private final int channels;
    private final LayerNorm norm;
    private final Linear left;
    private final Linear right;
    private final Linear output;

    /** Takes the arrays of {@code outer_product_mean}. */
    public OuterProductMean(ParameterScope scope, int cM, int cZ) {
        norm = LayerNorm.take(scope.in("layer_norm_input"), cM);
        left = Linear.take(scope.in("left_projection"), cM);
        channels = left.out();
        right = Linear.take(scope.in("right_projection"), cM, channels);
        output = new Linear(
                scope.take("output_w", channels, channels, cZ).reshape(channels * channels, cZ),
                scope.take("output_b", cZ));
    }

    /**
     * The update of the pair representation. The output projection has its bias before the division by the number of
     * rows, as in the published code.
     *
     * @param m {@code [N_seq, N_res, c_m]}
     * @param msaMask {@code [N_seq, N_res]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value apply(Graph g, Value m, Value msaMask) {
        Value x = norm.apply(g.scope("norm"), m);
        Value mask = g.unsqueeze(msaMask, 2);
        Value a = g.multiply(left.apply(g.scope("left"), x), mask);
        Value b = g.multiply(right.apply(g.scope("right"), x), mask);
        Value nRes = g.size(m, 1);
        // [c, N_res, N_seq] each: then one row of residues at a time against all others.
        Value byResidue = g.transpose(a, 1, 2, 0);
        Value others = g.reshape(b, g.size(m, 0), g.integers(-1));
        Value counts = g.add(g.matMul(g.transpose(msaMask, 1, 0), msaMask), g.number(COUNT_EPSILON));
        return g.forEachRow(List.of(byResidue, counts), 1, slices -> {
                    Graph body = g.scope("row");
                    Value product = body.matMul(slices.get(0), others);
                    Value split = body.reshape(product, body.integers(channels), nRes, body.integers(channels));
                    Value flat = body.reshape(body.transpose(split, 1, 0, 2), -1, output.in());
                    Value projected = output.applyToMatrix(body.scope("output"), flat);
                    return List.of(body.divide(projected, body.unsqueeze(slices.get(1), 1)));
                })
                .getFirst();
    }
}
