"""Invariant point attention."""

import math

import torch
from torch import Tensor, nn
from torch.nn import functional

from anfinsen.geometry.rigid import Rigid
from anfinsen.network.linear import Linear

# softplus of it is 1.
_SOFTPLUS_INVERSE_OF_ONE = math.log(math.e - 1.0)


class InvariantPointAttention(nn.Module):
    """Suppl. Alg. 22. A rigid motion of all frames leaves the output unchanged.

    Lengths are in the units of the frames that are passed (the structure module's are 10 Angstrom).
    """

    def __init__(self, c_s: int, c_z: int, heads: int, c: int, query_points: int, value_points: int):
        super().__init__()
        self.heads, self.c, self.query_points, self.value_points = heads, c, query_points, value_points
        self.q_scalar = Linear(c_s, heads * c)
        self.kv_scalar = Linear(c_s, heads * 2 * c)
        self.q_point_local = Linear(c_s, heads * 3 * query_points)
        self.kv_point_local = Linear(c_s, heads * 3 * (query_points + value_points))
        self.trainable_point_weights = nn.Parameter(torch.full((heads,), _SOFTPLUS_INVERSE_OF_ONE))
        self.attention_2d = Linear(c_z, heads)
        self.output_projection = Linear(heads * (c + 4 * value_points + c_z), c_s, init="final")

    def pair_bias(self, z: Tensor) -> Tensor:
        """``z [*, N_res, N_res, c_z]`` -> ``[*, heads, N_res, N_res]``; the same in all iterations with the same z."""
        bias = self.attention_2d(z).movedim(-1, -3)  # [*, heads, N_res, N_res]
        return (bias * math.sqrt(1 / 3)).contiguous()

    def forward(self, s: Tensor, z: Tensor, pair_bias: Tensor, frames: Rigid, mask: Tensor) -> Tensor:
        """``s [*, N_res, c_s], z [*, N_res, N_res, c_z]``, frames and mask ``[*, N_res]`` -> update of s."""
        heads, c, points = self.heads, self.c, self.query_points
        q, kv, q_points, kv_points = self._projections(s)
        q = q.unflatten(-1, (heads, c))  # [*, N_res, heads, c]
        k, v = kv.unflatten(-1, (heads, 2 * c)).split(c, dim=-1)  # [*, N_res, heads, c]
        q_points = self._global_points(q_points, frames)  # [*, N_res, heads, 3 query_points]
        kv_points = self._global_points(kv_points, frames).unflatten(-1, (3, -1))
        k_points, v_points = kv_points.split([points, self.value_points], dim=-1)
        k_points, v_points = k_points.flatten(-2), v_points.flatten(-2)  # [*, N_res, heads, 3 points]

        a = self._attention(q, k, q_points, k_points, pair_bias, mask)  # [*, heads, N_res, N_res]
        values = torch.cat([v, v_points], dim=-1).transpose(-2, -3)  # [*, heads, N_res, c + 3 value_points]
        o = torch.matmul(a, values).transpose(-2, -3)  # [*, N_res, heads, c + 3 value_points]
        o, o_points = o.split([c, 3 * self.value_points], dim=-1)
        o_pair = torch.matmul(a.transpose(-2, -3), z)  # [*, N_res, heads, c_z]

        o_points = self._local_points(o_points, frames)  # [*, N_res, 3, heads value_points]
        norms = torch.sqrt((o_points * o_points).sum(-2) + 1e-8)  # [*, N_res, heads value_points]
        features = torch.cat([o.flatten(-2), o_points.flatten(-2), norms, o_pair.flatten(-2)], dim=-1)
        return self.output_projection(features)  # [*, N_res, c_s]

    def _projections(self, s: Tensor):
        """Lines 1 to 3 as one product."""
        layers = (self.q_scalar, self.kv_scalar, self.q_point_local, self.kv_point_local)
        weights = torch.cat([layer.weights for layer in layers], dim=1)
        bias = torch.cat([layer.bias for layer in layers])
        return (torch.matmul(s, weights) + bias).split([len(layer.bias) for layer in layers], dim=-1)

    def _global_points(self, local: Tensor, frames: Rigid) -> Tensor:
        """Blocks x, y, z of (heads, points) each, in local frames -> global, ``[*, N_res, heads, 3 points]``."""
        local = local.unflatten(-1, (3, -1))  # [*, N_res, 3, heads points]
        points = torch.matmul(frames.rotations, local) + frames.translations.unsqueeze(-1)
        return points.unflatten(-1, (self.heads, -1)).transpose(-2, -3).flatten(-2)  # [*, N_res, heads, 3 points]

    def _local_points(self, points: Tensor, frames: Rigid) -> Tensor:
        """``[*, N_res, heads, 3 value_points]`` -> local, ``[*, N_res, 3, heads value_points]``."""
        points = points.unflatten(-1, (3, -1)).transpose(-2, -3).flatten(-2)  # [*, N_res, 3, heads value_points]
        return torch.matmul(frames.rotations.transpose(-1, -2), points - frames.translations.unsqueeze(-1))

    def _attention(
        self, q: Tensor, k: Tensor, q_points: Tensor, k_points: Tensor, pair_bias: Tensor, mask: Tensor
    ) -> Tensor:
        """Line 7. The squared distances are written |q|^2 - 2 q k + |k|^2, so that one product gives all logits."""
        gamma = functional.softplus(self.trainable_point_weights).unsqueeze(-1)  # [heads, 1]
        gamma = gamma * (math.sqrt(2 / (27 * self.query_points)) / 2)
        q_norms = (q_points * q_points).sum(-1, keepdim=True)  # [*, N_res, heads, 1]
        k_norms = (k_points * k_points).sum(-1, keepdim=True)
        left = torch.cat(
            [q * math.sqrt(1 / (3 * self.c)), 2 * gamma * q_points, -gamma * q_norms, (-gamma).expand_as(q_norms)], -1
        )  # [*, N_res, heads, c + 3 query_points + 2]
        right = torch.cat([k, k_points, torch.ones_like(k_norms), k_norms], dim=-1)
        logits = torch.matmul(left.transpose(-2, -3), right.movedim(-3, -1))  # [*, heads, N_res, N_res]
        square_mask = mask.unsqueeze(-1) * mask.unsqueeze(-2)  # [*, N_res, N_res]
        logits = logits + pair_bias + (1e5 * (square_mask - 1.0)).unsqueeze(-3)
        return torch.softmax(logits, dim=-1)
