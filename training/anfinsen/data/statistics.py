"""What training chains and their alignments say about amino acids: tables to draw synthetic alignments from."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import Alignment
from anfinsen.data.alphabet import N_RESTYPES
from anfinsen.data.structures import Chain, pseudo_beta

CONTACT_ANGSTROM = 8.0
SEPARATION_MIN = 3
PSEUDO_COUNT = 20.0
IDENTITY_MAX = 0.9


@dataclass(frozen=True)
class Statistics:
    """background [20]: frequencies. substitution [20, 20]: log-odds of a homologue's residue given the native one.
    contact [20, 20]: log-odds of two residues being in contact. Natural logarithms, both tables symmetric.
    """

    background: np.ndarray
    substitution: np.ndarray
    contact: np.ndarray

    def save(self, file: Path) -> None:
        np.savez(file, background=self.background, substitution=self.substitution, contact=self.contact)

    @staticmethod
    def load(file: Path) -> "Statistics":
        with np.load(file) as arrays:
            return Statistics(arrays["background"], arrays["substitution"], arrays["contact"])


def statistics(chains: list[Chain], alignments: list[Alignment]) -> Statistics:
    """Counts over training chains and training alignments (row 0 the query); pass no others."""
    background = np.bincount(np.concatenate([chain.aatype for chain in chains]), minlength=N_RESTYPES).astype(float)
    background /= background.sum()
    contacts = sum(_contact_counts(chain) for chain in chains)
    substitutions = sum(_substitution_counts(alignment.msa) for alignment in alignments)
    return Statistics(
        background, log_odds(np.asarray(substitutions, float), background),
        log_odds(np.asarray(contacts, float), background))


def log_odds(counts: np.ndarray, background: np.ndarray) -> np.ndarray:
    """ln of symmetrised counts over what independent residues would give, with a pseudo-count: [20, 20]."""
    counts = counts + counts.T
    expected = np.outer(background, background)
    return np.log((counts + PSEUDO_COUNT * expected) / (counts.sum() + PSEUDO_COUNT) / expected)


def contact_pairs(chain: Chain, low_angstrom: float = 0.0, high_angstrom: float = CONTACT_ANGSTROM) -> np.ndarray:
    """Pairs i < j at least three residues apart whose pseudo-betas are low <= d < high Å apart: int [pairs, 2]."""
    beta, known = pseudo_beta(chain.aatype, chain.positions, chain.mask)
    squared = np.square(beta[:, None] - beta).sum(-1)
    near = (squared >= low_angstrom**2) & (squared < high_angstrom**2) & known & known[:, None]
    return np.argwhere(np.triu(near, SEPARATION_MIN))


def _contact_counts(chain: Chain) -> np.ndarray:
    i, j = contact_pairs(chain).T
    return _pair_counts(chain.aatype[i], chain.aatype[j])


def _substitution_counts(msa: np.ndarray) -> np.ndarray:
    """Query-row pairs; each alignment weighs as much as the square root of its rows; near copies are left out."""
    query, rows = msa[0], msa[1:]
    both = (rows < N_RESTYPES) & (query < N_RESTYPES)
    identity = ((rows == query) & both).sum(-1) / np.maximum(both.sum(-1), 1)
    both &= (identity < IDENTITY_MAX)[:, None]
    row, column = np.nonzero(both)
    return _pair_counts(query[column], rows[row, column]) / np.sqrt(max(len(rows), 1))


def _pair_counts(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.bincount(a.astype(int) * N_RESTYPES + b, minlength=N_RESTYPES**2).reshape(N_RESTYPES, N_RESTYPES)
