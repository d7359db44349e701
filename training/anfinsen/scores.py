"""How alike two structures are, and how good predicted contacts are. C-alpha positions [N_res, 3] in Å, numpy.

TM-score: Zhang and Skolnick 2004. GDT_TS: Zemla 2003. lDDT: Mariani et al. 2013. For pairs of residues already matched.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

GDT_CUTOFFS_ANGSTROM = (1.0, 2.0, 4.0, 8.0)
MAX_ITERATIONS = 20


@dataclass(frozen=True)
class Similarity:
    """Scores of a prediction: TM-score and GDT_TS in 0 to 1 over the native's length, RMSD in Å over all residues."""

    tm_score: float
    gdt_ts: float
    rmsd: float


def superpose(moving: np.ndarray, fixed: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Least-squares rotations and translations (Kabsch), one for each row of weights.

    Args:
        moving, fixed: [N, 3]; weights: [S, N].
    Returns:
        Rotations [S, 3, 3] and translations [S, 3]: x -> R x + t.
    """
    share = weights / weights.sum(-1, keepdims=True)
    moving_centre, fixed_centre = share @ moving, share @ fixed  # [S, 3]
    products = (fixed[:, :, None] * moving[:, None, :]).reshape(len(fixed), 9)
    covariance = (share @ products).reshape(-1, 3, 3)
    covariance -= fixed_centre[:, :, None] * moving_centre[:, None, :]
    u, _, vt = np.linalg.svd(covariance)
    u[:, :, 2] *= np.sign(np.linalg.det(u @ vt))[:, None]
    rotation = u @ vt
    return rotation, fixed_centre - (rotation @ moving_centre[:, :, None])[:, :, 0]


def similarity(predicted: np.ndarray, native: np.ndarray, n_native: int | None = None) -> Similarity:
    """TM-score and GDT_TS by a search over superpositions, as in the TM-score program.

    `n_native` is the native's length where the prediction lacks residues, which then score nothing; RMSD is of those given.

    Each search starts from a fragment (the whole, a half, a quarter, ... down to 4 residues, at every place), then
    superposes again and again on the residues that came to lie near. Near is 2, 4.5 to 8 by length, and 8 Å: GDT's best
    superpositions differ from cutoff to cutoff.
    """
    n = n_native or len(native)
    covered = len(native) / n
    d0 = max(1.24 * np.cbrt(n - 15.0) - 1.8, 0.5) if n > 15 else 0.5
    best_tm, best_gdt = 0.0, np.zeros(len(GDT_CUTOFFS_ANGSTROM))
    for radius in (2.0, float(np.clip(d0, 4.5, 8.0)), 8.0):
        for distance in _search(predicted, native, radius):
            best_tm = max(best_tm, float((1.0 / (1.0 + (distance / d0) ** 2)).mean(-1).max()))
            within = np.stack([(distance <= cutoff).mean(-1) for cutoff in GDT_CUTOFFS_ANGSTROM])
            best_gdt = np.maximum(best_gdt, within.max(-1))
    return Similarity(covered * best_tm, float(covered * best_gdt.mean()), rmsd(predicted, native))


def _search(predicted: np.ndarray, native: np.ndarray, radius: float) -> Iterator[np.ndarray]:
    """Distances [S, N] in Å after each round of superpositions on the residues within `radius` Å."""
    weights = _fragments(len(native))
    for _ in range(MAX_ITERATIONS):
        rotation, translation = superpose(predicted, native, weights)
        moved = predicted @ rotation.transpose(0, 2, 1) + translation[:, None, :]  # [S, N, 3]
        distance = np.linalg.norm(moved - native, axis=-1)  # [S, N]
        yield distance
        near = _nearest(distance, radius)
        changed = (near != weights).any(-1)
        if not changed.any():
            return
        weights = np.unique(near[changed], axis=0)


def rmsd(predicted: np.ndarray, native: np.ndarray) -> float:
    """Root mean square deviation after superposing all residues, in Å."""
    rotation, translation = superpose(predicted, native, np.ones((1, len(native))))
    moved = predicted @ rotation[0].T + translation[0]
    return float(np.sqrt(((moved - native) ** 2).sum(-1).mean()))


def lddt_ca(predicted: np.ndarray, native: np.ndarray) -> np.ndarray:
    """lDDT of each residue, 0 to 1, over C-alpha distances below 15 Å: [N_res]."""
    true_distance = np.linalg.norm(native[:, None] - native[None], axis=-1)
    deviation = np.abs(np.linalg.norm(predicted[:, None] - predicted[None], axis=-1) - true_distance)
    scored = (true_distance < 15.0) & ~np.eye(len(native), dtype=bool)
    kept = np.mean([deviation < threshold for threshold in (0.5, 1.0, 2.0, 4.0)], axis=0)
    return (kept * scored).sum(-1) / np.maximum(scored.sum(-1), 1)


def contact_precision(
    score: np.ndarray,
    pseudo_beta: np.ndarray,
    residue_number: np.ndarray,
    length_divisor: int,
    min_separation: int = 24,
) -> float:
    """Share of true contacts (C-beta closer than 8 Å) among the L / `length_divisor` best pairs.

    Args:
        score: [N_res, N_res], symmetric, higher is more likely.
        pseudo_beta: [N_res, 3]; a pair with an unknown position (NaN) is left out.
    Returns:
        The precision; NaN for a chain too short to have such a pair.
    """
    n = len(pseudo_beta)
    i, j = np.triu_indices(n, 1)
    distance = np.linalg.norm(pseudo_beta[i] - pseudo_beta[j], axis=-1)
    eligible = (np.abs(residue_number[i] - residue_number[j]) >= min_separation) & ~np.isnan(distance)
    i, j, distance = i[eligible], j[eligible], distance[eligible]
    if len(i) == 0:
        return float("nan")
    best = np.argsort(-score[i, j], kind="stable")[: max(n // length_divisor, 1)]
    return float((distance[best] < 8.0).mean())


def _fragments(n: int) -> np.ndarray:
    """Starting points of the search as 0/1 weights [S, N]: fragments of n, n/2, n/4, ... residues, at least 4."""
    rows, length = [], n
    while True:
        step = max(1, length // 4)
        for start in range(0, n - length + 1, step):
            row = np.zeros(n)
            row[start : start + length] = 1.0
            rows.append(row)
        if length <= 4:
            return np.array(rows)
        length = max(length // 2, 4)


def _nearest(distance: np.ndarray, radius: float) -> np.ndarray:
    """0/1 weights [S, N] of the residues within `radius` Å, which grows by 0.5 Å until at least 3 are."""
    third = np.sort(distance, -1)[:, min(2, distance.shape[1] - 1)]
    needed = radius + 0.5 * np.ceil(np.maximum(third - radius, 0.0) / 0.5)
    return (distance <= np.maximum(needed, third)[:, None]).astype(float)
