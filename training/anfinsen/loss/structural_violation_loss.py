"""Structural violation loss: supplement sec. 1.9.11.

Departs from the supplement: no term for distances inside a residue, since bond lengths and angles are ideal there by
construction (`AllAtomCoordinates`) and only torsions could bring its atoms together.
"""

from dataclasses import dataclass

import torch
from torch import Tensor

from anfinsen.loss.ground_truth import CA, C, N
from anfinsen.loss.masked_mean import masked_mean
from anfinsen.loss.residue_tables import CYSTEINE, CYSTEINE_SULPHUR, PROLINE, loss_tables

# Peptide bond geometry of Engh and Huber (International Tables for Crystallography F, 2001, chapter 18.3).
BOND_LENGTH_ANGSTROM = (1.329, 0.014)  # C-N: mean, standard deviation
BOND_LENGTH_PROLINE_ANGSTROM = (1.341, 0.016)
COS_CA_C_N = (-0.4473, 0.0311)  # 116.6 degrees, deviation 2.0
COS_C_N_CA = (-0.5203, 0.0353)  # 121.4 degrees, deviation 2.3
TOLERANCE_STANDARD_DEVIATIONS = 12.0
CLASH_TOLERANCE_ANGSTROM = 1.5


@dataclass
class Violations:
    """The three parts, [*] each: Å beyond the tolerance per bond, cosine beyond it per angle, Å of overlap per atom."""

    bond: Tensor
    angle: Tensor
    clash: Tensor

    def total(self) -> Tensor:
        return self.bond + self.angle + self.clash


def structural_violation_loss(
    atom14: Tensor, atom14_exists: Tensor, aatype: Tensor, residue_index: Tensor, mask: Tensor
) -> Violations:
    """How far peptide bonds and contacts of a predicted structure are outside what occurs.

    Args:
        atom14: [*, N_res, 14, 3] in Å, predicted; atom14_exists: [*, N_res, 14], by residue type.
        aatype, residue_index: [*, N_res]; mask: [*, N_res].
    """
    joined = ((residue_index[..., 1:] - residue_index[..., :-1]) == 1) * mask[..., 1:] * mask[..., :-1]
    bond, angle = _peptide_bonds(atom14, aatype, joined)
    clash = _clashes(atom14, atom14_exists * mask.unsqueeze(-1), aatype, residue_index)
    return Violations(bond, angle, clash)


def _peptide_bonds(atom14: Tensor, aatype: Tensor, joined: Tensor) -> tuple[Tensor, Tensor]:
    ca, c = atom14[..., :-1, CA, :], atom14[..., :-1, C, :]
    next_n, next_ca = atom14[..., 1:, N, :], atom14[..., 1:, CA, :]
    length = _norm(next_n - c)  # [*, N_res - 1]
    before_proline = aatype[..., 1:] == PROLINE
    ideal, deviation = (
        torch.where(before_proline, length.new_tensor(proline), length.new_tensor(other))
        for proline, other in zip(BOND_LENGTH_PROLINE_ANGSTROM, BOND_LENGTH_ANGSTROM)
    )
    bond = masked_mean(_beyond(length, ideal, deviation), joined, 1)
    c_to_ca = (ca - c) / _norm(ca - c, True)
    c_to_n = (next_n - c) / length.unsqueeze(-1)
    n_to_ca = (next_ca - next_n) / _norm(next_ca - next_n, True)
    cos_ca_c_n = (c_to_ca * c_to_n).sum(-1)
    cos_c_n_ca = -(c_to_n * n_to_ca).sum(-1)
    angle = masked_mean(_beyond(cos_ca_c_n, *COS_CA_C_N), joined, 1) + masked_mean(
        _beyond(cos_c_n_ca, *COS_C_N_CA), joined, 1
    )
    return bond, angle


def _clashes(atom14: Tensor, exists: Tensor, aatype: Tensor, residue_index: Tensor) -> Tensor:
    """Overlap of atoms of different residues beyond 1.5 Å, summed per sample and divided by its atoms."""
    radius = (loss_tables(atom14.device).radius_angstrom[aatype.long()] * exists).flatten(-2, -1)
    present = exists.flatten(-2, -1).bool()
    points = atom14.flatten(-3, -2)  # [*, N_res * 14, 3]
    residue = torch.repeat_interleave(residue_index, 14, -1)
    slot = torch.arange(14, device=atom14.device).repeat(atom14.shape[-3])
    with torch.no_grad():  # Few pairs overlap: find them first and differentiate only those.
        apart = residue.unsqueeze(-2) - residue.unsqueeze(-1)  # [*, N_atoms, N_atoms], counted once: apart > 0
        peptide = (apart == 1) & (slot == C).unsqueeze(-1) & (slot == N)
        limit = radius.unsqueeze(-1) + radius.unsqueeze(-2) - CLASH_TOLERANCE_ANGSTROM
        near = (torch.cdist(points, points) < limit) & (apart > 0) & ~peptide
        near &= present.unsqueeze(-1) & present.unsqueeze(-2) & ~_disulphide(aatype, slot)
        index = near.nonzero(as_tuple=True)
    left, right = index[:-1], index[:-2] + index[-1:]
    overlap = radius[left] + radius[right] - CLASH_TOLERANCE_ANGSTROM - _norm(points[left] - points[right])
    overlap = overlap.clamp(min=0.0)
    n_atoms = present.sum(-1).clamp(min=1)
    total = torch.zeros(n_atoms.shape, dtype=overlap.dtype, device=overlap.device)
    if index[:-2]:
        total = total.index_put(index[:-2], overlap, accumulate=True)
    else:
        total = overlap.sum()
    return total / n_atoms


def _disulphide(aatype: Tensor, slot: Tensor) -> Tensor:
    """Pairs of sulphurs of two cysteines, which may bond: [*, N_atoms, N_atoms]."""
    sulphur = (torch.repeat_interleave(aatype, 14, -1) == CYSTEINE) & (
        slot == CYSTEINE_SULPHUR
    )
    return sulphur.unsqueeze(-1) & sulphur.unsqueeze(-2)


def _beyond(value: Tensor, ideal: Tensor | float, deviation: Tensor | float) -> Tensor:
    return ((value - ideal).abs() - TOLERANCE_STANDARD_DEVIATIONS * deviation).clamp(min=0.0)


def _norm(v: Tensor, keepdim: bool = False) -> Tensor:
    return torch.sqrt(v.square().sum(-1, keepdim=keepdim) + 1e-6)
