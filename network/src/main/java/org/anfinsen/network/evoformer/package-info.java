/**
 * The Evoformer: blocks that refine the MSA and pair representations, and the extra-MSA stack before them. One class
 * per algorithm of the supplement; each takes its arrays when made and adds its operations to a graph when applied.
 * In and out: {@code m [N_seq, N_res, c_m]} and {@code z [N_res, N_res, c_z]}. Start at
 * {@link org.anfinsen.network.evoformer.EvoformerStack}.
 */
@NullMarked
package org.anfinsen.network.evoformer;

import org.jspecify.annotations.NullMarked;
