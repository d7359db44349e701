"""What the losses look up by residue type, as tensors on one device."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor

from anfinsen import residue_constants as constants

PROLINE = constants.RESIDUES.index("PRO")
CYSTEINE = constants.RESIDUES.index("CYS")
CYSTEINE_SULPHUR = constants.ATOM14_INDEX["CYS"]["SG"]
# Van der Waals radii: Bondi 1964.
RADIUS_ANGSTROM = {"C": 1.7, "N": 1.55, "O": 1.52, "S": 1.8}
NONE = -1


@dataclass(frozen=True)
class LossTables:
    """First axis: residue type, 0 to 20. An absent atom of a definition is -1."""

    chi_atoms: Tensor  # [21, 4, 4] places in atom14
    chi_pi_periodic: Tensor  # [21, 4]
    rigid_group_atoms: Tensor  # [21, 8, 3] places in atom14: before, at and beside the frame's origin
    swap: Tensor  # [21, 14] place of the atom with which each is interchangeable, itself for most
    atom14_exists: Tensor  # [21, 14]
    atom37_exists: Tensor  # [21, 37]
    atom37_to_atom14: Tensor  # [21, 37]
    radius_angstrom: Tensor  # [21, 14]


@lru_cache(maxsize=None)
def loss_tables(device: torch.device) -> LossTables:
    chi_atoms = np.where(constants.CHI_MASK[..., None] > 0, constants.CHI_ATOM14, NONE)
    arrays = {
        "chi_atoms": chi_atoms,
        "chi_pi_periodic": constants.CHI_PI_PERIODIC,
        "rigid_group_atoms": _rigid_group_atoms(chi_atoms),
        "swap": constants.ATOM14_SWAP,
        "atom14_exists": constants.ATOM14_MASK,
        "atom37_exists": constants.ATOM37_MASK,
        "atom37_to_atom14": constants.ATOM37_TO_ATOM14,
        "radius_angstrom": _radii(),
    }
    return LossTables(**{name: torch.from_numpy(array).to(device) for name, array in arrays.items()})


def _rigid_group_atoms(chi_atoms: np.ndarray) -> np.ndarray:
    """The backbone: C, CA, N. Psi: CA, C, O. Chi: the last three atoms of its definition."""
    atoms = np.full((len(chi_atoms), 8, 3), NONE, dtype=np.int64)
    for residue, names in enumerate(constants.ATOM14_INDEX.values()):
        atoms[residue, 0] = [names[name] for name in ("C", "CA", "N")]
        atoms[residue, 3] = [names[name] for name in ("CA", "C", "O")]
    atoms[:, 4:] = chi_atoms[..., 1:]
    return atoms


def _radii() -> np.ndarray:
    radii = np.zeros(constants.ATOM14_MASK.shape, dtype=np.float32)
    for residue, names in enumerate(constants.ATOM14_INDEX.values()):
        for name, place in names.items():
            radii[residue, place] = RADIUS_ANGSTROM[name[0]]
    return radii
