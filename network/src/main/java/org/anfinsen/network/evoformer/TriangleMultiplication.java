package org.anfinsen.network.evoformer;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Update of each edge from the two others of all triangles it is in: Suppl. Alg. 11 and 12. */
public final class TriangleMultiplication {
    /** Which edges of a triangle are multiplied. */
    public enum Direction {
        /** {@code sum_k a_ik b_jk}: Suppl. Alg. 11. */
        OUTGOING("triangle_multiplication_outgoing"),
        /** {@code sum_k a_kj b_ki}: Suppl. Alg. 12. */
        INCOMING("triangle_multiplication_incoming");

        private final String scope;

        Direction(String scope) {
            this.scope = scope;
        }

        /** The published scope's last part. */
        public String scope() {
            return scope;
        }
    }

    private final Direction direction;
    private final int channels;
    private final LayerNorm inputNorm;
    private final LayerNorm centerNorm;
    private final Linear projections;
    private final Linear projectionGates;
    private final Linear output;
    private final Linear outputGate;

    /** Takes the arrays of {@code triangle_multiplication_outgoing} or {@code ..._incoming}. */
    public TriangleMultiplication(ParameterScope scope, int cZ, Direction direction) {
        this.direction = direction;
        inputNorm = LayerNorm.take(scope.in("layer_norm_input"), cZ);
        Linear left = Linear.take(scope.in("left_projection"), cZ);
        channels = left.out();
        projections = Linear.beside(left, Linear.take(scope.in("right_projection"), cZ, channels));
        projectionGates = Linear.beside(
                Linear.take(scope.in("left_gate"), cZ, channels), Linear.take(scope.in("right_gate"), cZ, channels));
        centerNorm = LayerNorm.take(scope.in("center_layer_norm"), channels);
        output = Linear.take(scope.in("output_projection"), channels, cZ);
        outputGate = Linear.take(scope.in("gating_linear"), cZ, cZ);
    }

    /**
     * The update of the pair representation.
     *
     * @param z {@code [N_res, N_res, c_z]}
     * @param pairMask {@code [N_res, N_res]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value apply(Graph g, Value z, Value pairMask) {
        Value x = inputNorm.apply(g.scope("norm"), z);
        Value gated = g.multiply(
                projections.apply(g.scope("projections"), x),
                g.sigmoid(projectionGates.apply(g.scope("projection_gates"), x)));
        // [2 channels, N_res, N_res], so that each channel is one matrix product.
        Value byChannel = g.transpose(g.multiply(gated, g.unsqueeze(pairMask, 2)), 2, 0, 1);
        List<Value> sides = g.split(byChannel, 0, channels, channels);
        Value left = sides.get(0);
        Value right = sides.get(1);
        Value product = switch (direction) {
            case OUTGOING -> g.matMul(left, g.transpose(right, 0, 2, 1));
            case INCOMING -> g.matMul(g.transpose(right, 0, 2, 1), left);
        };
        Value center = centerNorm.apply(g.scope("center_norm"), g.transpose(product, 1, 2, 0));
        return g.multiply(
                output.apply(g.scope("output"), center), g.sigmoid(outputGate.apply(g.scope("output_gate"), x)));
    }
}
