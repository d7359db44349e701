"""The gated attention that rows, columns and triangles share."""

from typing import Optional

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable

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
        rows, inner = leading[-1], self.heads * self.width
        bias = torch.cat([self.gating_b.new_zeros(3 * inner), self.gating_b.view(-1)])
        projections = torch.addmm(bias, x.reshape(-1, c_in), self._input_weights())  # [* R N, 4 heads width]
        qkv, gate = projections.split([3 * inner, inner], dim=-1)
        qkv = qkv.view(-1, rows, n, 3, self.heads, self.width)  # [*, R, N, 3, heads, width], one leading axis
        qkv = qkv.permute(3, 0, 1, 4, 2, 5).contiguous()  # [3, *, R, heads, N, width]
        if pair_bias is not None:
            pair_bias = pair_bias.reshape(-1, self.heads, n, n)  # [*, heads, N, N]
        # A transposed mask would pass its strides on to the logits.
        key_bias = (MASKED * (mask.contiguous() - 1.0)).to(qkv.dtype).view(-1, rows, n)  # [*, R, N]
        o = attend(qkv, key_bias, pair_bias)  # [* R heads, N, width]

        o = o.view(-1, self.heads, n, self.width).transpose(1, 2).reshape(-1, inner)  # [* R N, heads width]
        o = o * torch.sigmoid(gate)
        update = torch.addmm(self.output_b, o, self.output_w.view(inner, c_in))  # [* R N, c_in]
        return update.view(*leading, n, c_in)

    def _input_weights(self) -> Tensor:
        """The four projections side by side, so that one product computes them; queries scaled here."""
        query_w = self.query_w * self.width**-0.5
        return torch.cat([query_w, self.key_w, self.value_w, self.gating_w], dim=1).flatten(1)  # [c_in, 4 heads width]


def attend(qkv: Tensor, key_bias: Tensor, pair_bias: Optional[Tensor]) -> Tensor:
    """softmax(q k^T + biases) v in each row and head.

    ``qkv [3, B, R, heads, N, width]`` contiguous, ``key_bias [B, R, N]``, ``pair_bias [B, heads, N, N]``
    -> ``[B R heads, N, width]``. On the CPU with a backward pass of its own, which allocates half as much.
    """
    if qkv.is_cpu and qkv.dtype == torch.float32:
        return _Attend.apply(qkv, key_bias, pair_bias)
    return attend_plainly(qkv, key_bias, pair_bias)


def attend_plainly(qkv: Tensor, key_bias: Tensor, pair_bias: Optional[Tensor]) -> Tensor:
    """The same as :func:`attend` with PyTorch's own gradients."""
    q, k, v = qkv.flatten(1, 3).unbind(0)  # [B R heads, N, width]
    logits = torch.baddbmm(_biases(qkv, key_bias, pair_bias), q, k.transpose(1, 2))  # [B R heads, N, N]
    return torch.bmm(torch.softmax(logits, dim=-1).to(v.dtype), v)


def _biases(qkv: Tensor, key_bias: Tensor, pair_bias: Optional[Tensor]) -> Tensor:
    """Both biases added up and written out, so that the product of q and k can be added in place."""
    _, _, _, heads, n, _ = qkv.shape
    bias = key_bias[:, :, None, None, :]  # [B, R, 1, 1, N]
    if pair_bias is None:
        bias = bias.expand(-1, -1, heads, n, -1)
    else:
        bias = bias + pair_bias.unsqueeze(1)  # [B, R, heads, N, N]
    return bias.reshape(-1, n, n)  # [B R heads, N, N]


class _Attend(torch.autograd.Function):
    """Keeps only the attention weights, and writes the gradients of q, k and v into one tensor."""

    @staticmethod
    def forward(ctx, qkv: Tensor, key_bias: Tensor, pair_bias: Optional[Tensor]) -> Tensor:
        q, k, v = qkv.flatten(1, 3).unbind(0)  # [B R heads, N, width]
        logits = _biases(qkv, key_bias, pair_bias).baddbmm_(q, k.transpose(1, 2))  # [B R heads, N, N]
        weights = torch.softmax(logits, dim=-1)
        o = torch.bmm(weights, v)  # [B R heads, N, width]
        ctx.save_for_backward(qkv, weights, o)
        ctx.has_pair_bias = pair_bias is not None
        return o

    @staticmethod
    @once_differentiable
    def backward(ctx, d_o: Tensor):
        qkv, weights, o = ctx.saved_tensors
        q, k, v = qkv.flatten(1, 3).unbind(0)
        d_qkv = torch.empty_like(qkv)
        d_q, d_k, d_v = d_qkv.flatten(1, 3).unbind(0)
        d_o = d_o.contiguous()
        torch.bmm(weights.transpose(1, 2), d_o, out=d_v)
        # Softmax: d_logits = weights (d_weights - mean), where the weighted mean of d_weights is d_o o.
        mean = (d_o * o).sum(-1, keepdim=True).expand_as(weights)  # [B R heads, N, N]
        d_logits = torch.baddbmm(mean, d_o, v.transpose(1, 2), beta=-1).mul_(weights)
        torch.bmm(d_logits, k, out=d_q)
        torch.bmm(d_logits.transpose(1, 2), q, out=d_k)
        d_pair_bias = None
        if ctx.has_pair_bias:
            d_pair_bias = d_logits.view(*qkv.shape[1:5], -1).sum(1)  # [B, heads, N, N]
        return d_qkv, None, d_pair_bias
