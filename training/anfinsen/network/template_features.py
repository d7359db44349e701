"""Features of templates."""

import torch
from torch import Tensor
from torch.nn import functional

from anfinsen.network.recycling_embedder import distance_one_hot

PAIR_CHANNELS, ANGLE_CHANNELS = 88, 57
_BINS, _FIRST_EDGE_ANGSTROM, _LAST_EDGE_ANGSTROM = 39, 3.25, 50.75
_CLASSES = 22
_BACKBONE_ATOM37 = 3  # N, C-alpha, C come first.


def template_pair_features(features: dict) -> Tensor:
    """Suppl. Tab. 1, ``template_distogram`` and what follows it -> ``[*, N_templ, N_res, N_res, 88]``.

    The unit vectors are zero, as in the published networks.
    """
    positions, mask = features["template_pseudo_beta"], features["template_pseudo_beta_mask"]
    distogram = distance_one_hot(positions, _FIRST_EDGE_ANGSTROM, _LAST_EDGE_ANGSTROM, _BINS)
    pseudo_beta_mask = (mask.unsqueeze(-1) * mask.unsqueeze(-2)).unsqueeze(-1)  # [*, N_templ, N_res, N_res, 1]
    aatype = functional.one_hot(features["template_aatype"].long(), _CLASSES).to(positions.dtype)
    square = distogram.shape[:-1]
    aatype_j = aatype.unsqueeze(-3).expand(*square, _CLASSES)  # [*, N_templ, N_res, N_res, 22]
    aatype_i = aatype.unsqueeze(-2).expand(*square, _CLASSES)
    backbone = features["template_all_atom_mask"][..., :_BACKBONE_ATOM37].prod(-1)  # [*, N_templ, N_res]
    backbone_mask = (backbone.unsqueeze(-1) * backbone.unsqueeze(-2)).unsqueeze(-1)
    unit_vectors = positions.new_zeros(*square, 3)
    parts = [distogram, pseudo_beta_mask, aatype_j, aatype_i, unit_vectors, backbone_mask]
    return torch.cat(parts, dim=-1) * backbone_mask  # [*, N_templ, N_res, N_res, 88]


def template_angle_features(features: dict) -> Tensor:
    """Suppl. Tab. 1, ``template_angle_feat`` -> ``[*, N_templ, N_res, 57]``."""
    angles = features["template_torsion_angles_sin_cos"]
    return torch.cat(
        [
            functional.one_hot(features["template_aatype"].long(), _CLASSES).to(angles.dtype),
            angles.flatten(-2),
            features["template_alt_torsion_angles_sin_cos"].flatten(-2),
            features["template_torsion_angles_mask"],
        ],
        dim=-1,
    )
