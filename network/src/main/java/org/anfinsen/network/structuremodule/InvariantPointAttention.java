package org.anfinsen.network.structuremodule;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterException;
import org.anfinsen.network.parameters.ParameterScope;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * Attention between residues that a rigid motion of all frames leaves as it is: Suppl. Alg. 22.
 *
 * <p>Departs from the supplement: the squared distance of query and key points is multiplied out, and its mixed term
 * joins the scalar product, so that the logits of a head are one matrix product. Points are centred first, to keep the
 * terms small.
 */
final class InvariantPointAttention {
    private static final double NORM_EPSILON = 1e-8;
    private static final double MASKED = 1e5;

    private final int heads;
    private final int channels;
    private final int queryPoints;
    private final int valuePoints;
    private final Linear query;
    private final Linear keyValue;
    private final Linear queryPoint;
    private final Linear keyValuePoint;
    private final Linear pairBias;
    private final Linear output;
    private final FloatTensor pointWeights;

    InvariantPointAttention(ParameterScope scope, int cS, int cZ) {
        heads = scope.dimension("trainable_point_weights", 1, 0);
        Linear scalarQuery = Linear.take(scope.in("q_scalar"), cS);
        channels = perHead(scope, "q_scalar", scalarQuery.out(), heads);
        query = scalarQuery.scaled(Math.sqrt(1.0 / (3 * channels)));
        keyValue = Linear.take(scope.in("kv_scalar"), cS, 2 * heads * channels);
        queryPoint = Linear.take(scope.in("q_point_local"), cS);
        queryPoints = perHead(scope, "q_point_local", queryPoint.out(), 3 * heads);
        keyValuePoint = Linear.take(scope.in("kv_point_local"), cS);
        valuePoints = perHead(scope, "kv_point_local", keyValuePoint.out(), 3 * heads) - queryPoints;
        pairBias = Linear.take(scope.in("attention_2d"), cZ, heads).scaled(Math.sqrt(1.0 / 3));
        output = Linear.take(scope.in("output_projection"), heads * (channels + 4 * valuePoints + cZ), cS);
        pointWeights = pointWeights(scope.take("trainable_point_weights", heads));
    }

    private static int perHead(ParameterScope scope, String layer, int outputs, int divisor) {
        if (outputs % divisor != 0 || outputs == 0) {
            throw new ParameterException(
                    scope.in(layer) + ": " + outputs + " outputs, expected a multiple of " + divisor);
        }
        return outputs / divisor;
    }

    /** {@code softplus(w) sqrt(2 / (27 points))}, {@code [heads, 1, 1]}. */
    private FloatTensor pointWeights(FloatTensor trained) {
        float[] weights = new float[heads];
        for (int head = 0; head < heads; head++) {
            weights[head] = (float) (Math.log1p(Math.exp(trained.at(head))) * Math.sqrt(2.0 / (27 * queryPoints)));
        }
        return FloatTensor.of(weights, heads, 1, 1);
    }

    /**
     * The parts of the logits that are the same in all iterations.
     *
     * @param pairBias {@code [heads, N_res, N_res]}
     * @param maskBias {@code [N_res, N_res]}: 0, or -1e5 where either residue is masked. It is added last: a masked
     *     query has it on all keys, and what it rounds away must be what the published code rounds away
     */
    record ConstantLogits(Value pairBias, Value maskBias) {}

    /**
     * Computes them.
     *
     * @param z {@code [N_res, N_res, c_z]}, normalised
     * @param mask {@code [N_res]}
     */
    ConstantLogits constantLogits(Graph g, Value z, Value mask) {
        Value bias = g.transpose(pairBias.apply(g, z), 2, 0, 1);
        Value both = g.multiply(g.unsqueeze(mask, 1), g.unsqueeze(mask, 0));
        return new ConstantLogits(bias, g.multiply(g.subtract(both, g.number(1)), g.number(MASKED)));
    }

    /**
     * The update of the single representation.
     *
     * @param s {@code [N_res, c_s]}
     * @param z {@code [N_res, N_res, c_z]}, normalised
     * @param constants from {@link #constantLogits}
     * @return {@code [N_res, c_s]}
     */
    Value apply(Graph g, Value s, Value z, Frames frames, ConstantLogits constants) {
        Value origin = g.mean(frames.translations(), 0);
        Value shift = g.unsqueeze(g.subtract(frames.translations(), origin), 2);
        Value q = byHead(g, query.applyToMatrix(g.scope("query"), s), channels);
        List<Value> kv = g.split(
                byHead(g, keyValue.applyToMatrix(g.scope("key_value"), s), 2 * channels), 2, channels, channels);
        Value qPoints = globalPoints(g, queryPoint.applyToMatrix(g.scope("query_point"), s), frames, shift);
        List<Value> kvPoints = g.split(
                globalPoints(g, keyValuePoint.applyToMatrix(g.scope("key_value_point"), s), frames, shift),
                3,
                queryPoints,
                valuePoints);
        Value products = logits(g, q, kv.get(0), flat(g, qPoints, queryPoints), flat(g, kvPoints.get(0), queryPoints));
        Value weights = g.softmax(g.add(g.add(products, constants.pairBias()), constants.maskBias()));
        Value values = g.concat(2, kv.get(1), flat(g, kvPoints.get(1), valuePoints));
        List<Value> heard = g.split(g.matMul(weights, values), 2, channels, 3L * valuePoints);
        Value points = localPoints(g, heard.get(1), frames, shift);
        Value pairs = g.matMul(g.transpose(weights, 1, 0, 2), z);
        return output.applyToMatrix(
                g.scope("output"),
                g.concat(
                        1,
                        g.reshape(g.transpose(heard.get(0), 1, 0, 2), 0, (long) heads * channels),
                        g.reshape(points, 0, 3L * heads * valuePoints),
                        norms(g, points),
                        g.reshape(pairs, g.size(s, 0), g.integers(-1))));
    }

    /** {@code [N_res, heads width]} to {@code [heads, N_res, width]}. */
    private Value byHead(Graph g, Value x, int width) {
        return g.transpose(g.reshape(x, 0, heads, width), 1, 0, 2);
    }

    /** Local points in blocks x, y, z of (head, point) to global ones, {@code [heads, N_res, 3, points]}. */
    private Value globalPoints(Graph g, Value local, Frames frames, Value shift) {
        Value points = g.add(g.matMul(frames.rotations(), g.reshape(local, 0, 3, -1)), shift);
        return g.transpose(g.reshape(points, 0, 3, heads, -1), 2, 0, 1, 3);
    }

    private static Value flat(Graph g, Value points, int count) {
        return g.reshape(points, 0, 0, 3L * count);
    }

    /** All but the constant part: {@code [heads, N_res, N_res]}. */
    private Value logits(Graph g, Value q, Value k, Value qPoints, Value kPoints) {
        Value gamma = g.weights("point_weights", pointWeights);
        Value queries = g.concat(2, q, g.multiply(qPoints, gamma));
        Value keys = g.concat(2, k, kPoints);
        Value products = g.matMul(queries, g.transpose(keys, 0, 2, 1));
        Value ofKeys = g.transpose(halfSquares(g, kPoints, gamma), 0, 2, 1);
        // The same for all keys, so softmax ignores it; but see maskBias, which rounds it.
        Value ofQueries = halfSquares(g, qPoints, gamma);
        return g.subtract(g.subtract(products, ofKeys), ofQueries);
    }

    /** {@code [heads, N_res, 1]}. */
    private static Value halfSquares(Graph g, Value points, Value gamma) {
        return g.multiply(g.sum(g.multiply(points, points), 2), g.multiply(gamma, g.number(0.5)));
    }

    /** Global {@code [heads, N_res, 3 points]} seen from the query's frame: {@code [N_res, 3, heads points]}. */
    private Value localPoints(Graph g, Value heard, Frames frames, Value shift) {
        Value split = g.transpose(g.reshape(heard, 0, 0, 3, valuePoints), 1, 2, 0, 3);
        Value global = g.reshape(split, 0, 0, (long) heads * valuePoints);
        return g.matMul(g.transpose(frames.rotations(), 0, 2, 1), g.subtract(global, shift));
    }

    private static Value norms(Graph g, Value points) {
        Value squares = g.squeeze(g.sum(g.multiply(points, points), 1), 1);
        return g.squareRoot(g.add(squares, g.number(NORM_EPSILON)));
    }
}
