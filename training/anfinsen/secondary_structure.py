"""Helix and strand from backbone torsions, sheets from hydrogen bonds, and whether a backbone is one that occurs. Positions in Å,
numpy.
"""

from dataclasses import dataclass

import numpy as np

COIL, HELIX, STRAND = 0, 1, 2
MIN_HELIX, MIN_STRAND = 4, 3
N, CA, C = 0, 1, 2
C_O_ANGSTROM, N_H_ANGSTROM = 1.231, 1.01
BOND_ENERGY, BOND_ENERGY_BELOW = 27.9, -0.5  # of Kabsch and Sander 1983: kcal Å / mol, kcal / mol


@dataclass(frozen=True)
class BackboneGeometry:
    """Means over peptide bonds between consecutive residues.

    c_n_angstrom: C-N bond (1.33 in proteins). trans_share: omega within 30 degrees of 180 (0.997 in proteins).
    helix_rise_angstrom: C-alpha i to i + 3 where the prediction is helix (5.0 to 5.5); NaN without a helix.
    strand_rise_angstrom: C-alpha i to i + 2 where it is strand (6.3 to 6.8); NaN without a strand.
    clashes_per_residue: pairs of C-alphas closer than 3 Å.
    """

    c_n_angstrom: float
    trans_share: float
    helix_rise_angstrom: float
    strand_rise_angstrom: float
    clashes_per_residue: float


def dihedral(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Torsion about b-c of points [*, 3], radians."""
    b1, b2, b3 = b - a, c - b, d - c
    n1, n2 = np.cross(b1, b2), np.cross(b2, b3)
    return np.arctan2((b1 * n2).sum(-1) * np.linalg.norm(b2, axis=-1), (n1 * n2).sum(-1))


def secondary_structure(backbone: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """Coil, helix or strand of each residue by phi and psi, in runs of at least 4 (helix) or 3 (strand).

    Args:
        backbone: N, CA, C positions [N_res, 3 atoms, 3]; NaN where unknown.
        joined: [N_res - 1] whether residues i and i + 1 are neighbours in sequence.
    """
    n_res = len(backbone)
    phi = np.full(n_res, np.nan)
    psi = np.full(n_res, np.nan)
    phi[1:] = np.where(joined, dihedral(backbone[:-1, C], backbone[1:, N], backbone[1:, CA], backbone[1:, C]), np.nan)
    psi[:-1] = np.where(
        joined, dihedral(backbone[:-1, N], backbone[:-1, CA], backbone[:-1, C], backbone[1:, N]), np.nan
    )
    phi, psi = np.degrees(phi), np.degrees(psi)
    helix = (phi > -100) & (phi < -30) & (psi > -80) & (psi < -5)
    strand = (phi > -180) & (phi < -45) & ((psi > 60) | (psi < -160))
    states = np.zeros(n_res, dtype=int)
    states[_long_runs(strand, MIN_STRAND)] = STRAND
    states[_long_runs(helix, MIN_HELIX)] = HELIX
    return states


def in_sheet(backbone: np.ndarray, joined: np.ndarray) -> np.ndarray:
    """Whether each residue is in a bridge by hydrogen bonds, DSSP's E or B (Kabsch and Sander 1983): [N_res].

    `backbone` and `joined` as for `secondary_structure`. Hydrogens and oxygens are placed here, a
    hydrogen on proline too.
    """
    n_res = len(backbone)
    n, alpha, c = backbone[None, :, N], backbone[None, :, CA], backbone[None, :, C]
    oxygen, hydrogen = oxygens(n, alpha, c)[0], hydrogens(n, alpha, c)[0]
    oxygen[:-1][~joined], hydrogen[1:][~joined] = np.nan, np.nan
    oxygen[-1], hydrogen[0] = np.nan, np.nan

    def inverse_distance(donor: np.ndarray, acceptor: np.ndarray) -> np.ndarray:
        return 1 / np.maximum(np.linalg.norm(donor[:, None] - acceptor[None], axis=-1), 0.5)

    energy = BOND_ENERGY * (
        inverse_distance(n[0], oxygen)
        + inverse_distance(hydrogen, c[0])
        - inverse_distance(hydrogen, oxygen)
        - inverse_distance(n[0], c[0])
    )
    bond = np.zeros((n_res + 2, n_res + 2), bool)  # from N-H of i + 1 to C=O of j + 1: a border on all sides
    bond[1:-1, 1:-1] = energy < BOND_ENERGY_BELOW
    apart = np.abs(np.subtract.outer(np.arange(n_res), np.arange(n_res))) > 2

    def bonds(donor: int, acceptor: int) -> np.ndarray:
        """[i, j] whether N-H of i + `donor` binds C=O of j + `acceptor`."""
        return bond[1 + donor : n_res + 1 + donor, 1 + acceptor : n_res + 1 + acceptor]

    antiparallel = (bonds(0, 0) & bonds(0, 0).T) | (bonds(1, -1) & bonds(1, -1).T)
    parallel = bonds(1, 0) & bonds(0, -1).T
    return ((antiparallel | parallel | parallel.T) & apart).any(-1)


def oxygens(n: np.ndarray, alpha: np.ndarray, c: np.ndarray) -> np.ndarray:
    """O [S, N_res, 3]; that of the last residue is on its C."""
    away = _unit(_unit(c[:, :-1] - alpha[:, :-1]) + _unit(c[:, :-1] - n[:, 1:]))
    return np.concatenate([c[:, :-1] + C_O_ANGSTROM * away, c[:, -1:]], 1)


def hydrogens(n: np.ndarray, alpha: np.ndarray, c: np.ndarray) -> np.ndarray:
    """H on N [S, N_res, 3]; that of the first residue is on its N."""
    away = _unit(_unit(n[:, 1:] - c[:, :-1]) + _unit(n[:, 1:] - alpha[:, 1:]))
    return np.concatenate([n[:, :1], n[:, 1:] + N_H_ANGSTROM * away], 1)


def backbone_geometry(backbone: np.ndarray, joined: np.ndarray) -> BackboneGeometry:
    """How the backbone [N_res, 3 atoms, 3] is built; `joined` as for `secondary_structure`."""
    ca = backbone[:, CA]
    bond = np.linalg.norm(backbone[1:, N] - backbone[:-1, C], axis=-1)[joined]
    omega = np.degrees(dihedral(ca[:-1], backbone[:-1, C], backbone[1:, N], ca[1:]))[joined]
    states = secondary_structure(backbone, joined)
    distance = np.linalg.norm(ca[:, None] - ca[None], axis=-1)
    apart = np.abs(np.subtract.outer(np.arange(len(ca)), np.arange(len(ca)))) >= 2
    return BackboneGeometry(
        c_n_angstrom=float(bond.mean()),
        trans_share=float((np.abs(omega) > 150).mean()),
        helix_rise_angstrom=_rise(distance, states == HELIX, 3),
        strand_rise_angstrom=_rise(distance, states == STRAND, 2),
        clashes_per_residue=float(((distance < 3.0) & apart).sum() / 2 / len(ca)),
    )


def _rise(distance: np.ndarray, inside: np.ndarray, step: int) -> float:
    """Mean distance of C-alphas `step` apart when all residues from the one to the other are inside."""
    n = len(inside)
    whole = np.array([inside[i : i + step + 1].all() for i in range(n - step)], dtype=bool)
    values = distance[np.arange(n - step), np.arange(step, n)][whole]
    return float(values.mean()) if len(values) else float("nan")


def _long_runs(inside: np.ndarray, shortest: int) -> np.ndarray:
    """`inside` without the runs that are shorter than `shortest`."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], inside.astype(int), [0]))))
    kept = np.zeros(len(inside), dtype=bool)
    for start, stop in zip(edges[::2], edges[1::2]):
        kept[start:stop] = stop - start >= shortest
    return kept


def _unit(vectors: np.ndarray) -> np.ndarray:
    return vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
