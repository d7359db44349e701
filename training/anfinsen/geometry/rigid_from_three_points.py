"""Frames of residues whose backbone is known."""

import torch
from torch import Tensor

from anfinsen.geometry.rigid import Rigid


def rigid_from_three_points(x1: Tensor, x2: Tensor, x3: Tensor, epsilon: float = 1e-8) -> Rigid:
    """Suppl. Alg. 21, Gram-Schmidt: origin x2, x axis towards x3, x1 in the xy plane with y > 0.

    For a backbone frame the points are N, C-alpha, C, each ``[*, 3]``. Points that coincide give a rotation
    that is not one, without NaN in value or gradient: mask it.
    """
    e1 = _unit(x3 - x2, epsilon)
    v2 = x1 - x2
    e2 = _unit(v2 - e1 * (e1 * v2).sum(-1, keepdim=True), epsilon)
    e3 = torch.cross(e1, e2, dim=-1)
    return Rigid(torch.stack([e1, e2, e3], dim=-1), x2)  # rotations [*, 3, 3], the axes are its columns


def _unit(v: Tensor, epsilon: float) -> Tensor:
    return v / torch.sqrt((v * v).sum(-1, keepdim=True) + epsilon)
