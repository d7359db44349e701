"""Deep alignments of natural sequences for some of the training chains, as `prepare --deep DIR` packs them.

DIR holds <chain index>.a3m, whose query is that chain. The alignments that came with the chains are shallow; these show
how coevolution looks in nature. They are not among the shared data; `anchor.py` and `homologues.py` make them.
"""

from pathlib import Path

import numpy as np

from anfinsen.data.alignment import Alignment, parse_a3m
from anfinsen.data.alphabet import GAP
from anfinsen.data.coevolution import coevolution
from anfinsen.data.packing import PreparedAlignment
from anfinsen.data.structures import Chain

N_ROWS_MIN = 100
N_ROWS_MAX = 1024
SUBSETS = 2
SUBSET_N_ROWS_MIN = 32


def deep_alignments(directories: list[Path], chain_indices: set[int]) -> dict[int, list[Path]]:
    """The files of each of those chains, by chain index, in the directories' order."""
    paths = {index: [directory / f"{index}.a3m" for directory in directories] for index in chain_indices}
    return {index: [path for path in candidates if path.exists()] for index, candidates in paths.items()}


def deep_entries(place: int, chain: Chain, path: Path, rng: np.random.Generator) -> list[PreparedAlignment]:
    """The first 1,024 rows, as a prediction reads them, and random rows, 32 or more: twice, or none of less than 100.

    Raises ValueError if the alignment is of another sequence.
    """
    piece = parse_a3m(path.read_text()).columns(slice(chain.start, chain.start + len(chain)))
    if not np.array_equal(piece.msa[0], chain.aatype):
        raise ValueError(f"{path} is of another sequence than chain {chain.id}")
    piece = piece.rows((piece.msa != GAP).mean(-1) > 0.5)
    n_rows = len(piece.msa)
    if n_rows < N_ROWS_MIN:
        return []
    alignments = [piece.rows(slice(N_ROWS_MAX)), *(random_subset(piece, rng) for _ in range(SUBSETS))]
    return [PreparedAlignment(place, alignment, coevolution(alignment.msa)) for alignment in alignments]


def random_subset(alignment: Alignment, rng: np.random.Generator) -> Alignment:
    """The query and random rows, 32 to all (of the first 1,024), small numbers as often as large ones."""
    n_rows = len(alignment.msa)
    size = int(np.exp(rng.uniform(np.log(SUBSET_N_ROWS_MIN), np.log(min(n_rows, N_ROWS_MAX)))))
    return alignment.random_rows(size - 1, rng)
