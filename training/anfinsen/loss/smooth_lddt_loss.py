"""A differentiable lDDT: Abramson et al. 2024 (AlphaFold 3), Suppl. Alg. 27."""

import torch
from torch import Tensor

from anfinsen.loss.masked_mean import masked_mean
from anfinsen.loss.plddt_loss import CUTOFF_ANGSTROM, THRESHOLDS_ANGSTROM

EPSILON_SQUARED_ANGSTROM = 1e-4


def smooth_lddt_loss(translations: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    """1 - the lDDT of C-alphas, each tolerance a sigmoid instead of a step.

    Args:
        translations: C-alpha [iterations, *, N_res, 3] in Å.
        target: [*, N_res, 3]; mask: [*, N_res].
    Returns:
        [*], averaged over iterations.
    """
    true_distance = _distances(target)
    other = 1.0 - torch.eye(target.shape[-2], device=target.device)
    scored = (true_distance < CUTOFF_ANGSTROM) * mask.unsqueeze(-1) * mask.unsqueeze(-2) * other
    deviation = (_distances(translations) - true_distance).abs()
    kept = sum(torch.sigmoid(threshold - deviation) for threshold in THRESHOLDS_ANGSTROM) / len(THRESHOLDS_ANGSTROM)
    return masked_mean(1.0 - kept, scored, 2).mean(0)


def _distances(points: Tensor) -> Tensor:
    difference = points.unsqueeze(-2) - points.unsqueeze(-3)
    return torch.sqrt(difference.square().sum(-1) + EPSILON_SQUARED_ANGSTROM)
