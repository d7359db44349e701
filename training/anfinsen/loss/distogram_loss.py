"""Distogram loss: supplement sec. 1.9.8."""

import torch
from torch import Tensor
from torch.nn import functional

from anfinsen.loss.masked_mean import masked_mean

N_BINS = 64
FIRST_BREAK_ANGSTROM = 2.3125
LAST_BREAK_ANGSTROM = 21.6875


def distance_breaks(device: torch.device | None = None) -> Tensor:
    """The 63 edges between the 64 bins, in Å; the last bin holds everything beyond."""
    return torch.linspace(FIRST_BREAK_ANGSTROM, LAST_BREAK_ANGSTROM, N_BINS - 1, device=device)


def distogram_bins(pseudo_beta: Tensor) -> Tensor:
    """Bin of every pair of C-beta (C-alpha of glycine) positions: [*, N_res, 3] -> integer [*, N_res, N_res]."""
    difference = pseudo_beta.unsqueeze(-2) - pseudo_beta.unsqueeze(-3)
    squared = difference.square().sum(-1)
    return torch.bucketize(squared, distance_breaks(pseudo_beta.device).square())


def distogram_loss(logits: Tensor, pseudo_beta: Tensor, mask: Tensor) -> Tensor:
    """Cross-entropy over all pairs of residues whose pseudo-beta position is known.

    Args:
        logits: [*, N_res, N_res, 64], symmetric.
        pseudo_beta: [*, N_res, 3] in Å; mask: [*, N_res].
    Returns:
        [*] in nats.
    """
    bins = distogram_bins(pseudo_beta)
    error = functional.cross_entropy(logits.flatten(0, -2), bins.flatten(), reduction="none").view(bins.shape)
    return masked_mean(error, mask.unsqueeze(-1) * mask.unsqueeze(-2), 2)
