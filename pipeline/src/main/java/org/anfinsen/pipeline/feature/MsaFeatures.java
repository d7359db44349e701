package org.anfinsen.pipeline.feature;

/**
 * The features of one recycling iteration, AlphaFold's names and layouts, row-major. The arrays belong to whoever asked
 * for them; nobody else keeps a reference.
 *
 * @param nSeq         cluster centres
 * @param nExtra       extra rows, at least one
 * @param nRes         residues
 * @param targetFeat   {@code [N_res, 22]}: domain break, one-hot of 21 residue types
 * @param msaFeat      {@code [N_seq, N_res, 49]}: one-hot of 23 (20 residues, X, gap, mask token), has-deletion,
 *                     deletion value, cluster profile over the 23, cluster's mean deletion value
 * @param msaMask      {@code [N_seq, N_res]}, 1
 * @param extraMsaFeat {@code [N_extra, N_res, 25]}: one-hot of 23, has-deletion, deletion value
 * @param extraMsaMask {@code [N_extra, N_res]}, 1; 0 in a row that only pads
 * @param residueIndex {@code [N_res]}
 * @param aatype       {@code [N_res]}, 0 to 20
 * @param seqMask      {@code [N_res]}, 1
 */
@SuppressWarnings("ArrayRecordComponent") // Tensors on their way into the network; never compared.
public record MsaFeatures(
        int nSeq,
        int nExtra,
        int nRes,
        float[] targetFeat,
        float[] msaFeat,
        float[] msaMask,
        float[] extraMsaFeat,
        float[] extraMsaMask,
        int[] residueIndex,
        int[] aatype,
        float[] seqMask) {

    /** Channels of {@link #targetFeat}. */
    public static final int TARGET_CHANNELS = 22;

    /** Channels of {@link #msaFeat}. */
    public static final int MSA_CHANNELS = 49;

    /** Channels of {@link #extraMsaFeat}. */
    public static final int EXTRA_MSA_CHANNELS = 25;

    public MsaFeatures {
        if (nSeq < 1 || nExtra < 1 || nRes < 1) {
            throw new IllegalArgumentException(nSeq + " centres, " + nExtra + " extra rows, " + nRes + " residues");
        }
        check("target_feat", targetFeat.length, (long) nRes * TARGET_CHANNELS);
        check("msa_feat", msaFeat.length, (long) nSeq * nRes * MSA_CHANNELS);
        check("msa_mask", msaMask.length, (long) nSeq * nRes);
        check("extra_msa_feat", extraMsaFeat.length, (long) nExtra * nRes * EXTRA_MSA_CHANNELS);
        check("extra_msa_mask", extraMsaMask.length, (long) nExtra * nRes);
        check("residue_index", residueIndex.length, nRes);
        check("aatype", aatype.length, nRes);
        check("seq_mask", seqMask.length, nRes);
    }

    private static void check(String name, int length, long expected) {
        if (length != expected) {
            throw new IllegalArgumentException(name + " has " + length + " numbers, expected " + expected);
        }
    }
}
