"""From backbone frames and torsion angles to the coordinates of all heavy atoms."""

from typing import Tuple

import torch
from torch import Tensor

from anfinsen.geometry.rigid import Rigid, rotate
from anfinsen.geometry.rotation_about_x import rotation_about_x
from anfinsen.residue_constants import ResidueTables, residue_tables

_CHI1 = 4  # Rigid groups: 0 backbone, 1 pre-omega, 2 phi, 3 psi, 4..7 chi1..4.


def all_atom_coordinates(backbone: Rigid, angles: Tensor, aatype: Tensor) -> Tuple[Rigid, Tensor]:
    """Suppl. Alg. 24.

    :param backbone: frames ``[*, N_res]``, translations in Angstrom
    :param angles: (sin, cos) of pre-omega, phi, psi, chi1..4, unit length, ``[*, N_res, 7, 2]``
    :param aatype: 0..19 in AlphaFold's order of residues, 20 for an unknown one, ``[*, N_res]``
    :return: frames of the 8 rigid groups ``[*, N_res, 8]`` and atom14 positions ``[*, N_res, 14, 3]`` in Angstrom.
        Absent atoms are 0. An unknown residue has no atoms, and zero rotations in its 8 frames.
    """
    tables = residue_tables(angles.device)
    groups = _frames_in_residue(tables, angles, aatype)  # [*, N_res, 8]
    backbone = Rigid(backbone.rotations.unsqueeze(-3), backbone.translations.unsqueeze(-2))  # [*, N_res, 1]
    frames = backbone.compose(groups)
    return frames, _place_atoms(tables, frames, aatype)


def _frames_in_residue(tables: ResidueTables, angles: Tensor, aatype: Tensor) -> Rigid:
    """Lines 1 to 10: default frame of each group, turned by its torsion; chi2..4 hang on the chi before."""
    rotations = tables.default_rotations[aatype]  # [*, N_res, 8, 3, 3]
    translations = tables.default_translations[aatype]  # [*, N_res, 8, 3]
    turns = rotation_about_x(angles)  # [*, N_res, 7, 3, 3]
    turned = torch.matmul(rotations[..., 1:, :, :], turns)
    groups = [Rigid(rotations[..., 0, :, :], translations[..., 0, :])]
    for group in range(1, 8):
        frame = Rigid(turned[..., group - 1, :, :], translations[..., group, :])
        groups.append(frame if group <= _CHI1 else groups[-1].compose(frame))
    return Rigid(
        torch.stack([group.rotations for group in groups], dim=-3),  # [*, N_res, 8, 3, 3]
        torch.stack([group.translations for group in groups], dim=-2),  # [*, N_res, 8, 3]
    )


def _place_atoms(tables: ResidueTables, frames: Rigid, aatype: Tensor) -> Tensor:
    """Line 11: literature positions, each in the frame of its group."""
    group = tables.atom14_group[aatype]  # [*, N_res, 14]
    rotations = frames.rotations.flatten(-2)  # [*, N_res, 8, 9]
    group = group.expand(*rotations.shape[:-2], -1).unsqueeze(-1)
    rotations = rotations.gather(-2, group.expand(*group.shape[:-1], 9)).unflatten(-1, (3, 3))  # [*, N_res, 14, 3, 3]
    translations = frames.translations.gather(-2, group.expand(*group.shape[:-1], 3))  # [*, N_res, 14, 3]
    positions = rotate(rotations, tables.atom14_positions[aatype]) + translations
    return positions * tables.atom14_mask[aatype].unsqueeze(-1)
