"""Layer normalisation under the published parameter names."""

import torch
from torch import Tensor, nn
from torch.nn import functional


class LayerNorm(nn.Module):
    """Normalises the last axis: biased variance, epsilon 1e-5. In the precision of its parameters, also in autocast."""

    def __init__(self, channels: int):
        super().__init__()
        self.scale = nn.Parameter(torch.ones(channels))
        self.offset = nn.Parameter(torch.zeros(channels))

    def forward(self, x: Tensor) -> Tensor:
        x = x.to(self.scale.dtype)
        return functional.layer_norm(x, self.scale.shape, self.scale, self.offset, eps=1e-5)
