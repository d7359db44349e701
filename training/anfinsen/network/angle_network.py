"""Torsion angles from the single representation."""

from typing import Tuple

import torch
from torch import Tensor, nn

from anfinsen.network.linear import Linear


class AngleNetwork(nn.Module):
    """Lines 11 to 14 of Suppl. Alg. 20: two residual blocks between linear layers, shared by all iterations."""

    def __init__(self, c_s: int, c: int):
        super().__init__()
        self.input_projection = Linear(c_s, c)
        self.input_projection_1 = Linear(c_s, c)
        self.resblock1 = Linear(c, c, init="relu")
        self.resblock2 = Linear(c, c, init="final")
        self.resblock1_1 = Linear(c, c, init="relu")
        self.resblock2_1 = Linear(c, c, init="final")
        self.unnormalized_angles = Linear(c, 14)

    def forward(self, s: Tensor, s_initial: Tensor) -> Tuple[Tensor, Tensor]:
        """``[*, N_res, c_s]`` twice -> (sin, cos) of 7 torsions ``[*, N_res, 7, 2]``: raw, and of unit length."""
        a = self.input_projection(s.relu()) + self.input_projection_1(s_initial.relu())  # [*, N_res, c]
        a = a + self.resblock2(self.resblock1(a.relu()).relu())
        a = a + self.resblock2_1(self.resblock1_1(a.relu()).relu())
        raw = self.unnormalized_angles(a.relu()).unflatten(-1, (7, 2))  # [*, N_res, 7, 2]
        return raw, raw / torch.sqrt((raw * raw).sum(-1, keepdim=True).clamp(min=1e-12))
