"""Divides the chains into training, validation and held-out lists by cluster at 30 % identity.

    python -m anfinsen.data.split --shared DIR [--output training/splits] [--seed 20240501]

A cluster lies on one side only: chains of validation and held-out clusters that are not listed are used nowhere.
Validation and held-out chains have all backbone atoms, 40-250 residues and one chain per cluster; about two thirds have
an alignment. CASP targets are in no list: they are a test set of their own.
"""

import argparse
import os
from pathlib import Path

import numpy as np

from anfinsen.data.structures import CB, Chain, ChainFile, backbone_mask, screened

N_VALIDATION = 150
N_HELDOUT = 100
ALIGNED_FRACTION = 2 / 3
N_RES_RANGE = (40, 250)
NAMES = ("train", "validation", "heldout")
SPLITS = Path(__file__).parents[2] / "splits"


def is_complete(chain: Chain) -> bool:
    """Whole backbone, side chains not absent as a matter of principle, of ordinary length."""
    has_side_chains = chain.mask[:, CB].mean() > 0.8 and chain.mask[:, CB + 1].any()
    return backbone_mask(chain.mask).all() and has_side_chains and N_RES_RANGE[0] <= len(chain) <= N_RES_RANGE[1]


def split(chains: list[Chain], aligned: set[int], seed: int) -> dict[str, list[str]]:
    """The three lists of chain ids, each in chain order.

    chains: screened chains or pieces. aligned: indices of chains that have an alignment of at least 3 rows.
    """
    rng = np.random.default_rng(seed)
    names, counts = np.unique([chain.id for chain in {c.chain_index: c for c in chains}.values()], return_counts=True)
    ambiguous = set(names[counts > 1])
    candidates: dict[bool, dict[int, list[Chain]]] = {True: {}, False: {}}
    for chain in chains:
        if is_complete(chain) and chain.id not in ambiguous:
            candidates[chain.chain_index in aligned].setdefault(chain.cluster, []).append(chain)
    chosen: dict[str, list[Chain]] = {"validation": [], "heldout": []}
    used: set[int] = set()
    for has_alignment in (True, False):
        clusters = [c for c in rng.permutation(sorted(candidates[has_alignment])) if c not in used]
        share = ALIGNED_FRACTION if has_alignment else 1 - ALIGNED_FRACTION
        sizes = [round(N_VALIDATION * share), round(N_HELDOUT * share)]
        for name, selected in zip(chosen, np.split(clusters[:sum(sizes)], [sizes[0]])):
            for cluster in selected:
                members = candidates[has_alignment][cluster]
                chosen[name].append(members[rng.integers(len(members))])
                used.add(cluster)
    lists = {name: sorted(members, key=lambda chain: chain.chain_index) for name, members in chosen.items()}
    lists["train"] = [chain for chain in chains if chain.cluster not in used]
    return {name: list(dict.fromkeys(chain.id for chain in lists[name])) for name in NAMES}


def read_split(directory: Path) -> dict[str, list[str]]:
    """The committed lists, by name."""
    return {name: (Path(directory) / f"{name}.txt").read_text().split() for name in NAMES}


def aligned_chains(shared: Path, n_rows_min: int = 3) -> set[int]:
    """Indices of the chains whose alignment has at least n_rows_min rows, the query included."""
    lines = (Path(shared) / "data" / "alignments" / "depth.tsv").read_text().splitlines()[1:]
    return {int(index) for index, rows in (line.split("\t") for line in lines) if int(rows) >= n_rows_min}


def add_data_options(parser: argparse.ArgumentParser) -> None:
    """`--shared`, where the data are, and `--splits`, where the lists are."""
    _add_shared(parser)
    parser.add_argument("--splits", type=Path, default=SPLITS)


def training_chains(shared: Path, splits: Path) -> dict[int, Chain]:
    """The chains of the training list, by chain index."""
    file, training = ChainFile(shared), set(read_split(splits)["train"])
    chains = {k: file.chain(k) for k in range(len(file))}
    return {k: chain for k, chain in chains.items() if chain.id in training}


def _add_shared(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--shared", type=Path, default=os.environ.get("ANFINSEN_SHARED"), required="ANFINSEN_SHARED" not in os.environ)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    _add_shared(parser)
    parser.add_argument("--output", default=SPLITS, type=Path)
    parser.add_argument("--seed", default=20240501, type=int)
    options = parser.parse_args()
    file = ChainFile(options.shared)
    chains = [piece for k in range(len(file)) for piece in screened(file.chain(k))[0]]
    options.output.mkdir(parents=True, exist_ok=True)
    for name, ids in split(chains, aligned_chains(options.shared), options.seed).items():
        (options.output / f"{name}.txt").write_text("\n".join(ids) + "\n")
        print(f"{name}: {len(ids)} chains")


if __name__ == "__main__":
    main()
