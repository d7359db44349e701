"""Outer product mean: from the MSA to the pair representation."""

import torch
from torch import Tensor, nn

from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear


class OuterProductMean(nn.Module):
    """Suppl. Alg. 10. For each pair of columns, the outer product of their projections, averaged over sequences.

    The bias of the output layer is divided by the number of sequences too, as in the published network.
    """

    def __init__(self, c_m: int, c_z: int, c: int):
        super().__init__()
        self.c = c
        self.layer_norm_input = LayerNorm(c_m)
        self.left_projection = Linear(c_m, c)
        self.right_projection = Linear(c_m, c)
        self.output_w = nn.Parameter(torch.zeros(c, c, c_z))
        self.output_b = nn.Parameter(torch.zeros(c_z))

    def forward(self, m: Tensor, msa_mask: Tensor) -> Tensor:
        """``m [*, N_seq, N_res, c_m], msa_mask [*, N_seq, N_res]`` -> update of z ``[*, N_res, N_res, c_z]``."""
        leading, n_seq, n_res, c = m.shape[:-3], m.shape[-3], m.shape[-2], self.c
        m = self.layer_norm_input(m)
        left, right = self.left_projection(m), self.right_projection(m)  # [*, N_seq, N_res, c]
        mask = msa_mask.unsqueeze(-1).to(left.dtype)
        left, right = left * mask, right * mask
        left = left.view(*leading, n_seq, n_res * c).transpose(-1, -2)  # [*, N_res c, N_seq]
        outer = torch.matmul(left, right.view(*leading, n_seq, n_res * c))  # [*, N_res c, N_res c]
        outer = outer.view(*leading, n_res, c, n_res, c).transpose(-3, -2)  # [*, N_res, N_res, c, c]
        z = torch.addmm(self.output_b, outer.reshape(-1, c * c), self.output_w.flatten(0, 1))  # [* N_res N_res, c_z]
        with torch.autocast(m.device.type, enabled=False):  # bf16 has no integers above 256.
            count = torch.matmul(msa_mask.transpose(-1, -2), msa_mask)  # [*, N_res, N_res]
        return z.view(*leading, n_res, n_res, -1) / (1e-3 + count).unsqueeze(-1)
