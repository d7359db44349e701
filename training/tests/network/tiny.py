"""A tiny network with random parameters, and features for it: the same as in the golden files."""

import torch
from torch import Tensor

from anfinsen.golden import Golden
from anfinsen.geometry.rigid import Rigid
from anfinsen.network.backbone_update import quaternion_to_rotation


def tiny(seed: int = 3, templates: bool = False) -> Golden:
    return Golden(seed, templates)


def random_motion(seed: int) -> Rigid:
    """A rotation and a shift of some length units."""
    generator = torch.Generator().manual_seed(seed)
    quaternion = torch.randn(4, generator=generator)
    return Rigid(quaternion_to_rotation(quaternion / quaternion.norm()), 3.0 * torch.randn(3, generator=generator))


def largest_difference(a: Tensor, b: Tensor) -> float:
    return float((a - b).detach().abs().max())
