package org.anfinsen.network.export;

/** Names of the graph's inputs and outputs: the published feature names where there is one. */
public final class TensorNames {
    public static final String TARGET_FEAT = "target_feat";
    public static final String RESIDUE_INDEX = "residue_index";
    public static final String SEQ_MASK = "seq_mask";
    public static final String MSA_FEAT = "msa_feat";
    public static final String MSA_MASK = "msa_mask";
    public static final String EXTRA_MSA_FEAT = "extra_msa_feat";
    public static final String EXTRA_MSA_MASK = "extra_msa_mask";
    public static final String COEVOLUTION = "coevolution";

    public static final String TEMPLATE_AATYPE = "template_aatype";
    public static final String TEMPLATE_MASK = "template_mask";
    public static final String TEMPLATE_PSEUDO_BETA = "template_pseudo_beta";
    public static final String TEMPLATE_PSEUDO_BETA_MASK = "template_pseudo_beta_mask";
    public static final String TEMPLATE_BACKBONE_MASK = "template_backbone_mask";
    public static final String TEMPLATE_TORSIONS = "template_torsion_angles_sin_cos";
    public static final String TEMPLATE_ALTERNATIVE_TORSIONS = "template_alt_torsion_angles_sin_cos";
    public static final String TEMPLATE_TORSION_MASK = "template_torsion_angles_mask";

    public static final String PREVIOUS_MSA_FIRST_ROW = "prev_msa_first_row";
    public static final String PREVIOUS_PAIR = "prev_pair";
    public static final String PREVIOUS_PSEUDO_BETA = "prev_pseudo_beta";

    public static final String MSA_FIRST_ROW = "msa_first_row";
    public static final String PAIR = "pair";
    public static final String SINGLE = "single";
    public static final String ROTATIONS = "rotations";
    public static final String TRANSLATIONS = "translations";
    public static final String UNNORMALIZED_TORSIONS = "unnormalized_torsions";
    public static final String TORSIONS = "torsions";
    public static final String PLDDT_LOGITS = "plddt_logits";
    public static final String DISTOGRAM_LOGITS = "distogram_logits";
    public static final String ALIGNED_ERROR_LOGITS = "predicted_aligned_error_logits";
    public static final String MASKED_MSA_LOGITS = "masked_msa_logits";
    public static final String RESOLVED_LOGITS = "experimentally_resolved_logits";
    public static final String SECONDARY_STRUCTURE_LOGITS = "secondary_structure_logits";

    private TensorNames() {}
}
