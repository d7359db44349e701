"""Embedding of the previous recycling iteration."""

from typing import Tuple

import torch
from torch import Tensor, nn

from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear

BINS, FIRST_EDGE_ANGSTROM, LAST_EDGE_ANGSTROM = 15, 3.25, 20.75


class RecyclingEmbedder(nn.Module):
    """Suppl. Alg. 32. With all inputs zero, in the first iteration, offsets and bias still come out."""

    def __init__(self, c_m: int, c_z: int):
        super().__init__()
        self.prev_msa_first_row_norm = LayerNorm(c_m)
        self.prev_pair_norm = LayerNorm(c_z)
        self.prev_pos_linear = Linear(BINS, c_z)

    def forward(self, m_first_row: Tensor, z: Tensor, pseudo_beta: Tensor) -> Tuple[Tensor, Tensor]:
        """``m_first_row [*, N_res, c_m], z [*, N_res, N_res, c_z], pseudo_beta [*, N_res, 3]`` in Angstrom

        -> updates of the first MSA row and of z.
        """
        bins = distance_one_hot(pseudo_beta, FIRST_EDGE_ANGSTROM, LAST_EDGE_ANGSTROM, BINS)  # [*, N_res, N_res, 15]
        return self.prev_msa_first_row_norm(m_first_row), self.prev_pair_norm(z) + self.prev_pos_linear(bins)


def distance_one_hot(positions: Tensor, first: float, last: float, bins: int) -> Tensor:
    """``[*, N, 3] -> [*, N, N, bins]``: 1 in the bin whose lower edge is the last one below the distance.

    The edges are evenly spaced from first to last; distances below the first edge have no bin.
    """
    difference = positions.unsqueeze(-2) - positions.unsqueeze(-3)  # [*, N, N, 3]
    squared = (difference * difference).sum(-1, keepdim=True)  # [*, N, N, 1]
    lower = torch.linspace(first, last, bins, device=positions.device).square()  # [bins]
    upper = torch.cat([lower[1:], lower.new_tensor([1e8])])
    return ((squared > lower) & (squared < upper)).to(positions.dtype)  # [*, N, N, bins]
