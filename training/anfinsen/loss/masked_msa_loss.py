"""Masked MSA loss: supplement sec. 1.9.9."""

from torch import Tensor
from torch.nn import functional

from anfinsen.loss.masked_mean import masked_mean


def masked_msa_loss(logits: Tensor, true_msa: Tensor, bert_mask: Tensor) -> Tensor:
    """Cross-entropy of the residues that were hidden or replaced.

    Args:
        logits: [*, N_seq, N_res, 23].
        true_msa: integer [*, N_seq, N_res] (20 amino acids, unknown, gap).
        bert_mask: [*, N_seq, N_res], 1 where the input was altered.
    Returns:
        [*] in nats.
    """
    error = functional.cross_entropy(logits.flatten(0, -2), true_msa.long().flatten(), reduction="none")
    return masked_mean(error.view(true_msa.shape), bert_mask, 2)
