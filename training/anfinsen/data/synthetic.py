"""Alignments that never were: sequences drawn from a Potts model on a chain's native contacts.

Real alignments here are shallow, so a network trained on them alone meets little coevolution. These are deep, and the
couplings in them point at the native contacts, as real ones would. The model:

- Edges: pseudo-betas within 8 Å and at least 3 residues apart; 15 % of the pairs at 8-10 Å; 0.05 L random false pairs.
- Coupling of an edge: strength x (beta x contact log-odds + sigma x a random smooth 20 x 20 matrix), made zero-sum.
  Strengths are gamma-distributed with shape 1.
- Field of a site: ln background + gain x substitution log-odds of the native residue + noise; gain grows with burial.
- Evolution: a random tree rooted at the native sequence; along each branch every site takes Gibbs moves.
- Gaps: segments inherited down the tree, fresh ones per row, ragged ends. Insertions: at a few sites, in some rows.
"""

from dataclasses import dataclass

import numpy as np

from anfinsen.data.alignment import Alignment
from anfinsen.data.alphabet import GAP, N_RESTYPES
from anfinsen.data.statistics import Statistics, contact_pairs
from anfinsen.data.structures import Chain, pseudo_beta

NEAR_ANGSTROM = (8.0, 10.0)
NEAR_SHARE = 0.15
FALSE_PAIRS_PER_RESIDUE = 0.05
BURIAL_ANGSTROM = 10.0
FIELD_NOISE = 0.3
GAP_LENGTH_MEAN = 4.0


@dataclass(frozen=True)
class SyntheticConfig:
    """What one alignment is drawn with; `draw` gives the ranges.

    branch_sweeps: mean Gibbs sweeps along a branch. growth: how many children a node of the tree has.
    gap_rate: inherited gap segments per node and 100 residues. fresh_gap_rate: the same per row.
    ragged_share: mean share of the chain missing at either end.
    """

    n_rows: int
    beta: float
    sigma: float
    strength: float
    gain: float
    branch_sweeps: float
    growth: float
    gap_rate: float
    fresh_gap_rate: float
    ragged_share: float

    @staticmethod
    def draw(rng: np.random.Generator, n_rows_range: tuple[int, int] = (64, 640)) -> "SyntheticConfig":
        low, high = np.log(n_rows_range)
        return SyntheticConfig(
            n_rows=int(round(np.exp(rng.uniform(low, high)))), beta=rng.uniform(1, 2.5), sigma=rng.uniform(0.5, 1.2),
            strength=rng.uniform(0.2, 0.9), gain=rng.uniform(0.7, 1.3), branch_sweeps=rng.uniform(0.25, 1.2),
            growth=rng.uniform(1.6, 4.0), gap_rate=rng.uniform(0, 0.8), fresh_gap_rate=rng.uniform(0, 0.8),
            ragged_share=rng.uniform(0, 0.12))


@dataclass(frozen=True)
class Potts:
    """fields float32 [L, 20]; edges int [E, 2], each pair once; couplings float32 [E, 20, 20], state of i by that of j."""

    fields: np.ndarray
    edges: np.ndarray
    couplings: np.ndarray


def synthetic_alignment(
    chain: Chain, tables: Statistics, config: SyntheticConfig, rng: np.random.Generator,
) -> Alignment:
    """One alignment of config.n_rows rows, the native sequence first."""
    burial = relative_burial(chain)
    potts = potts_model(chain, burial, tables, config, rng)
    rows, gaps = evolve(potts, chain.aatype, loop_odds(burial), config, rng)
    gaps |= fresh_gaps(*rows.shape, loop_odds(burial), config, rng)
    rows[gaps] = GAP
    msa = np.concatenate([chain.aatype[None], rows]).astype(np.uint8)
    deletions = np.zeros_like(msa)
    deletions[1:] = insertions(*rows.shape, loop_odds(burial), rng)
    return Alignment(msa, deletions)


def relative_burial(chain: Chain) -> np.ndarray:
    """Neighbours within 10 Å over their mean, 0 where unknown: float [L]."""
    beta, known = pseudo_beta(chain.aatype, chain.positions, chain.mask)
    near = (np.square(beta[:, None] - beta).sum(-1) < BURIAL_ANGSTROM**2) & known & known[:, None]
    neighbours = near.sum(-1)
    return neighbours / max(neighbours.mean(), 1.0)


def loop_odds(burial: np.ndarray) -> np.ndarray:
    """Odds of a gap or an insertion to begin at each residue, higher at the surface: sums to 1, [L]."""
    odds = np.exp(-2 * burial)
    return odds / odds.sum()


def potts_model(
    chain: Chain, burial: np.ndarray, tables: Statistics, config: SyntheticConfig, rng: np.random.Generator,
) -> Potts:
    """Draws the edges, couplings and fields of one family."""
    length = len(chain)
    near = contact_pairs(chain, *NEAR_ANGSTROM)
    false = np.sort(rng.integers(length, size=(rng.poisson(FALSE_PAIRS_PER_RESIDUE * length), 2)), -1)
    false = false[false[:, 0] < false[:, 1]]
    edges = np.unique(np.concatenate([contact_pairs(chain), near[rng.random(len(near)) < NEAR_SHARE], false]), axis=0)
    smooth = smooth_random_matrices(len(edges), tables.substitution, rng)
    strength = rng.gamma(1.0, config.strength, len(edges))
    couplings = strength[:, None, None] * (config.beta * zero_sum(tables.contact) + config.sigma * smooth)
    gain = config.gain * (0.4 + 0.6 * burial) * rng.gamma(4, 1 / 4, length)
    fields = np.log(tables.background) + gain[:, None] * tables.substitution[chain.aatype]
    fields = fields + FIELD_NOISE * rng.standard_normal(fields.shape)
    return Potts(fields.astype(np.float32), edges, couplings.astype(np.float32))


def smooth_random_matrices(n: int, substitution: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Random zero-sum matrices in which similar residues have similar entries, of unit deviation: [n, 20, 20]."""
    similarity = np.exp(substitution)
    similarity /= similarity.sum(-1, keepdims=True)
    matrices = zero_sum(similarity @ rng.standard_normal((n, N_RESTYPES, N_RESTYPES), dtype=np.float32) @ similarity.T)
    return matrices / matrices.std((-1, -2), keepdims=True)


def zero_sum(matrices: np.ndarray) -> np.ndarray:
    """Rows and columns sum to zero: the coupling says nothing about single sites."""
    matrices = matrices - matrices.mean(-1, keepdims=True)
    return matrices - matrices.mean(-2, keepdims=True)


def colour_classes(length: int, edges: np.ndarray) -> list[np.ndarray]:
    """Sites divided so that no edge lies within a class: those of a class can take their Gibbs moves together."""
    neighbours: list[list[int]] = [[] for _ in range(length)]
    for i, j in edges.tolist():
        neighbours[i].append(j)
        neighbours[j].append(i)
    colour = [-1] * length
    for site in sorted(range(length), key=lambda site: -len(neighbours[site])):
        taken = {colour[other] for other in neighbours[site]}
        colour[site] = next(c for c in range(length) if c not in taken)
    return [np.flatnonzero(np.array(colour) == c) for c in range(max(colour) + 1)]


class GibbsSampler:
    """Gibbs moves of a Potts model for many sequences at once, one colour class after another."""

    def __init__(self, potts: Potts):
        self._fields = potts.fields
        i, j = potts.edges.T
        target, source = np.concatenate([i, j]), np.concatenate([j, i])
        order = np.argsort(target, kind="stable")
        # Row (edge, state of the source): what it adds to the states of the target.
        tables = np.concatenate([potts.couplings.transpose(0, 2, 1), potts.couplings])[order]
        self._table = np.ascontiguousarray(tables).reshape(-1, N_RESTYPES)
        target, source = target[order], source[order]
        self._classes = []
        for sites in colour_classes(len(potts.fields), potts.edges):
            edges = np.flatnonzero(np.isin(target, sites))
            coupled, starts = np.unique(target[edges], return_index=True)
            self._classes.append((sites, np.searchsorted(sites, coupled), starts, edges * N_RESTYPES, source[edges]))

    def sweep(self, sequences: np.ndarray, share: np.ndarray, rng: np.random.Generator) -> None:
        """In place: each site of sequence n moves with probability share[n]. sequences int [N, L], share [N]."""
        for sites, coupled, starts, rows, sources in self._classes:
            logits = np.repeat(self._fields[None, sites], len(sequences), 0)  # [N, sites, 20]
            if len(rows):
                terms = self._table[rows + sequences[:, sources]]  # [N, edges, 20]
                logits[:, coupled] += np.add.reduceat(terms, starts, axis=1)
            moves = rng.random((len(sequences), len(sites)), dtype=np.float32) < share[:, None]
            drawn = draw_categorical(logits, rng)
            sequences[:, sites] = np.where(moves, drawn, sequences[:, sites])


def draw_categorical(logits: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """One draw from each softmax over the last axis."""
    cumulative = np.cumsum(np.exp(logits - logits.max(-1, keepdims=True)), -1)
    threshold = rng.random(logits.shape[:-1], dtype=np.float32) * cumulative[..., -1]
    return np.minimum((cumulative < threshold[..., None]).sum(-1), logits.shape[-1] - 1)


def evolve(
    potts: Potts, native: np.ndarray, gap_odds: np.ndarray, config: SyntheticConfig, rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Grows the tree level by level; rows are drawn from all its nodes but the root.

    Returns sequences int [n_rows - 1, L] and their inherited gaps bool [n_rows - 1, L].
    """
    n_rows = config.n_rows - 1
    sampler = GibbsSampler(potts)
    level = native[None].astype(np.int64)
    gaps = np.zeros(level.shape, bool)
    levels, level_gaps = [], []
    size, n_nodes = 1.0, 0
    while n_nodes < 1.5 * n_rows:
        size = min(size * config.growth, n_rows)
        parents = rng.integers(len(level), size=int(np.ceil(size)))
        level = level[parents].copy()
        branch = config.branch_sweeps * rng.gamma(2, 1 / 2, len(level))
        for done in range(int(np.ceil(branch.max()))):
            moving = np.flatnonzero(branch > done)
            sequences = level[moving]
            sampler.sweep(sequences, np.minimum(branch[moving] - done, 1), rng)
            level[moving] = sequences
        gaps = gaps[parents] | gap_segments(*level.shape, gap_odds, config.gap_rate, rng)
        levels.append(level)
        level_gaps.append(gaps)
        n_nodes += len(level)
    chosen = rng.permutation(n_nodes)[:n_rows]
    return np.concatenate(levels)[chosen], np.concatenate(level_gaps)[chosen]


def gap_segments(
    n_rows: int, length: int, odds: np.ndarray, rate: float, rng: np.random.Generator,
) -> np.ndarray:
    """Poisson many segments per row, rate for each 100 residues, of geometric length: bool [n_rows, length]."""
    n_segments = rng.poisson(rate * length / 100, n_rows)
    row = np.repeat(np.arange(n_rows), n_segments)
    start = rng.choice(length, size=len(row), p=odds)
    stop = np.minimum(start + rng.geometric(1 / GAP_LENGTH_MEAN, len(row)), length)
    change = np.zeros((n_rows, length + 1), np.int32)
    np.add.at(change, (row, start), 1)
    np.add.at(change, (row, stop), -1)
    return np.cumsum(change, -1)[:, :length] > 0


def fresh_gaps(
    n_rows: int, length: int, odds: np.ndarray, config: SyntheticConfig, rng: np.random.Generator,
) -> np.ndarray:
    """Gaps of single rows: segments, and ragged ends as local alignments have. At least a third of each row stays."""
    gaps = gap_segments(n_rows, length, odds, config.fresh_gap_rate, rng)
    ends = rng.exponential(config.ragged_share * length, (n_rows, 2)) * (rng.random((n_rows, 2)) < 0.7)
    ends = np.minimum(ends, length / 3)
    position = np.arange(length)
    return gaps | (position < ends[:, :1]) | (position >= length - ends[:, 1:])


def insertions(n_rows: int, length: int, odds: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Numbers of inserted residues before each column: some rows, at a few sites, uint8 [n_rows, length]."""
    counts = np.zeros((n_rows, length), np.uint8)
    for site in rng.choice(length, size=rng.poisson(length / 40), p=odds):
        rows = rng.random(n_rows) < rng.uniform(0.02, 0.4)
        counts[rows, site] = np.minimum(rng.geometric(1 / rng.uniform(1.5, 6), rows.sum()), 60)
    return counts
