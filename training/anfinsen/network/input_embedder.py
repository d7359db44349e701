"""Embedding of the sequence and of the clustered MSA."""

from typing import Tuple

from torch import Tensor, nn

from anfinsen.network.linear import Linear
from anfinsen.network.relative_position import RelativePosition


class InputEmbedder(nn.Module):
    """Suppl. Alg. 3."""

    def __init__(self, c_m: int, c_z: int, target_channels: int = 22, msa_channels: int = 49):
        super().__init__()
        self.left_single = Linear(target_channels, c_z)
        self.right_single = Linear(target_channels, c_z)
        self.relative_position = RelativePosition(c_z)
        self.preprocess_1d = Linear(target_channels, c_m)
        self.preprocess_msa = Linear(msa_channels, c_m)

    def forward(self, target_feat: Tensor, residue_index: Tensor, msa_feat: Tensor) -> Tuple[Tensor, Tensor]:
        """``target_feat [*, N_res, 22], residue_index [*, N_res], msa_feat [*, N_seq, N_res, 49]`` -> (m, z)."""
        left, right = self.left_single(target_feat), self.right_single(target_feat)  # [*, N_res, c_z]
        z = left.unsqueeze(-2) + right.unsqueeze(-3)  # [*, N_res, N_res, c_z]
        z = z + self.relative_position(residue_index)
        m = self.preprocess_msa(msa_feat) + self.preprocess_1d(target_feat).unsqueeze(-3)  # [*, N_seq, N_res, c_m]
        return m, z
