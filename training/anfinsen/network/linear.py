"""The linear layer, with the paper's initialisations."""

import math

import torch
from torch import Tensor, nn

# Standard deviation of a unit normal truncated at two standard deviations.
_TRUNCATED_STD = 0.87962566103423978


def truncated_normal_(weights: Tensor, fan_in: int, scale: float = 1.0) -> Tensor:
    """Variance scaling by the number of inputs: scale 1 is LeCun's, scale 2 is He's."""
    std = math.sqrt(scale / max(1, fan_in)) / _TRUNCATED_STD
    return nn.init.trunc_normal_(weights, std=std, a=-2 * std, b=2 * std)


def glorot_(weights: Tensor, fan_in: int, fan_out: int) -> Tensor:
    """Glorot's uniform initialisation, for the projections to queries, keys and values."""
    limit = math.sqrt(6.0 / (fan_in + fan_out))
    return nn.init.uniform_(weights, -limit, limit)


class Linear(nn.Module):
    """y = x W + b, W stored ``[c_in, c_out]`` as published. Initialisation: Suppl. 1.11.4.

    ``init`` is ``default`` (LeCun), ``relu`` (He), ``gating`` (weights 0, bias 1) or ``final`` (all 0).
    """

    def __init__(self, c_in: int, c_out: int, init: str = "default"):
        super().__init__()
        self.weights = nn.Parameter(torch.zeros(c_in, c_out))
        self.bias = nn.Parameter(torch.zeros(c_out))
        if init in ("default", "relu"):
            truncated_normal_(self.weights.data, c_in, 2.0 if init == "relu" else 1.0)
        elif init == "gating":
            nn.init.ones_(self.bias)
        elif init != "final":
            raise ValueError(f"unknown initialisation {init}")

    def forward(self, x: Tensor) -> Tensor:
        return affine(x, self.weights, self.bias)


def affine(x: Tensor, weights: Tensor, bias: Tensor) -> Tensor:
    """x W + b over the last axis as one matrix product: ``[*, c_in] -> [*, c_out]``."""
    y = torch.addmm(bias, x.reshape(-1, x.shape[-1]), weights)  # [positions, c_out]
    return y.view(*x.shape[:-1], weights.shape[-1])


def channels_first(x: Tensor, weights: Tensor, bias: Tensor = None) -> Tensor:
    """x W + b with the channels in front: ``[*, N, M, c_in] -> [*, c_out, N, M]``.

    The matrix product writes the transposed order itself, which saves a copy of the result.
    """
    n, m, c_in = x.shape[-3:]
    x = x.reshape(*x.shape[:-3], n * m, c_in).transpose(-1, -2)  # [*, c_in, N M]
    if bias is None:
        y = torch.matmul(weights.t(), x)  # [*, c_out, N M]
    elif x.dim() == 2:
        y = torch.addmm(bias.unsqueeze(-1), weights.t(), x)  # [c_out, N M]
    else:
        y = torch.matmul(weights.t(), x) + bias.unsqueeze(-1)  # [*, c_out, N M]
    return y.view(*y.shape[:-1], n, m)
