package org.anfinsen.pipeline.feature;

import java.util.stream.IntStream;

/**
 * Where residues stand in their chain, for the relative-position features.
 *
 * @param residueIndex position in the chain, {@code [N_res]}; a jump stands for residues that are left out
 * @param domainBreak  whether a break lies at the residue, {@code [N_res]}; AlphaFold's
 *                     {@code between_segment_residues}, always false for whole chains
 * @throws IllegalArgumentException if the lengths differ
 */
@SuppressWarnings("ArrayRecordComponent") // Handed through to the tensors; never compared.
public record ChainNumbering(int[] residueIndex, boolean[] domainBreak) {

    public ChainNumbering {
        if (residueIndex.length != domainBreak.length) {
            throw new IllegalArgumentException(
                    residueIndex.length + " residue indices, " + domainBreak.length + " break flags");
        }
        residueIndex = residueIndex.clone();
        domainBreak = domainBreak.clone();
    }

    /** A whole chain: 0, 1, 2, … without a break. */
    public static ChainNumbering contiguous(int nRes) {
        return new ChainNumbering(IntStream.range(0, nRes).toArray(), new boolean[nRes]);
    }
}
