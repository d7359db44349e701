"""Invariant point attention."""

import math
from typing import NamedTuple, Tuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from anfinsen.geometry.rigid import Rigid, rotate_all
from anfinsen.network.linear import Linear, affine

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

    def prepare(self, z: Tensor, mask: Tensor) -> "Prepared":
        """What does not change from one iteration to the next: ``z [*, N_res, N_res, c_z], mask [*, N_res]``."""
        layers = (self.q_scalar, self.kv_scalar, self.q_point_local, self.kv_point_local)
        bias = self.attention_2d(z).movedim(-1, -3) * math.sqrt(1 / 3)  # [*, heads, N_res, N_res]
        square_mask = mask.unsqueeze(-1) * mask.unsqueeze(-2)  # [*, N_res, N_res]
        gamma = functional.softplus(self.trainable_point_weights).unsqueeze(-1)  # [heads, 1]
        return Prepared(
            z=z,
            bias=bias,
            mask_bias=(1e5 * (square_mask - 1.0)).unsqueeze(-3),
            weights=torch.cat([layer.weights for layer in layers], dim=1),
            weights_bias=torch.cat([layer.bias for layer in layers]),
            gamma=gamma * (math.sqrt(2 / (27 * self.query_points)) / 2),
        )

    def forward(self, s: Tensor, frames: Rigid, prepared: "Prepared") -> Tensor:
        """``s [*, N_res, c_s]``, frames ``[*, N_res]`` -> update of s."""
        heads, c, points = self.heads, self.c, self.query_points
        sizes = (heads * c, heads * 2 * c, heads * 3 * points, heads * 3 * (points + self.value_points))
        projections = affine(s, prepared.weights, prepared.weights_bias)  # [*, N_res, sum of sizes], lines 1 to 3
        q, kv, q_points, kv_points = projections.split(sizes, dim=-1)
        k, v = kv.unflatten(-1, (heads, 2 * c)).split(c, dim=-1)  # [*, N_res, heads, c]
        q_points = self._global_points(q_points, frames)  # [*, N_res, heads, 3, query_points]
        k_points, v_points = self._global_points(kv_points, frames).split([points, self.value_points], dim=-1)

        left, right = self._logit_factors(q.unflatten(-1, (heads, c)), k, q_points, k_points, prepared.gamma)
        logits = torch.matmul(left, right) + prepared.bias  # [*, heads, N_res, N_res]
        a = torch.softmax(logits + prepared.mask_bias, dim=-1)
        values = torch.cat([v, v_points.flatten(-2)], dim=-1).transpose(-2, -3)
        o = torch.matmul(a, values)  # [*, heads, N_res, c + 3 value_points]
        o, o_points = o.transpose(-2, -3).split([c, 3 * self.value_points], dim=-1)
        o_pair = torch.matmul(a.transpose(-2, -3), prepared.z)  # [*, N_res, heads, c_z]

        o_points = self._local_points(o_points, frames)  # [*, N_res, 3, heads value_points]
        norms = torch.sqrt((o_points * o_points).sum(-2) + 1e-8)  # [*, N_res, heads value_points]
        features = torch.cat([o.flatten(-2), o_points.flatten(-2), norms, o_pair.flatten(-2)], dim=-1)
        return self.output_projection(features)  # [*, N_res, c_s]

    def _global_points(self, local: Tensor, frames: Rigid) -> Tensor:
        """Blocks x, y, z of (heads, points) each, in local frames -> global, ``[*, N_res, heads, 3, points]``."""
        local = local.unflatten(-1, (3, -1))  # [*, N_res, 3, heads points]
        points = rotate_all(frames.rotations, local) + frames.translations.unsqueeze(-1)
        return points.unflatten(-1, (self.heads, -1)).transpose(-2, -3)  # [*, N_res, heads, 3, points]

    def _local_points(self, points: Tensor, frames: Rigid) -> Tensor:
        """``[*, N_res, heads, 3 value_points]`` -> local, ``[*, N_res, 3, heads value_points]``."""
        points = points.unflatten(-1, (3, -1)).transpose(-2, -3).flatten(-2)  # [*, N_res, 3, heads value_points]
        return rotate_all(frames.rotations.transpose(-1, -2), points - frames.translations.unsqueeze(-1))

    def _logit_factors(
        self, q: Tensor, k: Tensor, q_points: Tensor, k_points: Tensor, gamma: Tensor
    ) -> Tuple[Tensor, Tensor]:
        """Factors ``[*, heads, N_res, c']`` and ``[*, heads, c', N_res]`` whose product is line 7 without the biases.

        The squared distances are written |q|^2 - 2 q k + |k|^2.
        """
        q_points, k_points = q_points.flatten(-2), k_points.flatten(-2)  # [*, N_res, heads, 3 query_points]
        q_norms = (q_points * q_points).sum(-1, keepdim=True)  # [*, N_res, heads, 1]
        k_norms = (k_points * k_points).sum(-1, keepdim=True)
        minus_gamma, ones = (-gamma).expand_as(k_norms), torch.ones_like(k_norms)
        q = q * math.sqrt(1 / (3 * self.c))
        left = torch.cat([q, 2 * gamma * q_points, -gamma * q_norms, minus_gamma], dim=-1)
        right = torch.cat([k, k_points, ones, k_norms], dim=-1)  # [*, N_res, heads, c + 3 query_points + 2]
        return left.transpose(-2, -3), right.movedim(-3, -1)


class Prepared(NamedTuple):
    """Input of all iterations."""

    z: Tensor  # [*, N_res, N_res, c_z]
    bias: Tensor  # of the pair representation, [*, heads, N_res, N_res]
    mask_bias: Tensor  # [*, 1, N_res, N_res]
    weights: Tensor  # of all projections of s, side by side
    weights_bias: Tensor
    gamma: Tensor  # weight of a squared distance, [heads, 1]
