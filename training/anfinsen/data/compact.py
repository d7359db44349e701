"""A prepared data set in a seventieth of its space, to carry to a machine that is lent for minutes.

    python -m anfinsen.data.compact --prepared DIR --output FILE [--rows 512]

The file holds the training chains, coordinates rounded to 0.05 Å (N, CA, C, O) and 0.2 Å (side chains), their own
alignments and the deep ones. What can be made again is left out: subsets of rows, synthetic alignments and all
coevolution are computed anew for each sample, which takes a tenth of a second of one processor. `anfinsen.train
--prepared FILE` reads it.
"""

import argparse
import lzma
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import Alignment
from anfinsen.data.coevolution import coevolution
from anfinsen.data.dataset import DEEP, QUERY, REAL, SYNTHETIC, Dataset, query_only
from anfinsen.data.deep import SUBSETS, random_subset
from anfinsen.data.packing import PreparedAlignment, open_directory, unpack_alignment
from anfinsen.data.prepare import SUBSET_N_ROWS_MIN, SUBSET_SHARE
from anfinsen.data.statistics import Statistics
from anfinsen.data.structures import CA, C, N, O, mask_of_bits
from anfinsen.data.synthetic import SyntheticConfig, synthetic_alignment

BACKBONE_STEP, SIDE_CHAIN_STEP = 5, 20  # hundredths of an Å
CHAIN_ARRAYS = ("aatype", "residue_index", "atom14_mask")
# A code takes 5 bits: shifted up, all of them are in the part of a byte that the compressor takes as context.
CODE_SHIFT = 3
FILTERS = [{"id": lzma.FILTER_LZMA2, "preset": 9 | lzma.PRESET_EXTREME, "lc": 4, "lp": 0, "pb": 0, "dict_size": 1 << 22}]


def compact(prepared: Path, n_rows_max: int) -> dict[str, np.ndarray]:
    """The file's arrays; compressed ones are bytes. Alignments of more rows keep the query and random ones."""
    chains = open_directory(prepared / "chains")
    places = np.flatnonzero(chains["list"] == "train")
    arrays = compact_chains(chains, places) | vars(Statistics.load(prepared / "statistics.npz"))
    new_place = {int(place): k for k, place in enumerate(places)}
    for kind in (REAL, DEEP):
        entries = [entry for entry in whole_alignments(prepared, kind) if entry.chain in new_place]
        arrays |= compact_alignments(kind, entries, new_place, n_rows_max)
    return arrays


def compact_chains(chains: dict[str, np.ndarray], places: np.ndarray) -> dict[str, np.ndarray]:
    """Some of pack_chains' chains. C-alphas are kept as steps along the chain, other atoms as seen from theirs."""
    offset = chains["offset"]
    residues = np.concatenate([np.arange(offset[k], offset[k + 1]) for k in places])
    position = chains["atom14_centiangstrom"][residues].astype(np.int32)  # [residues, 14, 3]
    mask = mask_of_bits(chains["atom14_mask"][residues])
    new_offset = np.concatenate([[0], np.cumsum(np.diff(offset)[places])])
    ca = np.rint(position[:, CA] / BACKBONE_STEP).astype(np.int32)
    steps = np.diff(ca, axis=0, prepend=ca[:1])
    steps[new_offset[:-1]] = 0
    seen = np.rint((position - BACKBONE_STEP * ca[:, None]) / _atom_steps()[:, None])
    seen[:, CA] = 0
    far = np.abs(seen[mask]).max(initial=0)
    if far > np.iinfo(np.int8).max:
        raise ValueError(f"an atom is {far:.0f} steps from its C-alpha, more than a byte holds: is that absent?")
    arrays = {name: _compressed(chains[name][residues]) for name in CHAIN_ARRAYS}
    return arrays | {
        "offset": new_offset,
        "cluster": chains["cluster"][places],
        "steps": _compressed(steps.astype(np.int16).T),
        "seen": _compressed(np.concatenate([seen[mask[:, k], k].astype(np.int8).T.ravel() for k in range(14)])),
    }


def expanded_chains(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    """Of compact_chains' arrays, those of pack_chains. Each chain begins with its C-alpha at the origin; they have no names."""
    offset = arrays["offset"]
    n_chains, n_residues = len(offset) - 1, offset[-1]
    bits = _expanded(arrays["atom14_mask"], np.uint16)
    mask = mask_of_bits(bits)
    steps = _expanded(arrays["steps"], np.int16).reshape(3, n_residues).T.astype(np.int32)
    ca = np.concatenate([np.cumsum(steps[offset[k] : offset[k + 1]], 0) for k in range(n_chains)]) * BACKBONE_STEP
    values = _expanded(arrays["seen"], np.int8)
    position = np.zeros((n_residues, 14, 3), np.int32)
    start = 0
    for atom, step in enumerate(_atom_steps()):
        has = mask[:, atom]
        stop = start + 3 * has.sum()
        position[has, atom] = ca[has] + step * values[start:stop].reshape(3, -1).T.astype(np.int32)
        start = stop
    return {
        "id": np.full(n_chains, ""),
        "source": np.full(n_chains, ""),
        "list": np.full(n_chains, "train"),
        "cluster": arrays["cluster"],
        "chain_index": np.arange(n_chains),
        "start": np.zeros(n_chains, np.int32),
        "offset": offset,
        "aatype": _expanded(arrays["aatype"], np.uint8),
        "residue_index": _expanded(arrays["residue_index"], np.int32),
        "atom14_mask": bits,
        "atom14_centiangstrom": position.astype(np.int16),
    }


def whole_alignments(prepared: Path, kind: str) -> list[PreparedAlignment]:
    """The alignments of prepared shards that are no subset of the one before, memory-mapped."""
    whole = []
    for path in sorted((prepared / "shards").glob(f"{kind}-*")):
        arrays = open_directory(path)
        chain = arrays["chain"]
        for k in range(len(chain)):
            subset = k % (1 + SUBSETS) > 0 if kind == DEEP else k > 0 and chain[k] == chain[k - 1]
            if not subset:
                whole.append(unpack_alignment(arrays, k))
    return whole


def compact_alignments(
    kind: str, entries: list[PreparedAlignment], new_place: dict[int, int], n_rows_max: int
) -> dict[str, np.ndarray]:
    """Column by column, similar rows together, which compresses best: some 2.5 bits a residue."""
    arrays: dict[str, list] = {"chain": [], "n_rows": [], "n_res": [], "msa": [], "deletions": []}
    for number, entry in enumerate(entries):
        alignment = entry.alignment.random_rows(n_rows_max - 1, np.random.default_rng(number))
        alignment = alignment.rows(similar_together(alignment.msa))
        arrays["chain"].append(new_place[entry.chain])
        arrays["n_rows"].append(alignment.msa.shape[0])
        arrays["n_res"].append(alignment.msa.shape[1])
        arrays["msa"].append(_compressed(alignment.msa.T << CODE_SHIFT))
        arrays["deletions"].append(_compressed(alignment.deletions.T))
    packed = {name: np.array(arrays[name], np.int64) for name in ("chain", "n_rows", "n_res")}
    for name in ("msa", "deletions"):
        packed[name] = np.concatenate([np.zeros(0, np.uint8), *arrays[name]])
        packed[f"{name}_offset"] = np.cumsum([0] + [len(part) for part in arrays[name]])
    return {f"{kind}/{name}": array for name, array in packed.items()}


def similar_together(msa: np.ndarray) -> np.ndarray:
    """An order of the rows: the query, then always the one most like the last. int [N_rows]."""
    one_hot = (msa[:, :, None] == np.unique(msa)).reshape(len(msa), -1).astype(np.float32)
    agreement = one_hot @ one_hot.T
    order = [0]
    while len(order) < len(msa):
        agreement[:, order[-1]] = -1
        order.append(int(agreement[order[-1]].argmax()))
    return np.array(order)


class CompactDataset(Dataset):
    """The training chains of a file that `compact` wrote. Alignments are random: see `alignment`."""

    def __init__(self, file: Path):
        self._prepared = Path(file)
        with np.load(file) as arrays:
            self._arrays = {name: arrays[name] for name in arrays.files}
        self._tables = Statistics.load(file)
        self._entries: dict[tuple[int, str], list[tuple[str, int]]] = {}
        for kind in (REAL, DEEP):
            for k, place in enumerate(self._arrays[f"{kind}/chain"]):
                self._entries.setdefault((int(place), kind), []).append((kind, k))
        self._index_chains(expanded_chains(self._arrays), "train")

    def refresh(self) -> None:
        """Nothing is added to a file."""

    def has(self, index: int, kind: str) -> bool:
        """Every chain has its query, and a synthetic alignment is drawn when it is wanted."""
        return kind == SYNTHETIC or super().has(index, kind)

    def alignment(self, index: int, kind: str, rng: np.random.Generator | None = None) -> PreparedAlignment:
        """An alignment drawn as `prepare` draws them: a synthetic one, or a real or deep one whole or a subset of its rows.

        Raises ValueError without rng, KeyError if the chain has none of the kind.
        """
        if rng is None:
            raise ValueError("a compact data set has no first alignment: its alignments are drawn at random")
        place, chain = int(self._places[index]), self.chain(index)
        if kind == QUERY:
            return query_only(place, chain.aatype)
        if kind == SYNTHETIC:
            alignment = synthetic_alignment(chain, self._tables, SyntheticConfig.draw(rng), rng)
        else:
            entries = self._entries[place, kind]
            alignment = self._drawn_rows(self._stored(*entries[rng.integers(len(entries))]), kind, rng)
        return PreparedAlignment(place, alignment, coevolution(alignment.msa))

    def _stored(self, kind: str, k: int) -> Alignment:
        shape = int(self._arrays[f"{kind}/n_res"][k]), int(self._arrays[f"{kind}/n_rows"][k])
        rows = {}
        for name in ("msa", "deletions"):
            start, stop = self._arrays[f"{kind}/{name}_offset"][k : k + 2]
            rows[name] = _expanded(self._arrays[f"{kind}/{name}"][start:stop], np.uint8).reshape(shape).T
        return Alignment(np.ascontiguousarray(rows["msa"] >> CODE_SHIFT), np.ascontiguousarray(rows["deletions"]))

    @staticmethod
    def _drawn_rows(whole: Alignment, kind: str, rng: np.random.Generator) -> Alignment:
        if kind == DEEP:
            return whole if rng.integers(1 + SUBSETS) == 0 else random_subset(whole, rng)
        n_rows = len(whole.msa)
        if n_rows < SUBSET_N_ROWS_MIN or rng.integers(2) == 0:
            return whole
        return whole.random_rows(int(n_rows * rng.uniform(*SUBSET_SHARE)), rng)


def _atom_steps() -> np.ndarray:
    """Hundredths of an Å by which each of the 14 atoms is rounded."""
    steps = np.full(14, SIDE_CHAIN_STEP)
    steps[[N, CA, C, O]] = BACKBONE_STEP
    return steps


def _compressed(array: np.ndarray) -> np.ndarray:
    stream = lzma.compress(np.ascontiguousarray(array).tobytes(), format=lzma.FORMAT_RAW, filters=FILTERS)
    return np.frombuffer(stream, np.uint8)


def _expanded(stream: np.ndarray, dtype: type) -> np.ndarray:
    return np.frombuffer(lzma.decompress(stream.tobytes(), format=lzma.FORMAT_RAW, filters=FILTERS), dtype)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--prepared", type=Path, required=True, help="directory that anfinsen.data.prepare wrote")
    parser.add_argument("--output", type=Path, required=True, help="the file, *.npz")
    parser.add_argument("--rows", type=int, default=512, help="at most so many rows of an alignment (default 512)")
    options = parser.parse_args()
    np.savez(options.output, **compact(options.prepared, options.rows))
    print(f"{options.output}: {options.output.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
