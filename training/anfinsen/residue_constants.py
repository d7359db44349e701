"""Atoms, rigid groups and torsions of the residues, read from the tables that the Java side uses.

Residues are in AlphaFold's order, 0..19, and 20 is an unknown residue, which has no atoms. atom14 lists the
heavy atoms of each residue, atom37 gives each atom name the same place in all residues. Lengths in Angstrom.
"""

from dataclasses import dataclass, fields
from functools import lru_cache
from pathlib import Path
from typing import Dict, List

import numpy as np
import torch
from torch import Tensor

_TABLES = Path(__file__).resolve().parents[2] / "structure/src/main/resources/org/anfinsen/structure/constants"
_GROUPS, _ATOMS = 8, 14
_FIRST_CHI_GROUP = 4  # Rigid groups: 0 backbone, 1 pre-omega, 2 phi, 3 psi, 4..7 chi1..4.


def _rows(table: str) -> List[List[str]]:
    lines = (_TABLES / table).read_text(encoding="utf-8").splitlines()
    lines = [line for line in lines if line and not line.startswith("#")]
    return [line.split("\t") for line in lines[1:]]


def _atoms_by_residue() -> Dict[str, Dict[str, int]]:
    """Residue -> atom -> atom14 index, both in the order of the table."""
    atoms: Dict[str, Dict[str, int]] = {}
    for residue, atom, *_ in _rows("rigid-group-atoms.tsv"):
        of_residue = atoms.setdefault(residue, {})
        of_residue[atom] = len(of_residue)
    return atoms


ATOM37: List[str] = [atom for _, atom in _rows("atom37.tsv")]
ATOM14_INDEX: Dict[str, Dict[str, int]] = _atoms_by_residue()
RESIDUES: List[str] = list(ATOM14_INDEX)
UNKNOWN = len(RESIDUES)


def _atom14_tables():
    group = np.zeros((UNKNOWN + 1, _ATOMS), dtype=np.int64)
    positions = np.zeros((UNKNOWN + 1, _ATOMS, 3), dtype=np.float64)
    mask = np.zeros((UNKNOWN + 1, _ATOMS), dtype=np.float32)
    to_atom37 = np.zeros((UNKNOWN + 1, _ATOMS), dtype=np.int64)
    for residue, atom, atom_group, *xyz in _rows("rigid-group-atoms.tsv"):
        at = RESIDUES.index(residue), ATOM14_INDEX[residue][atom]
        group[at] = int(atom_group)
        positions[at] = [float(x) for x in xyz]
        mask[at] = 1.0
        to_atom37[at] = ATOM37.index(atom)
    return group, positions, mask, to_atom37


def _chi_tables():
    atoms = np.zeros((UNKNOWN + 1, 4, 4), dtype=np.int64)
    mask = np.zeros((UNKNOWN + 1, 4), dtype=np.float32)
    pi_periodic = np.zeros((UNKNOWN + 1, 4), dtype=np.float32)
    for residue, chi, *names, periodic in _rows("chi-angles.tsv"):
        at = RESIDUES.index(residue), int(chi) - 1
        atoms[at] = [ATOM14_INDEX[residue][name] for name in names]
        mask[at] = 1.0
        pi_periodic[at] = float(periodic)
    return atoms, mask, pi_periodic


ATOM14_GROUP, _POSITIONS, ATOM14_MASK, ATOM14_TO_ATOM37 = _atom14_tables()  # [21, 14], positions [21, 14, 3]
ATOM14_POSITIONS = _POSITIONS.astype(np.float32)  # in the frame of the atom's group
CHI_ATOM14, CHI_MASK, CHI_PI_PERIODIC = _chi_tables()  # [21, 4, 4] atom14 indices, [21, 4], [21, 4]


def _atom37_tables():
    mask = np.zeros((UNKNOWN + 1, len(ATOM37)), dtype=np.float32)
    to_atom14 = np.zeros((UNKNOWN + 1, len(ATOM37)), dtype=np.int64)
    for residue, atom14 in zip(*np.nonzero(ATOM14_MASK)):
        atom37 = ATOM14_TO_ATOM37[residue, atom14]
        mask[residue, atom37] = 1.0
        to_atom14[residue, atom37] = atom14
    return mask, to_atom14


ATOM37_MASK, ATOM37_TO_ATOM14 = _atom37_tables()  # [21, 37]


def _frame(x_axis: np.ndarray, xy_plane: np.ndarray, origin: np.ndarray) -> np.ndarray:
    """4 x 4: first axis along x_axis, second in the plane of both."""
    ex = x_axis / np.linalg.norm(x_axis)
    ey = xy_plane - ex * np.dot(xy_plane, ex)
    ey /= np.linalg.norm(ey)
    frame = np.eye(4)
    frame[:3] = np.stack([ex, ey, np.cross(ex, ey), origin], axis=1)
    return frame


def _default_frames() -> np.ndarray:
    """Suppl. 1.8.4: each group's frame in its parent's, all torsions 0. Absent groups are 0: ``[21, 8, 4, 4]``."""
    frames = np.zeros((UNKNOWN + 1, _GROUPS, 4, 4))
    for residue, atoms in enumerate(ATOM14_INDEX.values()):
        at = {name: _POSITIONS[residue, index] for name, index in atoms.items()}
        frames[residue, 0] = frames[residue, 1] = np.eye(4)
        frames[residue, 2] = _frame(at["N"] - at["CA"], np.array([1.0, 0.0, 0.0]), at["N"])
        frames[residue, 3] = _frame(at["C"] - at["CA"], at["CA"] - at["N"], at["C"])
        for chi in np.nonzero(CHI_MASK[residue])[0]:
            first, second, third = _POSITIONS[residue, CHI_ATOM14[residue, chi, :3]]
            if chi == 0:
                frame = _frame(third - second, first - second, third)
            else:  # The axis starts at the origin of the chi before.
                frame = _frame(third, np.array([-1.0, 0.0, 0.0]), third)
            frames[residue, _FIRST_CHI_GROUP + chi] = frame
    return frames.astype(np.float32)


def _swap_table() -> np.ndarray:
    """atom14 index of the atom that takes this one's place when a pi-periodic chi turns by pi: ``[21, 14]``.

    These are the atoms of that chi's group whose names end in 1 and 2: OD, OE, CD and CE of ASP, GLU, PHE, TYR.
    """
    swap = np.tile(np.arange(_ATOMS), (UNKNOWN + 1, 1))
    for residue, chi in zip(*np.nonzero(CHI_PI_PERIODIC)):
        atoms = ATOM14_INDEX[RESIDUES[residue]]
        for name, index in atoms.items():
            other = atoms.get(name[:-1] + {"1": "2", "2": "1"}.get(name[-1], "none"))
            if other is not None and ATOM14_GROUP[residue, index] == _FIRST_CHI_GROUP + chi:
                swap[residue, index] = other
    return swap


DEFAULT_FRAMES = _default_frames()
ATOM14_SWAP = _swap_table()


@dataclass(frozen=True)
class ResidueTables:
    """The tables by residue type as tensors of one device."""

    default_rotations: Tensor  # [21, 8, 3, 3]
    default_translations: Tensor  # [21, 8, 3]
    atom14_group: Tensor  # [21, 14]
    atom14_positions: Tensor  # [21, 14, 3]
    atom14_mask: Tensor  # [21, 14]


_CPU_TABLES = ResidueTables(
    default_rotations=torch.from_numpy(DEFAULT_FRAMES[..., :3, :3].copy()),
    default_translations=torch.from_numpy(DEFAULT_FRAMES[..., :3, 3].copy()),
    atom14_group=torch.from_numpy(ATOM14_GROUP),
    atom14_positions=torch.from_numpy(ATOM14_POSITIONS),
    atom14_mask=torch.from_numpy(ATOM14_MASK),
)


@lru_cache(maxsize=None)
def residue_tables(device: torch.device) -> ResidueTables:
    return ResidueTables(**{field.name: getattr(_CPU_TABLES, field.name).to(device) for field in fields(_CPU_TABLES)})
