package org.anfinsen.network.run;

import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;

/**
 * Template features; T slots, empty ones masked. The tensors belong to whoever made them; the network reads only.
 *
 * @param aatype {@code [T, N_res]}, 0-19 as the amino acids in AlphaFold's order, 20 unknown, 21 gap
 * @param mask {@code [T]}, 1 for slots that hold a template
 * @param pseudoBeta {@code [T, N_res, 3]} in Å
 * @param pseudoBetaMask {@code [T, N_res]}
 * @param backboneMask {@code [T, N_res]}, 1 where N, CA and C are all present
 * @param torsions {@code [T, N_res, 7, 2]}, (sin, cos) of pre-omega, phi, psi, chi1..4
 * @param alternativeTorsions the same with the ambiguous chi angles turned by pi
 * @param torsionMask {@code [T, N_res, 7]}
 */
public record TemplateInput(
        IntTensor aatype,
        FloatTensor mask,
        FloatTensor pseudoBeta,
        FloatTensor pseudoBetaMask,
        FloatTensor backboneMask,
        FloatTensor torsions,
        FloatTensor alternativeTorsions,
        FloatTensor torsionMask) {

    /** Checks that all shapes agree. */
    public TemplateInput {
        int slots = aatype.dimension(0);
        int nRes = aatype.dimension(1);
        Shapes.require("template mask", mask, slots);
        Shapes.require("template pseudo-beta", pseudoBeta, slots, nRes, 3);
        Shapes.require("template pseudo-beta mask", pseudoBetaMask, slots, nRes);
        Shapes.require("template backbone mask", backboneMask, slots, nRes);
        Shapes.require("template torsions", torsions, slots, nRes, 7, 2);
        Shapes.require("template alternative torsions", alternativeTorsions, slots, nRes, 7, 2);
        Shapes.require("template torsion mask", torsionMask, slots, nRes, 7);
    }

    /** One empty slot: what a network that takes templates gets when there is none. */
    public static TemplateInput none(int nRes) {
        return new TemplateInput(
                IntTensor.zeros(1, nRes),
                FloatTensor.zeros(1),
                FloatTensor.zeros(1, nRes, 3),
                FloatTensor.zeros(1, nRes),
                FloatTensor.zeros(1, nRes),
                FloatTensor.zeros(1, nRes, 7, 2),
                FloatTensor.zeros(1, nRes, 7, 2),
                FloatTensor.zeros(1, nRes, 7));
    }
}
