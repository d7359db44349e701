"""The gated attention that rows, columns and triangles share."""

from typing import Optional

import torch
from torch import Tensor, nn

from anfinsen.network.linear import glorot_

MASKED = 1e9


class Attention(nn.Module):
    """Gated multi-head self-attention, the common core of Suppl. Alg. 7, 8, 13 and 14.

    Each of R rows attends within itself. Masked keys get -1e9; outputs are never masked.
    """

    def __init__(self, c_in: int, heads: int, width: int):
        super().__init__()
        self.heads, self.width = heads, width
        for name in ("query_w", "key_w", "value_w"):
            weights = glorot_(torch.empty(c_in, heads, width), c_in, heads * width)
            setattr(self, name, nn.Parameter(weights))
        self.gating_w = nn.Parameter(torch.zeros(c_in, heads, width))
        self.gating_b = nn.Parameter(torch.ones(heads, width))
        self.output_w = nn.Parameter(torch.zeros(heads, width, c_in))
        self.output_b = nn.Parameter(torch.zeros(c_in))

    def forward(self, x: Tensor, mask: Tensor, pair_bias: Optional[Tensor] = None) -> Tensor:
        """
        :param x: normalised input ``[*, R, N, c_in]``
        :param mask: 1 where a key exists, ``[*, R, N]``
        :param pair_bias: added to the logits of every row, ``[*, heads, N, N]``
        :return: update ``[*, R, N, c_in]``
        """
        leading, n, c_in = x.shape[:-2], x.shape[-2], x.shape[-1]
        inner = self.heads * self.width
        projections = torch.mm(x.reshape(-1, c_in), self._input_weights())  # [* R N, 4 heads width]
        qkv, gate = projections.split([3 * inner, inner], dim=-1)
        qkv = qkv.view(-1, n, 3, self.heads, self.width).permute(2, 0, 3, 1, 4)  # [3, * R, heads, N, width]
        q, k, v = qkv.reshape(3, -1, n, self.width).unbind(0)  # each [* R heads, N, width]

        bias = (MASKED * (mask - 1.0))[..., None, None, :].to(q.dtype)  # [*, R, 1, 1, N]
        if pair_bias is not None:
            bias = bias + pair_bias.unsqueeze(-4)  # [*, R, heads, N, N]
        bias = bias.expand(*leading, self.heads, n, n).reshape(-1, n, n)  # [* R heads, N, N]
        o = attend(q, k, v, bias)  # [* R heads, N, width]

        o = o.view(-1, self.heads, n, self.width).transpose(1, 2).reshape(-1, inner)  # [* R N, heads width]
        o = o * torch.sigmoid(gate + self.gating_b.view(-1))
        update = torch.addmm(self.output_b, o, self.output_w.view(inner, c_in))  # [* R N, c_in]
        return update.view(*leading, n, c_in)

    def _input_weights(self) -> Tensor:
        """The four projections side by side, so that one product computes them; queries scaled here."""
        query_w = self.query_w * self.width**-0.5
        return torch.cat([query_w, self.key_w, self.value_w, self.gating_w], dim=1).flatten(1)  # [c_in, 4 heads width]


def attend(q: Tensor, k: Tensor, v: Tensor, bias: Tensor) -> Tensor:
    """softmax(q k^T + bias) v for a batch of heads: ``[B, N, width]``, bias ``[B, N, N]``."""
    logits = torch.baddbmm(bias, q, k.transpose(1, 2))  # [B, N, N]
    return torch.bmm(torch.softmax(logits, dim=-1).to(v.dtype), v)  # [B, N, width]
