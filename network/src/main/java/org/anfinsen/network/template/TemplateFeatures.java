package org.anfinsen.network.template;

import org.anfinsen.network.graph.Value;

/**
 * Template inputs of a graph; T is the number of template slots, empty ones masked.
 *
 * @param aatype {@code [T, N_res]}, integers, 0-19 as the amino acids, 20 unknown, 21 gap
 * @param mask {@code [T]}, 1 for slots that hold a template
 * @param pseudoBeta {@code [T, N_res, 3]} in Å
 * @param pseudoBetaMask {@code [T, N_res]}
 * @param backboneMask {@code [T, N_res]}, 1 where N, CA and C are all present
 * @param torsions {@code [T, N_res, 7, 2]}, (sin, cos) of pre-omega, phi, psi, chi1..4
 * @param alternativeTorsions the same with the ambiguous chi angles turned by pi
 * @param torsionMask {@code [T, N_res, 7]}
 */
public record TemplateFeatures(
        Value aatype,
        Value mask,
        Value pseudoBeta,
        Value pseudoBetaMask,
        Value backboneMask,
        Value torsions,
        Value alternativeTorsions,
        Value torsionMask) {}
