"""Renaming of interchangeable atoms: Suppl. Alg. 26."""

import torch
from torch import Tensor

from anfinsen.loss.ground_truth import GroundTruth


@torch.no_grad()
def symmetric_ground_truth(predicted_atom14: Tensor, truth: GroundTruth) -> tuple[Tensor, Tensor]:
    """The true atoms under the naming that fits the prediction better, residue by residue.

    OD1/OD2 of Asp, OE1/OE2 of Glu, CD1/CD2 and CE1/CE2 of Phe and Tyr are named by convention only. Per residue the
    distances of such atoms to all atoms that have but one name are compared under both namings.

    Args:
        predicted_atom14: [*, N_res, 14, 3] in Å.
    Returns:
        Positions [*, N_res, 14, 3] and mask [*, N_res, 14].
    """
    shape = truth.ambiguous.shape
    ambiguous = truth.ambiguous * truth.atom14_mask
    # Only places that hold such an atom, or a reference, in some sample: a twentieth of the table of all pairs.
    asked, reference = _occupied(ambiguous), _occupied(truth.atom14_mask * (1.0 - truth.ambiguous))
    reference_mask = (truth.atom14_mask * (1.0 - truth.ambiguous)).flatten(-2, -1)[..., reference]
    true_reference = truth.atom14.flatten(-3, -2)[..., reference, :]
    predicted = predicted_atom14.flatten(-3, -2)
    distance = torch.cdist(predicted[..., asked, :], predicted[..., reference, :])  # [*, asked, reference]

    def misfit(atom14: Tensor, mask: Tensor) -> Tensor:
        true_distance = torch.cdist(atom14.flatten(-3, -2)[..., asked, :], true_reference)
        error = torch.matmul((distance - true_distance).abs(), reference_mask.unsqueeze(-1)).squeeze(-1)
        per_atom = torch.zeros_like(mask).flatten(-2, -1)
        per_atom[..., asked] = error
        return (per_atom.view(shape) * truth.ambiguous * mask).sum(-1)  # [*, N_res]

    as_named = misfit(truth.atom14, truth.atom14_mask)
    swapped = misfit(truth.alternative_atom14, truth.alternative_atom14_mask)
    better = (swapped < as_named).unsqueeze(-1)
    return (
        torch.where(better.unsqueeze(-1), truth.alternative_atom14, truth.atom14),
        torch.where(better, truth.alternative_atom14_mask, truth.atom14_mask),
    )


def _occupied(mask: Tensor) -> Tensor:
    """Places among N_res * 14 at which some sample has a 1."""
    return mask.flatten(-2, -1).reshape(-1, mask.shape[-2] * mask.shape[-1]).amax(0).nonzero().squeeze(-1)
