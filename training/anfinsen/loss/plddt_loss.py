"""Loss of the confidence per residue (pLDDT): Suppl. Alg. 29 and sec. 1.9.6."""

import torch
from torch import Tensor
from torch.nn import functional

from anfinsen.loss.masked_mean import masked_mean

N_BINS = 50
CUTOFF_ANGSTROM = 15.0
THRESHOLDS_ANGSTROM = (0.5, 1.0, 2.0, 4.0)


@torch.no_grad()
def lddt_ca(positions: Tensor, target_positions: Tensor, mask: Tensor) -> Tensor:
    """lDDT of each C-alpha, 0 to 1: the kept share of its true distances below 15 Å, over four tolerances.

    Args:
        positions, target_positions: [*, N_res, 3] in Å; mask: [*, N_res].
    Returns:
        [*, N_res]; 0 where a residue is masked or has no partner.
    """
    true_distance = (target_positions.unsqueeze(-2) - target_positions.unsqueeze(-3)).square().sum(-1).sqrt()
    distance = (positions.unsqueeze(-2) - positions.unsqueeze(-3)).square().sum(-1).sqrt()
    n_res = positions.shape[-2]
    other = 1.0 - torch.eye(n_res, device=positions.device)
    scored = (true_distance < CUTOFF_ANGSTROM) * mask.unsqueeze(-1) * mask.unsqueeze(-2) * other
    deviation = (distance - true_distance).abs()
    kept = sum((deviation < threshold).float() for threshold in THRESHOLDS_ANGSTROM) / len(THRESHOLDS_ANGSTROM)
    return (scored * kept).sum(-1) / scored.sum(-1).clamp(min=1.0)


def plddt_loss(logits: Tensor, positions: Tensor, target_positions: Tensor, mask: Tensor) -> Tensor:
    """Cross-entropy of the binned lDDT-CA of the final structure; no gradient flows to the coordinates.

    Args:
        logits: [*, N_res, 50].
        positions, target_positions: C-alpha [*, N_res, 3] in Å; mask: [*, N_res].
    Returns:
        [*] in nats.
    """
    target = (lddt_ca(positions, target_positions, mask) * N_BINS).long().clamp(max=N_BINS - 1)
    error = functional.cross_entropy(logits.flatten(0, -2), target.flatten(), reduction="none").view(target.shape)
    return masked_mean(error, mask, 1)
