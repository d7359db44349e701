package org.anfinsen.network.run;

import java.util.Optional;
import org.anfinsen.network.tensor.FloatTensor;

/**
 * What one pass found. The tensors belong to the receiver.
 *
 * @param msaFirstRow {@code [N_res, c_m]}, for the next pass
 * @param pair {@code [N_res, N_res, c_z]}, for the next pass
 * @param single {@code [N_res, c_s]} of the Evoformer
 * @param rotations {@code [N_res, 3, 3]}, backbone frames, residue to global
 * @param translations {@code [N_res, 3]} in Å, their origins: the C-alpha atoms
 * @param unnormalizedTorsions {@code [N_res, 7, 2]}
 * @param torsions {@code [N_res, 7, 2]}, (sin, cos) of pre-omega, phi, psi, chi1..4, unit length
 * @param plddtLogits {@code [N_res, 50]}
 * @param distogramLogits {@code [N_res, N_res, 64]}, symmetric
 * @param alignedErrorLogits {@code [N_res, N_res, 64]}, if the network has that head
 * @param maskedMsaLogits {@code [N_seq, N_res, 23]}, if the network has that head
 * @param resolvedLogits {@code [N_res, 37]}, if the network has that head
 * @param secondaryStructureLogits {@code [N_res, 3]}: coil, helix, strand, if the network has that head
 */
public record NetworkOutput(
        FloatTensor msaFirstRow,
        FloatTensor pair,
        FloatTensor single,
        FloatTensor rotations,
        FloatTensor translations,
        FloatTensor unnormalizedTorsions,
        FloatTensor torsions,
        FloatTensor plddtLogits,
        FloatTensor distogramLogits,
        Optional<FloatTensor> alignedErrorLogits,
        Optional<FloatTensor> maskedMsaLogits,
        Optional<FloatTensor> resolvedLogits,
        Optional<FloatTensor> secondaryStructureLogits) {

    /** What the next pass gets, with the pseudo-beta positions of this pass's atoms, {@code [N_res, 3]} in Å. */
    public RecycledInput recycled(FloatTensor pseudoBeta) {
        return new RecycledInput(msaFirstRow, pair, pseudoBeta);
    }
}
