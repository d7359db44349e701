"""Frame aligned point error: Suppl. Alg. 28, and its two uses, on the backbone and on all atoms."""

import torch
from torch import Tensor

from anfinsen.geometry.rigid import Rigid
from anfinsen.loss.masked_mean import masked_mean

EPSILON_SQUARED_ANGSTROM = 1e-4
LENGTH_SCALE_ANGSTROM = 10.0
CLAMP_ANGSTROM = 10.0


def local_coordinates(frames: Rigid, positions: Tensor) -> Tensor:
    """Every point as every frame sees it: [*, N_frames, 3], [*, N_points, 3] -> [*, N_frames, 3 (x, y, z), N_points]."""
    inverse = frames.rotations.transpose(-1, -2)  # [*, N_frames, 3, 3]
    origin = torch.matmul(inverse, frames.translations.unsqueeze(-1))  # [*, N_frames, 3, 1]
    rotated = torch.matmul(inverse.flatten(-3, -2), positions.transpose(-1, -2))  # [*, N_frames * 3, N_points]
    return rotated.unflatten(-2, (-1, 3)) - origin


def local_distances(
    frames: Rigid, positions: Tensor, target_frames: Rigid, target_positions: Tensor, epsilon: float
) -> Tensor:
    """How far each point is from its target as each frame sees it, in Å: [*, N_frames, N_points]."""
    difference = local_coordinates(frames, positions) - local_coordinates(target_frames, target_positions)
    return torch.sqrt(difference.square().sum(-2) + epsilon)


def frame_aligned_point_error(
    frames: Rigid,
    positions: Tensor,
    target_frames: Rigid,
    target_positions: Tensor,
    frame_mask: Tensor,
    position_mask: Tensor,
    clamp: Tensor,
) -> Tensor:
    """Alg. 28: the mean distance over frames and points, clamped, in units of 10 Å.

    Args:
        positions, target_positions: [*, N_points, 3] in Å.
        frame_mask: [*, N_frames].
        position_mask: [*, N_points].
        clamp: [*] the largest distance that counts, in Å; infinity for none.
    Returns:
        [*], zero where no frame or no point is known.
    """
    distances = local_distances(frames, positions, target_frames, target_positions, EPSILON_SQUARED_ANGSTROM)
    distances = torch.minimum(distances, clamp[..., None, None])
    per_frame = torch.matmul(distances, position_mask.unsqueeze(-1)).squeeze(-1)  # [*, N_frames]
    count = frame_mask.sum(-1) * position_mask.sum(-1)
    return (per_frame * frame_mask).sum(-1) / count.clamp(min=1.0) / LENGTH_SCALE_ANGSTROM


def backbone_fape(
    rotations: Tensor, translations: Tensor, target: Rigid, mask: Tensor, clamp: Tensor, neighbours: Tensor
) -> tuple[Tensor, Tensor]:
    """Alg. 20, line 17: backbone frames against C-alpha positions, averaged over the structure module's iterations.

    Departs from the supplement: the same error over pairs of neighbours alone comes out too. While the fold is still
    uncertain its minimum is an average of folds, too short everywhere; the neighbours' error keeps helices and strands.

    Args:
        rotations, translations: [iterations, *, N_res, 3, 3] and [iterations, *, N_res, 3].
        target: frames [*, N_res]; mask: [*, N_res]; clamp: [*].
        neighbours: [*, N_res, N_res], 1 for pairs that are near in sequence.
    Returns:
        The error over all pairs and over neighbours, [*] each.
    """
    predicted = Rigid(rotations, translations)
    distances = local_distances(predicted, translations, target, target.translations, EPSILON_SQUARED_ANGSTROM)
    pairs = mask.unsqueeze(-1) * mask.unsqueeze(-2)
    whole = masked_mean(torch.minimum(distances, clamp[..., None, None]), pairs, 2)
    local = masked_mean(distances.clamp(max=CLAMP_ANGSTROM), pairs * neighbours, 2)
    return whole.mean(0) / LENGTH_SCALE_ANGSTROM, local.mean(0) / LENGTH_SCALE_ANGSTROM


def all_atom_fape(
    frames: Rigid, atom14: Tensor, target: Rigid, target_atom14: Tensor, frame_mask: Tensor, atom_mask: Tensor
) -> Tensor:
    """Alg. 20, line 28: every rigid group against every atom of the final structure, always clamped.

    Args:
        frames, target: [*, N_res, 8] rigid groups; frame_mask: [*, N_res, 8].
        atom14, target_atom14: [*, N_res, 14, 3]; atom_mask: [*, N_res, 14].
    """
    clamp = torch.full(atom14.shape[:-3], CLAMP_ANGSTROM, dtype=atom14.dtype, device=atom14.device)
    # Most places in the tables of 8 groups and 14 atoms are empty: the ones empty in every sample are left out.
    frames, target = _flat(frames), _flat(target)
    frame_mask, atom_mask = frame_mask.flatten(-2, -1), atom_mask.flatten(-2, -1)
    known_frames, known_atoms = _known_anywhere(frame_mask), _known_anywhere(atom_mask)
    return frame_aligned_point_error(
        _select(frames, known_frames),
        atom14.flatten(-3, -2)[..., known_atoms, :],
        _select(target, known_frames),
        target_atom14.flatten(-3, -2)[..., known_atoms, :],
        frame_mask[..., known_frames],
        atom_mask[..., known_atoms],
        clamp,
    )


def _flat(frames: Rigid) -> Rigid:
    """Frames [*, N_res, 8] -> [*, N_res * 8]."""
    return Rigid(frames.rotations.flatten(-4, -3), frames.translations.flatten(-3, -2))


def _select(frames: Rigid, index: Tensor) -> Rigid:
    return Rigid(frames.rotations[..., index, :, :], frames.translations[..., index, :])


def _known_anywhere(mask: Tensor) -> Tensor:
    """Indices along the last axis at which some sample has a 1."""
    return mask.reshape(-1, mask.shape[-1]).amax(0).nonzero().squeeze(-1)
