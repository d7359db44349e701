package org.anfinsen.network.template;

import java.util.List;
import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/** Each pair of residues looks at all templates: Suppl. Alg. 17. There are no gates. */
public final class TemplatePointwiseAttention {
    private final int heads;
    private final int width;
    private final Linear query;
    private final Linear key;
    private final Linear value;
    private final Linear output;

    /** Takes the arrays of {@code template_embedding/attention}. */
    public TemplatePointwiseAttention(ParameterScope scope, int cZ, int cT) {
        heads = scope.dimension("query_w", 3, 1);
        width = scope.dimension("query_w", 3, 2);
        int inner = heads * width;
        query = Linear.withoutBias(scope.take("query_w", cZ, heads, width).reshape(cZ, inner))
                .scaled(1 / Math.sqrt(width));
        key = Linear.withoutBias(scope.take("key_w", cT, heads, width).reshape(cT, inner));
        value = Linear.withoutBias(scope.take("value_w", cT, heads, width).reshape(cT, inner));
        output = new Linear(scope.take("output_w", heads, width, cZ).reshape(inner, cZ), scope.take("output_b", cZ));
    }

    /**
     * The update of the pair representation, zero if there is no template.
     *
     * @param z {@code [N_res, N_res, c_z]}
     * @param templates {@code [T, N_res, N_res, c_t]}
     * @param templateMask {@code [T]}
     * @return {@code [N_res, N_res, c_z]}
     */
    public Value apply(Graph g, Value z, Value templates, Value templateMask) {
        // One row of residues at a time: [N_res, c_z] looks at [N_res, T, c_t].
        Value byRow = g.transpose(templates, 1, 2, 0, 3);
        Value keyBias = g.multiply(g.subtract(templateMask, g.number(1)), g.number(1e9));
        Value any = g.maximumOver(templateMask, 0);
        Value update = g.forEachRow(List.of(z, byRow), 1, slices -> {
                    Graph body = g.scope("row");
                    Value q = split(body, query.applyToMatrix(body.scope("query"), slices.get(0)), 1);
                    Value k = split(body, key.apply(body.scope("key"), slices.get(1)), 2);
                    Value v = split(body, value.apply(body.scope("value"), slices.get(1)), 2);
                    Value logits = body.matMul(body.unsqueeze(q, 2), body.transpose(k, 0, 2, 3, 1));
                    Value heard = body.matMul(body.softmax(body.add(logits, keyBias)), body.transpose(v, 0, 2, 1, 3));
                    return List.of(output.applyToMatrix(body.scope("output"), body.reshape(heard, 0, output.in())));
                })
                .getFirst();
        return g.multiply(update, any);
    }

    private Value split(Graph g, Value x, int leadingAxes) {
        return leadingAxes == 1 ? g.reshape(x, 0, heads, width) : g.reshape(x, 0, 0, heads, width);
    }
}
