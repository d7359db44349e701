"""The point that stands for a residue in distance maps."""

import torch
from torch import Tensor

from anfinsen.residue_constants import ATOM14_INDEX, RESIDUES

_GLYCINE = RESIDUES.index("GLY")
_CA, _CB = ATOM14_INDEX["ALA"]["CA"], ATOM14_INDEX["ALA"]["CB"]


def pseudo_beta(atom14_positions: Tensor, aatype: Tensor) -> Tensor:
    """C-beta, C-alpha for glycine: ``[*, N_res, 14, 3], aatype [*, N_res] -> [*, N_res, 3]``, in the same units."""
    glycine = (aatype == _GLYCINE).unsqueeze(-1)
    return torch.where(glycine, atom14_positions[..., _CA, :], atom14_positions[..., _CB, :])
