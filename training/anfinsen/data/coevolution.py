"""Coevolution features of an alignment. The Java class `msa.coevolution.Coevolution` implements the same definition.

Definition. Of the alignment, at most the first 1,024 rows are used: N rows, L columns.

1. Row weights w_n and Neff = sum of w_n as in `alignment.row_weights` (80 % of all columns, gap and X are letters).
2. x_n in {0, 1}^(20 L): one-hot of the 20 amino acids per column; gap and X are all zero. With the weighted mean
   m = sum_n (w_n / Neff) x_n, row n of A [N, 20 L] is sqrt(w_n / Neff) (x_n - m). A^T A is the weighted covariance.
3. Maps 0 and 1: M = (A^T A + lambda I)^-1 for lambda = 4.5 / sqrt(Neff) and 1.35 / sqrt(Neff). Map 2: M = A^T A.
   F_ij is the Frobenius norm of the 20 x 20 block (i, j) of M for i != j, and F_ii = 0.
4. Average product correction: F_ij - F_i F_j / F_mean. F_i is the mean of F_ij over the L - 1 values j != i, F_mean the
   mean over all L (L - 1) off-diagonal entries. Where F_mean is 0, the corrected map is 0. The diagonal stays 0.
5. s is the standard deviation of a corrected map over its L (L - 1) off-diagonal entries (divisor L (L - 1)).

Channels, [L, L, 7]: 0-2 the three corrected maps, each divided by its s (all zero if s < 1e-12); 3-5 ln(s + 1e-6) of
the three, the same everywhere, diagonal included; 6 ln Neff, the same everywhere. The diagonal of 0-2 is zero. With
fewer than 2 rows or L < 2 all seven channels are zero.

The inverse is taken in row space (Woodbury): M = (I - A^T (lambda I_N + A A^T)^-1 A) / lambda. With the Cholesky
factor lambda I_N + A A^T = G G^T and B = G^-1 A, the off-diagonal block (i, j) of M is -B_i^T B_j / lambda, so only the
blocks of B^T B are needed, and of those only norms are kept. Columns of A that are zero (states never seen, or seen in
every row) add nothing.
"""

from dataclasses import dataclass

import numpy as np
from scipy.linalg import cholesky, solve_triangular

from anfinsen.data.alphabet import N_RESTYPES
from anfinsen.data.alignment import row_weights

N_ROWS_MAX = 1024
SHRINKAGES = (4.5, 1.35)
N_MAPS = 3
N_CHANNELS = 7
STD_MIN = 1e-12
STD_OFFSET = 1e-6
_BLOCK_COLUMNS = 1024


@dataclass(frozen=True)
class Coevolution:
    """maps: float32 [3, L, L], corrected and divided by their deviation. scale: float32 [4], channels 3 to 6."""

    maps: np.ndarray
    scale: np.ndarray

    def features(self) -> np.ndarray:
        """The seven channels of the definition: float32 [L, L, 7]."""
        n_res = self.maps.shape[-1]
        features = np.empty((n_res, n_res, N_CHANNELS), np.float32)
        features[..., :N_MAPS] = self.maps.transpose(1, 2, 0)
        features[..., N_MAPS:] = self.scale
        return features


def coevolution(msa: np.ndarray) -> Coevolution:
    """The coevolution of an alignment, uint8 [N_rows, N_res], by the definition above."""
    msa = msa[:N_ROWS_MAX]
    n_rows, n_res = msa.shape
    if n_rows < 2 or n_res < 2:
        return Coevolution(np.zeros((N_MAPS, n_res, n_res), np.float32), np.zeros(N_CHANNELS - N_MAPS, np.float32))
    weights = row_weights(msa)
    n_effective = weights.sum()
    a, residue = centred_one_hot(msa, weights)
    gram = a @ a.T
    a = a.astype(np.float32)
    maps = np.zeros((N_MAPS, n_res, n_res), np.float32)
    scale = np.zeros(N_CHANNELS - N_MAPS, np.float32)
    for k in range(N_MAPS):
        if k < len(SHRINKAGES):
            shrinkage = SHRINKAGES[k] / np.sqrt(n_effective)
            factor = cholesky(gram + shrinkage * np.eye(n_rows), lower=True, check_finite=False).astype(np.float32)
            b = solve_triangular(factor, a, lower=True, check_finite=False)
            norms = block_norms(b, residue, n_res) / shrinkage
        else:
            norms = block_norms(a, residue, n_res)
        corrected = average_product_correction(norms)
        deviation = corrected[~np.eye(n_res, dtype=bool)].std()
        if deviation >= STD_MIN:
            maps[k] = corrected / deviation
        scale[k] = np.log(deviation + STD_OFFSET)
    scale[N_MAPS] = np.log(n_effective)
    return Coevolution(maps, scale)


def centred_one_hot(msa: np.ndarray, weights: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """A of the definition without its zero columns: float64 [N_rows, columns], and the residue of each column."""
    share = weights / weights.sum()
    states = np.arange(N_RESTYPES)
    seen = (msa[..., None] == states).sum(0)  # [N_res, 20]
    residue, state = np.nonzero((seen > 0) & (seen < len(msa)))
    x = (msa[:, residue] == state).astype(np.float64)  # [N_rows, columns]
    return np.sqrt(share)[:, None] * (x - share @ x), residue


def block_norms(b: np.ndarray, residue: np.ndarray, n_res: int) -> np.ndarray:
    """Frobenius norms of the blocks of B^T B: float64 [n_res, n_res], zero on the diagonal.

    b: [N_rows, columns]; residue: the residue of each column, ascending; residues without a column have zero norms.
    """
    norms = np.zeros((n_res, n_res))
    residues, starts = np.unique(residue, return_index=True)
    ends = np.append(starts[1:], len(residue))
    first = 0
    while first < len(residues):
        last = max(first + 1, int(np.searchsorted(ends, starts[first] + _BLOCK_COLUMNS, side="right")))
        # Blocks right of the diagonal only: the matrix is symmetric.
        product = b[:, starts[first]:ends[last - 1]].T @ b[:, starts[first]:]
        np.square(product, out=product)
        sums = np.add.reduceat(product, starts[first:] - starts[first], axis=1)
        sums = np.add.reduceat(sums, starts[first:last] - starts[first], axis=0)
        norms[np.ix_(residues[first:last], residues[first:])] = np.sqrt(sums)
        first = last
    upper = np.triu(norms, 1)
    return upper + upper.T


def average_product_correction(norms: np.ndarray) -> np.ndarray:
    """F_ij - F_i F_j / F_mean over off-diagonal entries, zero on the diagonal: [n_res, n_res]."""
    n_res = len(norms)
    row_mean = norms.sum(-1) / (n_res - 1)
    mean = row_mean.mean()
    if mean <= 0:
        return np.zeros_like(norms)
    corrected = norms - np.outer(row_mean, row_mean) / mean
    np.fill_diagonal(corrected, 0)
    return corrected
