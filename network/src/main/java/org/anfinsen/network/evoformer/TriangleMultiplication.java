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
    private final Linear projections;
    private final Linear projectionGates;
    private final Linear output;
    private final Linear outputGate;

    /** Takes the arrays of {@code triangle_multiplication_outgoing} or {@code ..._incoming}. */
    public TriangleMultiplication(ParameterScope scope, int cZ, Direction direction) {
        this.direction = direction;
        LayerNorm inputNorm = LayerNorm.take(scope.in("layer_norm_input"), cZ);
        Linear left = Linear.take(scope.in("left_projection"), cZ);
        channels = left.out();
        projections = inputNorm.into(Linear.beside(left, Linear.take(scope.in("right_projection"), cZ, channels)));
        projectionGates = inputNorm.into(Linear.beside(
                Linear.take(scope.in("left_gate"), cZ, channels), Linear.take(scope.in("right_gate"), cZ, channels)));
        LayerNorm centerNorm = LayerNorm.take(scope.in("center_layer_norm"), channels);
        output = centerNorm.into(Linear.take(scope.in("output_projection"), channels, cZ));
        outputGate = inputNorm.into(Linear.take(scope.in("gating_linear"), cZ, cZ));
    }

    /**
     * The pair representation with the update added.
     *
     * @param z {@code [N_res, N_res, c_z]}
     * @param pairMask {@code [N_res, N_res]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value refine(Graph g, Value z, Value pairMask) {
        List<Value> projected = g.forEachRow(List.of(z, pairMask), 3, rows -> projectRow(g, rows.get(0), rows.get(1)));
        // [channels, N_res, N_res], so that each channel is one matrix product.
        Value left = g.transpose(projected.get(0), 1, 0, 2);
        Value right = g.transpose(projected.get(1), 1, 0, 2);
        Value product = switch (direction) {
            case OUTGOING -> g.matMul(left, g.transpose(right, 0, 2, 1));
            case INCOMING -> g.matMul(g.transpose(right, 0, 2, 1), left);
        };
        return g.forEachRow(List.of(z, g.transpose(product, 1, 0, 2), projected.get(2)), 1, rows -> {
                    Value center = LayerNorm.normalize(g.scope("center_norm"), g.transpose(rows.get(1), 1, 0));
                    Value update = output.applyToMatrix(g.scope("output"), center);
                    return List.of(g.add(rows.get(0), g.multiply(update, rows.get(2))));
                })
                .getFirst();
    }

    /** From one row {@code [N_res, c_z]}: left and right {@code [channels, N_res]}, the output's gate. */
    private List<Value> projectRow(Graph g, Value row, Value mask) {
        Value x = LayerNorm.normalize(g.scope("norm"), row);
        Value gated = g.multiply(
                projections.applyToMatrix(g.scope("projections"), x),
                g.sigmoid(projectionGates.applyToMatrix(g.scope("projection_gates"), x)));
        Value gate = g.sigmoid(outputGate.applyToMatrix(g.scope("output_gate"), x));
        List<Value> sides = g.split(g.multiply(g.transpose(gated, 1, 0), mask), 0, channels, channels);
        return List.of(sides.get(0), sides.get(1), gate);
    }
}
