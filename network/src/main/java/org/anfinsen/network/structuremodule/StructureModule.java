package org.anfinsen.network.structuremodule;

import org.anfinsen.network.graph.Graph;
import org.anfinsen.network.graph.Value;
import org.anfinsen.network.layer.LayerNorm;
import org.anfinsen.network.layer.Linear;
import org.anfinsen.network.parameters.ParameterScope;

/**
 * From representations to frames and torsion angles: Suppl. Alg. 20. The same weights serve all eight iterations.
 * Atoms are placed outside the graph, from its outputs.
 */
public final class StructureModule {
    /** How often the frames are moved. */
    public static final int ITERATIONS = 8;

    private static final double ANGSTROM_PER_NANOMETRE = 10;
    private static final double ANGLE_EPSILON = 1e-12;

    private final LayerNorm singleNorm;
    private final LayerNorm pairNorm;
    private final Linear initialProjection;
    private final InvariantPointAttention attention;
    private final LayerNorm attentionNorm;
    private final Linear transition0;
    private final Linear transition1;
    private final Linear transition2;
    private final LayerNorm transitionNorm;
    private final BackboneUpdate backboneUpdate;
    private final TorsionAngles torsionAngles;

    /**
     * What the structure module found.
     *
     * @param single {@code s [N_res, c_s]} of the last iteration
     * @param rotations {@code [N_res, 3, 3]}, residue to global
     * @param translations {@code [N_res, 3]} in Å
     * @param unnormalizedTorsions {@code [N_res, 7, 2]}
     * @param torsions {@code [N_res, 7, 2]}, (sin, cos) of pre-omega, phi, psi, chi1..4, unit length
     */
    public record Result(
            Value single, Value rotations, Value translations, Value unnormalizedTorsions, Value torsions) {}

    /** Takes the arrays of {@code structure_module}. */
    public StructureModule(ParameterScope scope, int cS, int cZ) {
        singleNorm = LayerNorm.take(scope.in("single_layer_norm"), cS);
        pairNorm = LayerNorm.take(scope.in("pair_layer_norm"), cZ);
        initialProjection = Linear.take(scope.in("initial_projection"), cS, cS);
        ParameterScope fold = scope.in("fold_iteration");
        attention = new InvariantPointAttention(fold.in("invariant_point_attention"), cS, cZ);
        attentionNorm = LayerNorm.take(fold.in("attention_layer_norm"), cS);
        transition0 = Linear.take(fold.in("transition"), cS);
        transition1 = Linear.take(fold.in("transition_1"), transition0.out());
        transition2 = Linear.take(fold.in("transition_2"), transition1.out(), cS);
        transitionNorm = LayerNorm.take(fold.in("transition_layer_norm"), cS);
        backboneUpdate = new BackboneUpdate(fold.in("affine_update"), cS);
        torsionAngles = new TorsionAngles(fold.in("rigid_sidechain"), cS);
    }

    /**
     * Folds.
     *
     * @param single {@code s [N_res, c_s]} of the Evoformer
     * @param pair {@code z [N_res, N_res, c_z]}
     * @param mask {@code [N_res]}
     */
    public Result apply(Graph g, Value single, Value pair, Value mask) {
        Value initial = singleNorm.apply(g.scope("single_norm"), single);
        Value z = pairNorm.apply(g.scope("pair_norm"), pair);
        InvariantPointAttention.ConstantLogits logits = attention.constantLogits(g.scope("pair_bias"), z, mask);
        Value s = initialProjection.applyToMatrix(g.scope("initial_projection"), initial);
        Frames frames = BackboneUpdate.identity(g, g.size(single, 0));
        for (int iteration = 0; iteration < ITERATIONS; iteration++) {
            Graph here = g.scope(Integer.toString(iteration));
            Value attended = g.add(s, attention.apply(here.scope("attention"), s, z, frames, logits));
            s = transition(here.scope("transition"), attentionNorm.apply(here.scope("norm"), attended));
            frames = backboneUpdate.apply(here.scope("backbone_update"), frames, s);
        }
        Value torsions = torsionAngles.apply(g.scope("torsions"), s, initial);
        return new Result(
                s,
                frames.rotations(),
                g.multiply(frames.translations(), g.number(ANGSTROM_PER_NANOMETRE)),
                torsions,
                normalized(g, torsions));
    }

    private Value transition(Graph g, Value s) {
        Value hidden = g.relu(transition0.applyToMatrix(g.scope("0"), s));
        hidden = g.relu(transition1.applyToMatrix(g.scope("1"), hidden));
        return transitionNorm.apply(g.scope("norm"), g.add(s, transition2.applyToMatrix(g.scope("2"), hidden)));
    }

    private static Value normalized(Graph g, Value torsions) {
        Value squares = g.sum(g.multiply(torsions, torsions), -1);
        return g.divide(torsions, g.squareRoot(g.maximum(squares, g.number(ANGLE_EPSILON))));
    }
}
