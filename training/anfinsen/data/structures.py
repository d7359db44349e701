"""Chains with known coordinates: reading chains.npz, screening, and what labels need from them.

A chain may lack atoms: `small_backbone` has N, CA, C only, `scop_ca_cb` CA and CB only.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

N, CA, C, O, CB = 0, 1, 2, 3, 4  # atom14 slots that every residue shares (glycine has no CB)
GLYCINE = 7

BONDED_CA_DISTANCE_ANGSTROM = 4.5
CA_STEP_ANGSTROM = 3.8
N_RES_MIN = 20
N_RES_MAX = 512
BREAK_FRACTION_MAX = 0.05
BAD_RESIDUE_FRACTION_MAX = 0.05


@dataclass(frozen=True)
class Chain:
    """One chain or a piece of one. Positions in Å, absent atoms are 0 and false in the mask.

    chain_index, start: the place in chains.npz: residue 0 here is residue `start` of that chain.
    aatype uint8 [N_res], residue_index int32 [N_res], positions float32 [N_res, 14, 3], mask bool [N_res, 14].
    """

    id: str
    source: str
    cluster: int
    chain_index: int
    start: int
    aatype: np.ndarray
    residue_index: np.ndarray
    positions: np.ndarray
    mask: np.ndarray

    def __len__(self) -> int:
        return len(self.aatype)

    def piece(self, start: int, stop: int) -> "Chain":
        """Residues start:stop as a chain of its own."""
        return Chain(
            self.id, self.source, self.cluster, self.chain_index, self.start + start,
            self.aatype[start:stop], self.residue_index[start:stop], self.positions[start:stop], self.mask[start:stop])


class ChainFile:
    """chains.npz in memory; `chain(k)` gives chain k unscreened."""

    def __init__(self, shared: Path):
        with np.load(Path(shared) / "data" / "structures" / "chains.npz") as arrays:
            self._arrays = {name: arrays[name] for name in arrays.files}
        self._offset = self._arrays["offset"]

    def __len__(self) -> int:
        return len(self._offset) - 1

    def chain(self, k: int) -> Chain:
        residues = slice(self._offset[k], self._offset[k + 1])
        mask = mask_of_bits(self._arrays["atom14_mask"][residues])
        positions = self._arrays["atom14_centiangstrom"][residues].astype(np.float32) / 100
        return Chain(
            str(self._arrays["id"][k]), str(self._arrays["source"][k]), int(self._arrays["cluster30"][k]), k, 0,
            self._arrays["aatype"][residues].astype(np.uint8),
            residue_index(self._arrays["residue_number"][residues], positions[:, CA]), positions, mask)


def mask_of_bits(bits: np.ndarray) -> np.ndarray:
    """Which of the 14 atoms are there, from one bit for each: integers [N_res] -> bool [N_res, 14]."""
    return (bits[:, None] >> np.arange(14)) & 1 > 0


def residue_index(residue_number: np.ndarray, ca: np.ndarray) -> np.ndarray:
    """Strictly increasing index that keeps the file's gaps where there is a gap in space.

    Bonded neighbours are one apart whatever the file's numbering does (insertion codes, family numbering). Across a
    break the file's step counts, but at least as many residues as the distance needs. int32 [N_res], starts at 0.
    """
    distance = np.linalg.norm(np.diff(ca, axis=0), axis=-1)
    needed = np.maximum(np.ceil(distance / CA_STEP_ANGSTROM), 2)
    step = np.where(distance < BONDED_CA_DISTANCE_ANGSTROM, 1, np.maximum(np.diff(residue_number), needed))
    return np.concatenate([[0], np.cumsum(step)]).astype(np.int32)


def pseudo_beta(aatype: np.ndarray, positions: np.ndarray, mask: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """CB, or CA for glycine; where CB was not observed, its ideal place from N, CA, C.

    Returns positions float32 [N_res, 3] in Å and mask bool [N_res].
    """
    glycine = aatype == GLYCINE
    beta = np.where(glycine[:, None], positions[:, CA], positions[:, CB])
    known = np.where(glycine, mask[:, CA], mask[:, CB])
    derive = ~known & ~glycine & backbone_mask(mask)
    beta = np.where(derive[:, None], ideal_cb(positions), beta)
    known = known | derive
    return np.where(known[:, None], beta, 0).astype(np.float32), known


def ideal_cb(positions: np.ndarray) -> np.ndarray:
    """CB at tetrahedral geometry, from N, CA, C: float32 [N_res, 3] in Å."""
    b = positions[:, CA] - positions[:, N]
    c = positions[:, C] - positions[:, CA]
    a = np.cross(b, c)
    return positions[:, CA] - 0.58273431 * a + 0.56802827 * b - 0.54067466 * c


def backbone_mask(mask: np.ndarray) -> np.ndarray:
    """True where N, CA and C were all observed: bool [N_res]."""
    return mask[:, N] & mask[:, CA] & mask[:, C]


def impossible_residues(chain: Chain) -> np.ndarray:
    """True where the coordinates cannot be a residue of an L-protein: bool [N_res].

    Bonds N-CA or CA-C outside 1.2-1.8 Å, N-C outside 2.0-2.9 Å, CA-CB outside 1.2-1.9 Å, CB on the side of a D amino
    acid, or a CA closer than 2.5 Å to another CA.
    """
    def length(a: int, b: int) -> np.ndarray:
        return np.linalg.norm(chain.positions[:, a] - chain.positions[:, b], axis=-1)

    def outside(a: int, b: int, low: float, high: float) -> np.ndarray:
        distance = length(a, b)
        return chain.mask[:, a] & chain.mask[:, b] & ((distance < low) | (distance > high))

    bad = outside(N, CA, 1.2, 1.8) | outside(CA, C, 1.2, 1.8) | outside(N, C, 2.0, 2.9) | outside(CA, CB, 1.2, 1.9)
    has_cb = backbone_mask(chain.mask) & chain.mask[:, CB]
    bad |= has_cb & (np.linalg.norm(ideal_cb(chain.positions) - chain.positions[:, CB], axis=-1) > 1.2)
    ca = chain.positions[:, CA]
    squared = np.square(ca[:, None] - ca).sum(-1)
    np.fill_diagonal(squared, np.inf)
    return bad | (squared.min(-1) < 2.5**2) | ~chain.mask[:, CA]


def screened(chain: Chain) -> tuple[list[Chain], str]:
    """What of a chain is fit to learn from, and why the rest is not.

    A chain with over 5 % impossible residues is rejected; fewer are masked. A chain with over 5 % breaks is cut down to
    its longest unbroken stretch. Longer than 512 residues is cut into even pieces, shorter than 20 is rejected.

    Returns the pieces, possibly none, and one of "kept", "cut at breaks", "cut to length", "too short",
    "impossible geometry".
    """
    if len(chain) < N_RES_MIN:
        return [], "too short"
    bad = impossible_residues(chain)
    if bad.mean() > BAD_RESIDUE_FRACTION_MAX:
        return [], "impossible geometry"
    mask = chain.mask & ~bad[:, None]
    chain = Chain(
        chain.id, chain.source, chain.cluster, chain.chain_index, chain.start, chain.aatype, chain.residue_index,
        np.where(mask[..., None], chain.positions, 0), mask)
    reason = "kept"
    breaks = np.flatnonzero(np.diff(chain.residue_index) > 1) + 1
    if len(breaks) > BREAK_FRACTION_MAX * len(chain):
        edges = np.concatenate([[0], breaks, [len(chain)]])
        longest = np.argmax(np.diff(edges))
        chain = chain.piece(edges[longest], edges[longest + 1])
        reason = "cut at breaks"
        if len(chain) < N_RES_MIN:
            return [], "too short"
    n_pieces = -(-len(chain) // N_RES_MAX)
    if n_pieces > 1:
        reason = "cut to length"
    edges = np.linspace(0, len(chain), n_pieces + 1).astype(int)
    return [chain.piece(start, stop) for start, stop in zip(edges[:-1], edges[1:])], reason
