"""The task of `anfinsen.adapt`: chains with their secondary structure, what the trunk makes of them, and scores.

A residue's state is that of its native backbone (`anfinsen.secondary_structure`); the ends of a chain and of its breaks have no
torsions there and count for nothing.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch

from anfinsen.data.dataset import REAL, Dataset
from anfinsen.evaluate import QUERY_ONLY
from anfinsen.network.alphafold_iteration import AlphaFoldIteration, passes
from anfinsen.secondary_structure import COIL, HELIX, STRAND, secondary_structure
from anfinsen.targets import ALIGNMENT, Target, chain_target, chain_targets

UNKNOWN = -1
STATES = {"coil": COIL, "helix": HELIX, "strand": STRAND}
KNOWN_BACKBONE_MIN = 0.9
DRAWS_PER_CHAIN = 100


@dataclass(frozen=True)
class TaskSizes:
    """What is learned from and measured on.

    n_chains: training chains, each of another cluster; query_only: the share of them that is seen without its alignment.
    n_held_out: chains of the held-out list, each measured with its alignment and without. n_res_max: longer chains are left
    out. n_seq, n_extra, recycles: as the model's card says it is run.
    """

    n_chains: int
    n_held_out: int
    n_res_max: int
    n_seq: int
    n_extra: int
    recycles: int
    query_only: float = 0.35
    seed: int = 1


@dataclass(frozen=True)
class Examples:
    """Residues of many chains end to end: single representation [n, c_s], states [n] (-1: unknown), and predicted ones [n].

    The predicted states are those of the backbone that the structure module built. `lengths` [chains] divide the residues.
    """

    single: np.ndarray
    states: np.ndarray
    predicted_states: np.ndarray
    lengths: np.ndarray

    def chains(self) -> list[tuple[torch.Tensor, torch.Tensor]]:
        """Single representation and states of each chain."""
        lengths = self.lengths.tolist()
        single, states = torch.from_numpy(self.single), torch.from_numpy(self.states).long()
        return list(zip(single.split(lengths), states.split(lengths)))

    def scores(self, predicted: np.ndarray) -> "StateScores":
        """Of states [n], over the residues whose state is known."""
        known = self.states != UNKNOWN
        return StateScores.of(self.states[known], predicted[known])


def training_targets(prepared: Path, sizes: TaskSizes) -> Iterator[Target]:
    """Chains of the training list, drawn once; one without an alignment is seen as its query alone.

    Raises ValueError if the list has too few clusters with a fitting chain.
    """
    dataset = Dataset(prepared, "train")
    rng = np.random.default_rng(sizes.seed)
    clusters: set[int] = set()
    for _ in range(DRAWS_PER_CHAIN * sizes.n_chains):
        if len(clusters) == sizes.n_chains:
            return
        index = dataset.draw_index(rng)
        chain = dataset.chain(index)
        backbone_known = chain.mask[:, :3].all(-1).mean() >= KNOWN_BACKBONE_MIN
        if chain.cluster in clusters or len(chain) > sizes.n_res_max or not backbone_known:
            continue
        clusters.add(chain.cluster)
        mode = ALIGNMENT if dataset.has(index, REAL) and rng.random() >= sizes.query_only else QUERY_ONLY
        yield chain_target(dataset, index, mode, sizes.n_seq, sizes.n_extra, sizes.seed)
    if len(clusters) < sizes.n_chains:
        raise ValueError(f"{len(clusters)} chains of as many clusters found, {sizes.n_chains} asked for")


def held_out_targets(prepared: Path, sizes: TaskSizes, mode: str) -> Iterator[Target]:
    return chain_targets(
        prepared, "heldout", mode, sizes.n_seq, sizes.n_extra, sizes.n_res_max, sizes.n_held_out, sizes.seed
    )


def native_states(target: Target) -> np.ndarray:
    """States [N_res] of the native backbone, -1 where a residue or a neighbour has none."""
    backbone = target.domains[0].atoms[:, :3]
    joined = np.diff(target.features["residue_index"]) == 1
    known = ~np.isnan(backbone).any((1, 2))
    linked = joined & known[:-1] & known[1:]
    inside = np.concatenate([[False], linked]) & np.concatenate([linked, [False]])
    return np.where(inside, secondary_structure(backbone, joined), UNKNOWN)


def tensors(target: Target) -> dict[str, torch.Tensor]:
    return {name: torch.from_numpy(value).unsqueeze(0) for name, value in target.features.items()}


@torch.no_grad()
def through_the_trunk(network: AlphaFoldIteration, targets: Iterator[Target], recycles: int) -> Examples:
    """Runs the whole network over each target once, which no epoch of the head's training has to repeat."""
    single, states, predicted_states = [], [], []
    for target in targets:
        outputs = passes(network, tensors(target), recycles)
        single.append(network.evoformer_stack.single_activations(outputs["m_first_row"])[0].numpy())
        states.append(native_states(target))
        joined = np.diff(target.features["residue_index"]) == 1
        predicted_states.append(secondary_structure(outputs["atom14_positions"][0, :, :3].numpy(), joined))
    lengths = np.array([len(chain) for chain in states])
    return Examples(np.concatenate(single), np.concatenate(states), np.concatenate(predicted_states), lengths)


@dataclass(frozen=True)
class StateScores:
    """Shares of residues. Q3: of all that are called right; recall: of those that are, precision: of those called so."""

    n_residues: int
    q3: float
    recall: dict[str, float]
    precision: dict[str, float]

    @staticmethod
    def of(true: np.ndarray, predicted: np.ndarray) -> "StateScores":
        """States [n] without unknown ones. A share of nothing is NaN."""
        right = true == predicted
        recall = {name: _share(right, true == state) for name, state in STATES.items()}
        precision = {name: _share(right, predicted == state) for name, state in STATES.items()}
        return StateScores(len(true), float(right.mean()), recall, precision)


def _share(right: np.ndarray, of: np.ndarray) -> float:
    return float(right[of].mean()) if of.any() else float("nan")
