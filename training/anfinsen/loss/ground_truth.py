"""What the structure losses compare with, computed from the labels: frames, torsions, both namings of the atoms."""

from dataclasses import dataclass

import torch
from torch import Tensor
from torch.nn import functional

from anfinsen.geometry.rigid import Rigid
from anfinsen.geometry.rigid_from_three_points import rigid_from_three_points
from anfinsen.loss.residue_tables import loss_tables

N, CA, C, O = 0, 1, 2, 3  # places in atom14
CHI1 = 3  # place among the seven torsions, after pre-omega, phi and psi


@dataclass
class GroundTruth:
    """Targets of one batch. Masks are 1 where a thing is known; a chain of C-alphas alone has only `atom14_mask`."""

    atom14: Tensor  # [*, N_res, 14, 3] in Å
    atom14_mask: Tensor  # [*, N_res, 14]
    alternative_atom14: Tensor  # [*, N_res, 14, 3], the interchangeable atoms swapped
    alternative_atom14_mask: Tensor  # [*, N_res, 14]
    ambiguous: Tensor  # [*, N_res, 14], 1 for interchangeable atoms
    backbone: Rigid  # [*, N_res]
    backbone_mask: Tensor  # [*, N_res]
    torsions: Tensor  # [*, N_res, 7, 2] (sin, cos)
    alternative_torsions: Tensor  # [*, N_res, 7, 2]
    torsion_mask: Tensor  # [*, N_res, 7]
    has_side_chains: Tensor  # [*], 1 for a chain of which more than backbone and C-beta are known


def dihedral_sin_cos(a: Tensor, b: Tensor, c: Tensor, d: Tensor) -> Tensor:
    """Torsion about b-c of four points [*, 3], IUPAC sign: [*, 2] as (sin, cos)."""
    b1, b2, b3 = b - a, c - b, d - c
    n1 = torch.cross(b1, b2, dim=-1)
    n2 = torch.cross(b2, b3, dim=-1)
    sin = (b1 * n2).sum(-1) * b2.square().sum(-1).clamp(min=1e-12).sqrt()
    cos = (n1 * n2).sum(-1)
    return _unit(torch.stack((sin, cos), -1))


@torch.no_grad()
def ground_truth(aatype: Tensor, residue_index: Tensor, atom14: Tensor, atom14_mask: Tensor) -> GroundTruth:
    """Targets from the labels.

    Args:
        aatype: integer [*, N_res], 20 is unknown.
        residue_index: [*, N_res]; torsions across a jump in it are unknown.
        atom14: [*, N_res, 14, 3] in Å; atom14_mask: [*, N_res, 14].
    """
    tables = loss_tables(atom14.device)
    aatype = aatype.long()
    swap = tables.swap[aatype]  # [*, N_res, 14]
    torsions, torsion_mask = _torsions(aatype, residue_index, atom14, atom14_mask)
    sign = torch.ones_like(torsions)
    sign[..., CHI1:, :] = 1.0 - 2.0 * tables.chi_pi_periodic[aatype].unsqueeze(-1)
    backbone_mask = atom14_mask[..., [N, CA, C]].prod(-1)
    return GroundTruth(
        atom14=atom14,
        atom14_mask=atom14_mask,
        alternative_atom14=torch.gather(atom14, -2, swap.unsqueeze(-1).expand_as(atom14)),
        alternative_atom14_mask=torch.gather(atom14_mask, -1, swap),
        ambiguous=(swap != torch.arange(14, device=swap.device)).float(),
        backbone=rigid_from_three_points(atom14[..., N, :], atom14[..., CA, :], atom14[..., C, :]),
        backbone_mask=backbone_mask,
        torsions=torsions,
        alternative_torsions=torsions * sign,
        torsion_mask=torsion_mask,
        has_side_chains=(atom14_mask[..., 5:].sum((-1, -2)) > 0).float(),
    )


def rigid_group_frames(aatype: Tensor, atom14: Tensor, atom14_mask: Tensor) -> tuple[Rigid, Tensor]:
    """Rigid of the eight rigid groups from atom positions, and which are known: [*, N_res, 8].

    The frame of a torsion's group has its origin at the torsion's third atom, the x axis along the bond turned about,
    and the fourth atom in the xy plane. Pre-omega and phi turn no heavy atom, so their groups are never known.
    """
    base = loss_tables(atom14.device).rigid_group_atoms[aatype.long()]  # [*, N_res, 8, 3]
    index = base.clamp(min=0).flatten(-2, -1)  # [*, N_res, 24]
    points = torch.gather(atom14, -2, index.unsqueeze(-1).expand(*index.shape, 3)).unflatten(-2, (8, 3))
    known = torch.gather(atom14_mask, -1, index).unflatten(-1, (8, 3)).prod(-1) * (base >= 0).all(-1)
    before, origin, plane = points.unbind(-2)  # [*, N_res, 8, 3] each
    # The first atom lies behind the origin, except in the backbone group, where C lies ahead of C-alpha.
    ahead = 2.0 * origin - before
    ahead[..., 0, :] = before[..., 0, :]
    return rigid_from_three_points(plane, origin, ahead), known


def _torsions(aatype: Tensor, residue_index: Tensor, atom14: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
    """The seven torsions (sin, cos) [*, N_res, 7, 2] and which are known [*, N_res, 7]."""
    n, ca, c, o = (atom14[..., atom, :] for atom in (N, CA, C, O))
    has_n, has_ca, has_c, has_o = (mask[..., atom] for atom in (N, CA, C, O))
    has_backbone = has_n * has_ca * has_c
    joined = ((residue_index[..., 1:] - residue_index[..., :-1]) == 1).to(mask.dtype)
    follows = functional.pad(joined, (1, 0))  # 1 where the residue before in the array is so in the chain too
    leads = functional.pad(joined, (0, 1))
    ca_before, c_before, n_after = torch.roll(ca, 1, -2), torch.roll(c, 1, -2), torch.roll(n, -1, -2)
    has_ca_before, has_c_before = torch.roll(has_ca, 1, -1) * follows, torch.roll(has_c, 1, -1) * follows
    has_n_after = torch.roll(has_n, -1, -1) * leads

    pre_omega = dihedral_sin_cos(ca_before, c_before, n, ca)
    phi = dihedral_sin_cos(c_before, n, ca, c)
    # Psi is that of the next nitrogen, which lies opposite the oxygen: the definition of the psi group's frame.
    # Departs from the supplement: without an oxygen the nitrogen itself is taken, so that backbones of N, CA and C
    # teach psi too.
    psi = torch.where(has_o.bool().unsqueeze(-1), -dihedral_sin_cos(n, ca, c, o), dihedral_sin_cos(n, ca, c, n_after))

    tables = loss_tables(atom14.device)
    atoms = tables.chi_atoms[aatype]  # [*, N_res, 4, 4]
    index = atoms.clamp(min=0).flatten(-2, -1)
    points = torch.gather(atom14, -2, index.unsqueeze(-1).expand(*index.shape, 3)).unflatten(-2, (4, 4))
    chi = dihedral_sin_cos(*points.unbind(-2))  # [*, N_res, 4, 2]
    chi_known = torch.gather(mask, -1, index).unflatten(-1, (4, 4)).prod(-1) * (atoms >= 0).all(-1)

    backbone_known = torch.stack(
        (
            has_ca_before * has_c_before * has_n * has_ca,
            has_c_before * has_backbone,
            has_backbone * torch.maximum(has_o, has_n_after),
        ),
        -1,
    )
    torsions = torch.cat((torch.stack((pre_omega, phi, psi), -2), chi), -2)
    return torsions, torch.cat((backbone_known, chi_known), -1)


def _unit(v: Tensor) -> Tensor:
    return v / v.square().sum(-1, keepdim=True).clamp(min=1e-12).sqrt()
