"""Torsion angle loss: Suppl. Alg. 27."""

import torch
from torch import Tensor

from anfinsen.loss.masked_mean import masked_mean

NORM_WEIGHT = 0.02


def torsion_angle_loss(
    angles: Tensor, unnormalized_angles: Tensor, target: Tensor, alternative_target: Tensor, mask: Tensor
) -> Tensor:
    """Squared distance on the unit circle to the nearer of two equivalent targets, plus 0.02 times | |v| - 1 |.

    Args:
        angles, unnormalized_angles: [iterations, *, N_res, 7, 2] as (sin, cos), the first of unit length.
        target, alternative_target: [*, N_res, 7, 2]; they differ by pi where a symmetric group has two names.
        mask: [*, N_res, 7], which angles are known.
    Returns:
        [*], averaged over iterations.
    """
    error = (angles - target).square().sum(-1)  # [iterations, *, N_res, 7]
    alternative_error = (angles - alternative_target).square().sum(-1)
    nearer = masked_mean(torch.minimum(error, alternative_error), mask, 2)
    norm = torch.sqrt(unnormalized_angles.square().sum(-1) + 1e-12)
    # Only where an angle is known: otherwise a chain without torsions would still be pulled by its norm.
    off_circle = masked_mean((norm - 1.0).abs(), mask, 2)
    return (nearer + NORM_WEIGHT * off_circle).mean(0)
