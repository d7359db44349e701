package org.anfinsen.pipeline;

import java.util.Optional;
import org.anfinsen.pipeline.confidence.Distogram;
import org.anfinsen.pipeline.confidence.Plddt;
import org.anfinsen.pipeline.confidence.PredictedAlignedError;
import org.anfinsen.pipeline.confidence.SecondaryStructure;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.geometry.AtomPositions;

/**
 * What the last pass of the network says about a chain, and where its atoms are.
 *
 * @param sequence     the query, {@code [N_res]}
 * @param positions    heavy atoms, {@code [N_res, 37, 3]} in Å
 * @param plddt        confidence in each residue, 0-100
 * @param alignedError predicted aligned error, where the model has the head
 * @param distogram    probabilities of the distances
 * @param secondaryStructure helix, strand or coil, where the model has the head
 * @param cycles       passes that were made
 * @param settled      true if the loop stopped early because the structure no longer changed
 */
public record FoldedChain(
        ProteinSequence sequence,
        AtomPositions positions,
        Plddt plddt,
        Optional<PredictedAlignedError> alignedError,
        Distogram distogram,
        Optional<SecondaryStructure> secondaryStructure,
        int cycles,
        boolean settled) {

    /** The same with its atoms elsewhere, and the confidence in those. */
    public FoldedChain refolded(AtomPositions moved, Plddt confidence) {
        return new FoldedChain(
                sequence, moved, confidence, alignedError, distogram, secondaryStructure, cycles, settled);
    }
}
