"""Triangular self-attention."""

import torch
from torch import Tensor, nn

from anfinsen.network.attention import Attention
from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import channels_first, truncated_normal_


class TriangleAttention(nn.Module):
    """Suppl. Alg. 13 (around the starting node) and 14 (around the ending node).

    The ending node's is the starting node's on the transposed pair representation.
    """

    def __init__(self, c_z: int, heads: int, starting_node: bool, width: int = None):
        super().__init__()
        self.starting_node = starting_node
        self.query_norm = LayerNorm(c_z)
        self.feat_2d_weights = nn.Parameter(truncated_normal_(torch.empty(c_z, heads), c_z))
        self.attention = Attention(c_z, heads, width or c_z // heads)

    def forward(self, z: Tensor, pair_mask: Tensor) -> Tensor:
        """``z [*, N_res, N_res, c_z], pair_mask [*, N_res, N_res]`` -> update of z."""
        if not self.starting_node:
            z, pair_mask = z.transpose(-2, -3), pair_mask.transpose(-1, -2)
        z = self.query_norm(z)
        bias = channels_first(z, self.feat_2d_weights)  # [*, heads, N_res, N_res]
        update = self.attention(z, pair_mask, bias)  # [*, N_res, N_res, c_z]
        return update if self.starting_node else update.transpose(-2, -3)
