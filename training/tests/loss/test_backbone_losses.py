"""Our own backbone losses: torsions of the frames, and the differentiable lDDT."""

import math

import torch

from anfinsen.geometry.rigid import Rigid
from anfinsen.geometry.rigid_from_three_points import rigid_from_three_points
from anfinsen.loss.backbone_torsion_loss import CARBON, NITROGEN, backbone_torsion_loss, frame_torsions
from anfinsen.loss.ground_truth import dihedral_sin_cos
from anfinsen.loss.plddt_loss import lddt_ca
from anfinsen.loss.smooth_lddt_loss import smooth_lddt_loss


def chain(n_res, seed=0):
    """A walk of backbones with the frames' own N, C-alpha and C: N, CA, C [n_res, 3] each, and their frames."""
    generator = torch.Generator().manual_seed(seed)
    ca = torch.cumsum(2.2 * torch.randn(n_res, 3, generator=generator), 0)
    points = torch.randn(n_res, 3, 3, generator=generator)
    frames = rigid_from_three_points(points[:, 0], points[:, 1], points[:, 2])
    frames = Rigid(frames.rotations, ca)
    return frames.apply(torch.tensor(NITROGEN).expand(n_res, 3)), ca, frames.apply(torch.tensor(CARBON).expand(n_res, 3)), frames


def test_torsions_of_frames_are_those_of_their_atoms():
    n, ca, c, frames = chain(6)
    torsions = frame_torsions(frames)
    for i in range(1, 5):
        torch.testing.assert_close(torsions[i, 0], dihedral_sin_cos(ca[i - 1], c[i - 1], n[i], ca[i]))
        torch.testing.assert_close(torsions[i, 1], dihedral_sin_cos(c[i - 1], n[i], ca[i], c[i]))
        torch.testing.assert_close(torsions[i, 2], dihedral_sin_cos(n[i], ca[i], c[i], n[i + 1]))


def test_backbone_torsion_loss_is_zero_for_the_truth_and_four_for_the_opposite():
    _, _, _, frames = chain(7)
    target, mask = frame_torsions(frames), torch.ones(7, 3)
    mask[0, :2] = mask[-1, 2] = 0.0
    rotations, translations = frames.rotations[None], frames.translations[None]
    assert backbone_torsion_loss(rotations, translations, target, mask) < 1e-9
    torch.testing.assert_close(backbone_torsion_loss(rotations, translations, -target, mask), torch.tensor(4.0))
    mask[2] = 0.0  # No peptide bond between 1 and 2: neither's torsion over it is known.
    target[2], target[1, 2] = -target[2], -target[1, 2]
    assert backbone_torsion_loss(rotations, translations, target, mask) < 1e-9


def test_smooth_lddt_falls_as_lddt_rises_and_has_a_gradient():
    _, target, _, _ = chain(20)
    mask = torch.ones(20)
    losses, scores = [], []
    for noise in (4.0, 1.0, 0.0):
        moved = target + noise * torch.randn(20, 3, generator=torch.Generator().manual_seed(3))
        losses.append(float(smooth_lddt_loss(moved[None], target, mask)))
        scores.append(float(lddt_ca(moved, target, mask).mean()))
    assert losses == sorted(losses, reverse=True) and scores == sorted(scores)
    perfect = 1.0 - sum(1.0 / (1.0 + math.exp(-threshold)) for threshold in (0.5, 1.0, 2.0, 4.0)) / 4
    assert abs(losses[-1] - perfect) < 1e-2
    moved = (target + 1.0).mul(1.1).requires_grad_()
    smooth_lddt_loss(moved[None], target, mask).backward()
    assert moved.grad.abs().max() > 0 and moved.grad.isfinite().all()
