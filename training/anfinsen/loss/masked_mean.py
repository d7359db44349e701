"""A mean over what is there."""

import torch
from torch import Tensor


def masked_mean(values: Tensor, mask: Tensor, n_dims: int) -> Tensor:
    """Mean of `values` over its last `n_dims` axes where `mask` is 1; zero where nothing is.

    Both have the same shape, or shapes that broadcast: [*, ...] -> [*].
    """
    axes = tuple(range(-n_dims, 0))
    mask = mask.expand_as(values)
    return (values * mask).sum(axes) / mask.sum(axes).clamp(min=1e-6)
