"""MSA column-wise global self-attention, for the many rows of the extra MSA."""

import torch
from torch import Tensor, nn

from anfinsen.network.attention import MASKED
from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import affine, glorot_


class MsaColumnGlobalAttention(nn.Module):
    """Suppl. Alg. 19. One query per column, the mean over its rows; its answer goes to each row through a gate."""

    def __init__(self, c_e: int, heads: int):
        super().__init__()
        self.query_norm = LayerNorm(c_e)
        self.attention = GlobalAttention(c_e, heads, c_e // heads)

    def forward(self, m: Tensor, msa_mask: Tensor) -> Tensor:
        """``m [*, N_extra, N_res, c_e], msa_mask [*, N_extra, N_res]`` -> update of m."""
        m = self.query_norm(m.transpose(-2, -3))  # [*, N_res, N_extra, c_e]
        update = self.attention(m, msa_mask.transpose(-1, -2))  # [*, N_res, N_extra, c_e]
        return update.transpose(-2, -3)  # [*, N_extra, N_res, c_e]


class GlobalAttention(nn.Module):
    """Lines 2 to 7 of Alg. 19, on ``[*, columns, rows, c_e]``; all heads share one key and value."""

    def __init__(self, c_e: int, heads: int, width: int):
        super().__init__()
        self.heads, self.width = heads, width
        self.query_w = nn.Parameter(glorot_(torch.empty(c_e, heads, width), c_e, heads * width))
        self.key_w = nn.Parameter(glorot_(torch.empty(c_e, width), c_e, width))
        self.value_w = nn.Parameter(glorot_(torch.empty(c_e, width), c_e, width))
        self.gating_w = nn.Parameter(torch.zeros(c_e, heads, width))
        self.gating_b = nn.Parameter(torch.ones(heads, width))
        self.output_w = nn.Parameter(torch.zeros(heads, width, c_e))
        self.output_b = nn.Parameter(torch.zeros(c_e))

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        leading, c_e = x.shape[:-2], x.shape[-1]
        inner = self.heads * self.width
        weights = torch.cat([self.key_w, self.value_w, self.gating_w.flatten(1)], dim=1)
        k, v, gate = torch.matmul(x, weights).split([self.width, self.width, inner], dim=-1)  # [*, cols, rows, .]

        mean = (x * mask.unsqueeze(-1)).sum(-2) / (mask.sum(-1, keepdim=True) + 1e-10)  # [*, cols, c_e]
        q = torch.matmul(mean, self.query_w.flatten(1) * self.width**-0.5)  # [*, cols, heads width]
        q = q.view(*leading, self.heads, self.width)  # [*, cols, heads, width]
        bias = (MASKED * (mask - 1.0)).unsqueeze(-2)  # [*, cols, 1, rows]
        logits = torch.matmul(q, k.transpose(-1, -2)) + bias  # [*, cols, heads, rows]
        o = torch.matmul(torch.softmax(logits, dim=-1).to(v.dtype), v)  # [*, cols, heads, width]

        gate = torch.sigmoid(gate + self.gating_b.view(-1))  # [*, cols, rows, heads width]
        o = gate * o.reshape(*leading, 1, inner)  # [*, cols, rows, heads width]
        return affine(o, self.output_w.view(inner, c_e), self.output_b)  # [*, cols, rows, c_e]
