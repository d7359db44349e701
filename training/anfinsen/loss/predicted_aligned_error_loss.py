"""Loss of the predicted aligned error: supplement sec. 1.9.7."""

import torch
from torch import Tensor
from torch.nn import functional

from anfinsen.geometry.rigid import Rigid
from anfinsen.loss.frame_aligned_point_error import local_distances
from anfinsen.loss.masked_mean import masked_mean

N_BINS = 64
LAST_BREAK_ANGSTROM = 31.0


@torch.no_grad()
def aligned_error(frames: Rigid, target_frames: Rigid) -> Tensor:
    """Error of C-alpha j in the backbone frame of i, in Å: [*, N_res, N_res]."""
    return local_distances(
        frames, frames.translations, target_frames, target_frames.translations, epsilon=0.0
    )


def predicted_aligned_error_loss(logits: Tensor, frames: Rigid, target_frames: Rigid, mask: Tensor) -> Tensor:
    """Cross-entropy of the binned aligned error; no gradient flows to the coordinates.

    Args:
        logits: [*, N_res, N_res, 64], first index the frame, second the residue.
        frames, target_frames: backbone [*, N_res]; mask: [*, N_res].
    Returns:
        [*] in nats.
    """
    breaks = torch.linspace(0.0, LAST_BREAK_ANGSTROM, N_BINS - 1, device=logits.device)
    target = torch.bucketize(aligned_error(frames, target_frames), breaks)
    error = functional.cross_entropy(logits.flatten(0, -2), target.flatten(), reduction="none").view(target.shape)
    return masked_mean(error, mask.unsqueeze(-1) * mask.unsqueeze(-2), 2)
