"""Rigid transformations as a value: Jumper et al. 2021, Suppl. 1.1."""

from typing import NamedTuple

import torch
from torch import Tensor


class Rigid(NamedTuple):
    """x_global = R x_local + t: rotations ``[*, 3, 3]``, translations ``[*, 3]``."""

    rotations: Tensor
    translations: Tensor

    def compose(self, other: "Rigid") -> "Rigid":
        """This transformation after the other; batch axes broadcast."""
        return Rigid(torch.matmul(self.rotations, other.rotations), self.apply(other.translations))

    def apply(self, points: Tensor) -> Tensor:
        """Local to global, one point per frame: ``[*, 3] -> [*, 3]``."""
        return rotate(self.rotations, points) + self.translations

    def inverse(self) -> "Rigid":
        transposed = self.rotations.transpose(-1, -2)
        return Rigid(transposed, -rotate(transposed, self.translations))

    def map(self, change) -> "Rigid":
        """The same indexing or reshaping of the batch axes for both members."""
        return Rigid(change(self.rotations), change(self.translations))


def rotate(rotations: Tensor, vectors: Tensor) -> Tensor:
    """``R v`` with broadcasting batch axes, as a sum of products: exact in any precision mode of the hardware."""
    return (rotations * vectors.unsqueeze(-2)).sum(-1)


def rotate_all(rotations: Tensor, vectors: Tensor) -> Tensor:
    """``R v`` for n vectors per rotation, ``[*, 3, 3], [*, 3, n] -> [*, 3, n]``: faster than many tiny products."""
    columns = rotations.unsqueeze(-1).unbind(-2)  # 3 times [*, 3, 1]
    rows = vectors.unsqueeze(-3).unbind(-2)  # 3 times [*, 1, n]
    return columns[0] * rows[0] + columns[1] * rows[1] + columns[2] * rows[2]
