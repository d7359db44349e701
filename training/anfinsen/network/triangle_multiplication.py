"""Triangular multiplicative update."""

import torch
from torch import Tensor, nn
from torch.autograd.function import once_differentiable
from torch.nn import functional

from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear, channels_first


class TriangleMultiplication(nn.Module):
    """Suppl. Alg. 11 (outgoing edges) and 12 (incoming edges): edge ij is updated from all edge pairs through k."""

    def __init__(self, c_z: int, c: int, outgoing: bool):
        super().__init__()
        self.c, self.outgoing = c, outgoing
        self.layer_norm_input = LayerNorm(c_z)
        self.left_projection = Linear(c_z, c)
        self.right_projection = Linear(c_z, c)
        self.left_gate = Linear(c_z, c, init="gating")
        self.right_gate = Linear(c_z, c, init="gating")
        self.center_layer_norm = LayerNorm(c)
        self.output_projection = Linear(c, c_z, init="final")
        self.gating_linear = Linear(c_z, c_z, init="gating")

    def forward(self, z: Tensor, pair_mask: Tensor) -> Tensor:
        """``z [*, N_res, N_res, c_z], pair_mask [*, N_res, N_res]`` -> update of z."""
        z = self.layer_norm_input(z)
        layers = (self.left_projection, self.right_projection, self.left_gate, self.right_gate)
        weights = torch.cat([layer.weights for layer in layers], dim=1)  # [c_z, 4 c]
        bias = torch.cat([layer.bias for layer in layers])
        # Gated linear unit: the first half of the channels times the sigmoid of the second.
        edges = functional.glu(channels_first(z, weights, bias), dim=-3)  # [*, 2 c, N_res, N_res]
        x = triangle_product(edges * pair_mask.unsqueeze(-3).to(edges.dtype), self.outgoing)  # [*, c, N_res, N_res]
        x = x.movedim(-3, -1).contiguous()  # [*, N_res, N_res, c]
        update = self.output_projection(self.center_layer_norm(x))  # [*, N_res, N_res, c_z]
        return update * torch.sigmoid(self.gating_linear(z))


def triangle_product(edges: Tensor, outgoing: bool) -> Tensor:
    """Line 4 of Alg. 11 and 12: ``edges [*, 2 c, N, N]``, left channels first -> ``[*, c, N, N]``."""
    if edges.is_cpu and edges.dtype == torch.float32:
        return _TriangleProduct.apply(edges, outgoing)
    return triangle_product_plainly(edges, outgoing)


def triangle_product_plainly(edges: Tensor, outgoing: bool) -> Tensor:
    """The same as :func:`triangle_product` with PyTorch's own gradients."""
    left, right = edges.chunk(2, dim=-3)  # [*, c, N, N]
    if outgoing:
        return torch.matmul(left, right.transpose(-1, -2))  # [*, c, i, j] = sum_k left[i, k] right[j, k]
    return torch.matmul(right.transpose(-1, -2), left)  # [*, c, i, j] = sum_k right[k, i] left[k, j]


class _TriangleProduct(torch.autograd.Function):
    """Writes both gradients into one tensor instead of joining them afterwards."""

    @staticmethod
    def forward(ctx, edges: Tensor, outgoing: bool) -> Tensor:
        ctx.save_for_backward(edges)
        ctx.outgoing = outgoing
        return triangle_product_plainly(edges, outgoing)

    @staticmethod
    @once_differentiable
    def backward(ctx, d_x: Tensor):
        (edges,) = ctx.saved_tensors
        left, right = edges.chunk(2, dim=-3)
        d_edges = torch.empty_like(edges)
        d_left, d_right = d_edges.chunk(2, dim=-3)
        if ctx.outgoing:
            torch.matmul(d_x, right, out=d_left)
            torch.matmul(d_x.transpose(-1, -2), left, out=d_right)
        else:
            torch.matmul(right, d_x, out=d_left)
            torch.matmul(left, d_x.transpose(-1, -2), out=d_right)
        return d_edges, None
