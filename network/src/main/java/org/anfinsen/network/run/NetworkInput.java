package org.anfinsen.network.run;

import java.util.Optional;
import org.anfinsen.network.tensor.FloatTensor;
import org.anfinsen.network.tensor.IntTensor;

/**
 * Features for one pass, as AlphaFold's feature pipeline defines them. The tensors belong to whoever made them; the
 * network reads only.
 *
 * @param targetFeat {@code [N_res, 22]}: chain break, one-hot residue type
 * @param residueIndex {@code [N_res]}, numbers along the chain
 * @param seqMask {@code [N_res]}
 * @param msaFeat {@code [N_seq, N_res, 49]}
 * @param msaMask {@code [N_seq, N_res]}
 * @param extraMsaFeat {@code [N_extra, N_res, 25]}; N_extra may be 0
 * @param extraMsaMask {@code [N_extra, N_res]}
 * @param coevolution {@code [N_res, N_res, c_coevolution]}; must be there if and only if the network takes it
 * @param templates templates; a network that takes them gets an empty slot if they are absent
 */
public record NetworkInput(
        FloatTensor targetFeat,
        IntTensor residueIndex,
        FloatTensor seqMask,
        FloatTensor msaFeat,
        FloatTensor msaMask,
        FloatTensor extraMsaFeat,
        FloatTensor extraMsaMask,
        Optional<FloatTensor> coevolution,
        Optional<TemplateInput> templates) {

    /** Checks that all shapes agree. */
    public NetworkInput {
        Shapes.requireRank("target_feat", targetFeat, 2);
        Shapes.requireRank("msa_feat", msaFeat, 3);
        Shapes.requireRank("extra_msa_feat", extraMsaFeat, 3);
        int nRes = targetFeat.dimension(0);
        int nSeq = msaFeat.dimension(0);
        int nExtra = extraMsaFeat.dimension(0);
        if (nRes == 0 || nSeq == 0) {
            throw new IllegalArgumentException("no residues or no sequences: N_res " + nRes + ", N_seq " + nSeq);
        }
        Shapes.require("residue_index", residueIndex, nRes);
        Shapes.require("seq_mask", seqMask, nRes);
        Shapes.require("msa_feat", msaFeat, nSeq, nRes, msaFeat.dimension(2));
        Shapes.require("msa_mask", msaMask, nSeq, nRes);
        Shapes.require("extra_msa_feat", extraMsaFeat, nExtra, nRes, extraMsaFeat.dimension(2));
        Shapes.require("extra_msa_mask", extraMsaMask, nExtra, nRes);
        coevolution.ifPresent(tensor -> {
            Shapes.requireRank("coevolution", tensor, 3);
            Shapes.require("coevolution", tensor, nRes, nRes, tensor.dimension(2));
        });
        templates.ifPresent(input ->
                Shapes.require("template aatype", input.aatype(), input.mask().size(), nRes));
    }

    /** The number of residues. */
    public int nRes() {
        return targetFeat.dimension(0);
    }

    /** The number of sequences of the main MSA. */
    public int nSeq() {
        return msaFeat.dimension(0);
    }

    /** The number of extra sequences. */
    public int nExtra() {
        return extraMsaFeat.dimension(0);
    }
}
