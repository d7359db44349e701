"""Loss of the torsions that the backbone frames make: our own, beside the supplement's losses."""

import torch
from torch import Tensor

from anfinsen.geometry.rigid import Rigid
from anfinsen.loss.ground_truth import dihedral_sin_cos
from anfinsen.loss.masked_mean import masked_mean

# In the frame of a residue's backbone, in Å; C-alpha is its origin. Residue types differ by a hundredth.
NITROGEN = (-0.525, 1.361, 0.0)
CARBON = (1.525, 0.0, 0.0)


def frame_torsions(frames: Rigid) -> Tensor:
    """Pre-omega, phi and psi of backbone frames [*, N_res]: (sin, cos) [*, N_res, 3, 2].

    The first residue's pre-omega and phi and the last one's psi are taken around the ends and mean nothing.
    """
    ca = frames.translations
    n = frames.apply(ca.new_tensor(NITROGEN).expand_as(ca))
    c = frames.apply(ca.new_tensor(CARBON).expand_as(ca))
    ca_before, c_before, n_after = torch.roll(ca, 1, -2), torch.roll(c, 1, -2), torch.roll(n, -1, -2)
    return torch.stack(
        (
            dihedral_sin_cos(ca_before, c_before, n, ca),
            dihedral_sin_cos(c_before, n, ca, c),
            dihedral_sin_cos(n, ca, c, n_after),
        ),
        -2,
    )


def backbone_torsion_loss(rotations: Tensor, translations: Tensor, target: Tensor, mask: Tensor) -> Tensor:
    """Squared distance on the unit circle of the frames' own torsions.

    Departs from the supplement, whose torsion loss teaches the angle network alone: nothing there asks two neighbouring
    frames for the turn of a strand as long as their distances are about right.

    Args:
        rotations: [iterations, *, N_res, 3, 3]; translations: [iterations, *, N_res, 3] in Å.
        target: (sin, cos) [*, N_res, 3, 2] of pre-omega, phi and psi; mask: [*, N_res, 3]. Frames have no oxygen that
            would give a psi without a next residue, so that one does not count.
    Returns:
        [*], averaged over iterations.
    """
    error = (frame_torsions(Rigid(rotations, translations)) - target).square().sum(-1)
    has_next = torch.roll(mask[..., 0], -1, -1)
    mask = torch.stack((mask[..., 0], mask[..., 1], mask[..., 2] * has_next), -1)
    return masked_mean(error, mask, 2).mean(0)
