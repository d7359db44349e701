"""The network of AlphaFold 2 (Jumper et al. 2021), one module per algorithm of its supplement.

In: feature tensors. Out: a structure, the representations behind it and the logits of the heads.
Start at ``alphafold_iteration``. Legend of the shapes: ``*`` any batch axes, N_seq rows of the alignment,
N_res residues; m is the MSA representation ``[*, N_seq, N_res, c_m]``, z the pair representation
``[*, N_res, N_res, c_z]``, s the single representation ``[*, N_res, c_s]``.
"""
