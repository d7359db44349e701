package org.anfinsen.network.evoformer;

import org.anfinsen.network.graph.Value;

/**
 * The two tensors that Evoformer blocks refine.
 *
 * @param msa {@code m [N_seq, N_res, c_m]}
 * @param pair {@code z [N_res, N_res, c_z]}
 */
public record Representations(Value msa, Value pair) {}
