"""Writes the packed data set that Dataset reads: chains, real alignments, then synthetic ones, shard by shard.

    python -m anfinsen.data.prepare --shared DIR --output DIR [--splits DIR] [--synthetic 2] [--deep DIR...] [--seed 1]

The output can be used as soon as `chains/` is there; an interrupted run goes on where it stopped. The BLAS library
uses all cores unless OPENBLAS_NUM_THREADS says otherwise.
"""

import argparse
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import Alignment, read_chain_alignments
from anfinsen.data.alphabet import GAP
from anfinsen.data.coevolution import coevolution
from anfinsen.data.deep import deep_alignments, deep_entries
from anfinsen.data.packing import (
    PreparedAlignment, open_directory, pack_alignments, pack_chains, unpack_chain, write_directory)
from anfinsen.data.split import NAMES, add_data_options, read_split
from anfinsen.data.statistics import Statistics, statistics
from anfinsen.data.structures import Chain, ChainFile, screened
from anfinsen.data.synthetic import SyntheticConfig, synthetic_alignment

N_ROWS_MIN = 3
N_ROWS_MAX = 384
SUBSET_N_ROWS_MIN = 16
SUBSET_SHARE = (0.2, 0.8)
CHAINS_PER_SHARD = 64
LENGTH_BANDS = (128, 256)


def prepare_chains(shared: Path, output: Path, splits: Path) -> None:
    """Screens all chains and packs those of the three lists."""
    lists = read_split(splits)
    list_of_id = {identifier: name for name in NAMES for identifier in lists[name]}
    chains: list[Chain] = []
    file = ChainFile(shared)
    for k in range(len(file)):
        chain = file.chain(k)
        if chain.id in list_of_id:
            chains.extend(screened(chain)[0])
    write_directory(output / "chains", pack_chains(chains, [list_of_id[chain.id] for chain in chains]))


def shards(list_names: np.ndarray, n_res: np.ndarray, seed: int) -> list[np.ndarray]:
    """The chains of each shard, as places in `chains/`, in random order within each part of the order of work.

    Evaluation chains come first, then training chains up to 128 residues, up to 256, and the rest: a long chain costs
    as much as dozens of short ones, so most of the variety is there early.
    """
    order = np.random.default_rng(seed).permutation(len(list_names))
    part = np.where(list_names == "train", 1 + np.searchsorted(LENGTH_BANDS, n_res), 0)
    order = order[np.argsort(part[order], kind="stable")]
    return [order[start:start + CHAINS_PER_SHARD] for start in range(0, len(order), CHAINS_PER_SHARD)]


def real_entries(
    place: int, chain: Chain, whole: Alignment | None, rng: np.random.Generator,
) -> list[PreparedAlignment]:
    """The chain's own alignment and, if it is deep enough, a random subset of its rows.

    Rows without a residue in this piece of the chain are dropped; the query stays first; at least 3 rows or nothing.
    """
    if whole is None:
        return []
    piece = whole.columns(slice(chain.start, chain.start + len(chain)))
    if not np.array_equal(piece.msa[0], chain.aatype):
        raise ValueError(f"the alignment of chain {chain.id} is of another sequence")
    piece = piece.rows((piece.msa != GAP).any(-1)).rows(slice(N_ROWS_MAX))
    n_rows = len(piece.msa)
    if n_rows < N_ROWS_MIN:
        return []
    alignments = [piece]
    if n_rows >= SUBSET_N_ROWS_MIN:
        n_subset = int(n_rows * rng.uniform(*SUBSET_SHARE))
        alignments.append(piece.random_rows(n_subset, rng))
    return [PreparedAlignment(place, alignment, coevolution(alignment.msa)) for alignment in alignments]


def write_shards(
    output: Path, name: str, parts: list[np.ndarray], seed: list[int],
    entries_of: Callable[[int, Chain, np.random.Generator], list[PreparedAlignment]],
) -> None:
    """Shards `name-<number>`, one for each part of the chains; those that are there are left as they are."""
    arrays = open_directory(output / "chains")
    for number, places in enumerate(parts):
        path = output / "shards" / f"{name}-{number:05d}"
        if path.exists():
            continue
        start = time.monotonic()
        rng = np.random.default_rng([*seed, number])
        entries = []
        for place in places:
            entries += entries_of(int(place), unpack_chain(arrays, place), rng)
        if entries:
            write_directory(path, pack_alignments(entries))
        print(f"{path.name}: {len(entries)} alignments, {time.monotonic() - start:.1f} s", flush=True)


def all_chains(output: Path, seed: int) -> list[np.ndarray]:
    """The parts that all chains are worked through in."""
    arrays = open_directory(output / "chains")
    return shards(arrays["list"], np.diff(arrays["offset"]), seed)


def prepare_real(output: Path, alignments: dict[int, Alignment], seed: int) -> None:
    """Shards of real alignments."""
    write_shards(
        output, "real", all_chains(output, seed), [seed],
        lambda place, chain, rng: real_entries(place, chain, alignments.get(chain.chain_index), rng))


def prepare_deep(output: Path, deep: list[Path], seed: int) -> None:
    """Shards of deep alignments, of training chains only; a chain may have one in each directory."""
    arrays = open_directory(output / "chains")
    training = np.flatnonzero(arrays["list"] == "train")
    files = deep_alignments(deep, {int(index) for index in arrays["chain_index"][training]})
    places = [place for place in training if files[int(arrays["chain_index"][place])]]
    places = np.random.default_rng(seed).permutation(places)
    parts = [places[start : start + CHAINS_PER_SHARD] for start in range(0, len(places), CHAINS_PER_SHARD)]
    write_shards(
        output, "deep", parts, [seed],
        lambda place, chain, rng: [
            entry for path in files[chain.chain_index] for entry in deep_entries(place, chain, path, rng)])


def training_statistics(output: Path, alignments: dict[int, Alignment]) -> Statistics:
    """Counts over the training list only; kept in statistics.npz."""
    file = output / "statistics.npz"
    if not file.exists():
        arrays = open_directory(output / "chains")
        chains = [unpack_chain(arrays, place) for place in np.flatnonzero(arrays["list"] == "train")]
        indices = sorted({chain.chain_index for chain in chains} & alignments.keys())
        statistics(chains, [alignments[index] for index in indices]).save(file)
    return Statistics.load(file)


def prepare_synthetic(output: Path, tables: Statistics, seed: int, n_rounds: int) -> None:
    """Shards of synthetic alignments: n_rounds for each chain, all chains once before any chain twice."""

    def entries(place: int, chain: Chain, rng: np.random.Generator) -> list[PreparedAlignment]:
        alignment = synthetic_alignment(chain, tables, SyntheticConfig.draw(rng), rng)
        return [PreparedAlignment(place, alignment, coevolution(alignment.msa))]

    for turn in range(n_rounds):
        write_shards(output, f"synthetic-{turn}", all_chains(output, seed), [seed, 1 + turn], entries)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_data_options(parser)
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--synthetic", type=int, default=2, help="synthetic alignments for each chain")
    parser.add_argument(
        "--deep", type=Path, nargs="+", default=[], help="directories of deep alignments of training chains, see deep.py")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    if not (options.output / "chains").exists():
        prepare_chains(options.shared, options.output, options.splits)
    alignments = read_chain_alignments(options.shared)
    prepare_real(options.output, alignments, options.seed)
    if options.deep:
        prepare_deep(options.output, options.deep, options.seed)
    tables = training_statistics(options.output, alignments)
    prepare_synthetic(options.output, tables, options.seed, options.synthetic)


if __name__ == "__main__":
    main()
