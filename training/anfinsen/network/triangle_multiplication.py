"""Triangular multiplicative update."""

import torch
from torch import Tensor, nn

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
        bias = torch.cat([layer.bias for layer in layers])  # [4 c]
        projection, gate = channels_first(z, weights, bias).split(2 * self.c, dim=-3)  # [*, 2 c, N_res, N_res]
        edges = projection * torch.sigmoid(gate) * pair_mask.unsqueeze(-3)
        left, right = edges.split(self.c, dim=-3)  # [*, c, N_res, N_res]
        if self.outgoing:
            x = torch.matmul(left, right.transpose(-1, -2))  # [*, c, i, j] = sum_k left[i, k] right[j, k]
        else:
            x = torch.matmul(right.transpose(-1, -2), left)  # [*, c, i, j] = sum_k right[k, i] left[k, j]
        x = x.movedim(-3, -1).contiguous()  # [*, N_res, N_res, c]
        update = self.output_projection(self.center_layer_norm(x))  # [*, N_res, N_res, c_z]
        return update * torch.sigmoid(self.gating_linear(z))
