"""Update of the backbone frames."""

from typing import Tuple

import torch
from torch import Tensor, nn

from anfinsen.geometry.rigid import Rigid
from anfinsen.network.linear import Linear


class BackboneUpdate(nn.Module):
    """Suppl. Alg. 23: three components of a quaternion (1, b, c, d) and a translation in the old frame."""

    def __init__(self, c_s: int):
        super().__init__()
        self.affine_update = Linear(c_s, 6, init="final")

    def forward(self, s: Tensor, quaternions: Tensor, frames: Rigid) -> Tuple[Tensor, Rigid]:
        """``s [*, N_res, c_s]``; unit quaternions ``[*, N_res, 4]`` of the frames ``[*, N_res]`` -> the new two."""
        return compose_update(quaternions, frames, self.affine_update(s))


def compose_update(quaternions: Tensor, frames: Rigid, update: Tensor) -> Tuple[Tensor, Rigid]:
    """The frames after ``update [*, 6]``: q (1, b, c, d), normalised; t + R t'."""
    vector, shift = update.split(3, dim=-1)  # [*, 3] each
    real, imaginary = quaternions.split([1, 3], dim=-1)  # [*, 1], [*, 3]
    product = torch.cat(
        [
            real - (imaginary * vector).sum(-1, keepdim=True),
            real * vector + imaginary + torch.cross(imaginary, vector, dim=-1),
        ],
        dim=-1,
    )  # [*, 4]
    quaternions = product / torch.linalg.vector_norm(product, dim=-1, keepdim=True)
    return quaternions, Rigid(quaternion_to_rotation(quaternions), frames.apply(shift))


def quaternion_to_rotation(quaternions: Tensor) -> Tensor:
    """Unit quaternions (w, x, y, z) ``[*, 4]`` -> rotations ``[*, 3, 3]``."""
    products = quaternions.unsqueeze(-1) * quaternions.unsqueeze(-2)  # [*, 4, 4]
    return torch.matmul(products.flatten(-2), _rotation_table(quaternions)).unflatten(-1, (3, 3))  # [*, 3, 3]


def _rotation_table(like: Tensor) -> Tensor:
    """Which products q_a q_b add up to which element of the rotation: ``[16, 9]``."""
    w, x, y, z = range(4)
    elements = (
        ((w, w, 1), (x, x, 1), (y, y, -1), (z, z, -1)),
        ((x, y, 2), (w, z, -2)),
        ((x, z, 2), (w, y, 2)),
        ((x, y, 2), (w, z, 2)),
        ((w, w, 1), (x, x, -1), (y, y, 1), (z, z, -1)),
        ((y, z, 2), (w, x, -2)),
        ((x, z, 2), (w, y, -2)),
        ((y, z, 2), (w, x, 2)),
        ((w, w, 1), (x, x, -1), (y, y, -1), (z, z, 1)),
    )
    table = torch.zeros(16, 9)
    for element, terms in enumerate(elements):
        for a, b, factor in terms:
            table[4 * a + b, element] = factor
    return table.to(like)
