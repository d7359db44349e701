"""Experimentally resolved loss: supplement sec. 1.9.10."""

from torch import Tensor
from torch.nn import functional

from anfinsen.loss.masked_mean import masked_mean


def experimentally_resolved_loss(logits: Tensor, resolved: Tensor, exists: Tensor) -> Tensor:
    """Binary cross-entropy of whether each atom that the residue has was seen in the experiment.

    Args:
        logits: [*, N_res, 37].
        resolved: [*, N_res, 37], 1 where the structure has the atom.
        exists: [*, N_res, 37], 1 where the residue type has the atom; all 0 for a chain of which the data set keeps
            only some atoms, since their absence says nothing about the experiment.
    Returns:
        [*] in nats.
    """
    error = functional.binary_cross_entropy_with_logits(logits, resolved, reduction="none")
    return masked_mean(error, exists, 2)
