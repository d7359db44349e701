"""Packed arrays on disk, opened as memory maps.

A prepared directory holds `chains/` (all screened chains of the three lists), `statistics.npz` (statistics.py) and
`shards/<kind>-<number>/` (alignments and their coevolution). Each directory appears under its name only when complete,
so a reader may open them while more are being written.
"""

import os
import shutil
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import Alignment
from anfinsen.data.coevolution import N_MAPS, Coevolution
from anfinsen.data.structures import Chain, mask_of_bits

FORMAT_VERSION = 1


def write_directory(path: Path, arrays: dict[str, np.ndarray]) -> None:
    """One .npy file per array, all visible at once."""
    unfinished = path.with_name(f".{path.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    unfinished.mkdir(parents=True)
    for name, array in {**arrays, "format_version": np.array(FORMAT_VERSION)}.items():
        np.save(unfinished / f"{name}.npy", array)
    os.rename(unfinished, path)


def open_directory(path: Path) -> dict[str, np.ndarray]:
    """The arrays of write_directory, memory-mapped. Raises ValueError if another version wrote them."""
    arrays = {file.stem: np.load(file, mmap_mode="r") for file in path.glob("*.npy")}
    version = int(arrays.pop("format_version"))
    if version != FORMAT_VERSION:
        raise ValueError(f"{path} has format {version}, this code reads {FORMAT_VERSION}: prepare again")
    return arrays


def pack_chains(chains: list[Chain], lists: list[str]) -> dict[str, np.ndarray]:
    """Chains end to end; `offset` [chains + 1] divides the residues, `list` names each chain's list."""
    masks = [(chain.mask * (1 << np.arange(14))).sum(-1).astype(np.uint16) for chain in chains]
    return {
        "id": np.array([chain.id for chain in chains]),
        "source": np.array([chain.source for chain in chains]),
        "list": np.array(lists),
        "cluster": np.array([chain.cluster for chain in chains], np.int32),
        "chain_index": np.array([chain.chain_index for chain in chains], np.int32),
        "start": np.array([chain.start for chain in chains], np.int32),
        "offset": np.cumsum([0] + [len(chain) for chain in chains]).astype(np.int64),
        "aatype": np.concatenate([chain.aatype for chain in chains]),
        "residue_index": np.concatenate([chain.residue_index for chain in chains]),
        "atom14_mask": np.concatenate(masks),
        "atom14_centiangstrom": np.concatenate(
            [np.rint(chain.positions * 100).astype(np.int16) for chain in chains]),
    }


def unpack_chain(arrays: dict[str, np.ndarray], k: int) -> Chain:
    """Chain k of pack_chains."""
    residues = slice(int(arrays["offset"][k]), int(arrays["offset"][k + 1]))
    return Chain(
        str(arrays["id"][k]), str(arrays["source"][k]), int(arrays["cluster"][k]), int(arrays["chain_index"][k]),
        int(arrays["start"][k]), np.asarray(arrays["aatype"][residues]), np.asarray(arrays["residue_index"][residues]),
        arrays["atom14_centiangstrom"][residues].astype(np.float32) / 100,
        mask_of_bits(arrays["atom14_mask"][residues]))


@dataclass(frozen=True)
class PreparedAlignment:
    """An alignment of one chain (its place in `chains/`) with the coevolution of exactly these rows."""

    chain: int
    alignment: Alignment
    coevolution: Coevolution


def pack_alignments(entries: list[PreparedAlignment]) -> dict[str, np.ndarray]:
    """Alignments end to end, maps in half precision."""
    n_res = np.array([entry.alignment.msa.shape[1] for entry in entries], np.int64)
    n_rows = np.array([entry.alignment.msa.shape[0] for entry in entries], np.int64)
    return {
        "chain": np.array([entry.chain for entry in entries], np.int32),
        "n_res": n_res,
        "n_rows": n_rows,
        "row_offset": np.concatenate([[0], np.cumsum(n_rows * n_res)]),
        "map_offset": np.concatenate([[0], np.cumsum(N_MAPS * n_res * n_res)]),
        "msa": np.concatenate([entry.alignment.msa.ravel() for entry in entries]),
        "deletions": np.concatenate([entry.alignment.deletions.ravel() for entry in entries]),
        "maps": np.concatenate([entry.coevolution.maps.astype(np.float16).ravel() for entry in entries]),
        "scale": np.stack([entry.coevolution.scale for entry in entries]),
    }


def unpack_alignment(arrays: dict[str, np.ndarray], k: int) -> PreparedAlignment:
    """Entry k of pack_alignments; its arrays are still memory-mapped, the maps in half precision."""
    n_rows, n_res = int(arrays["n_rows"][k]), int(arrays["n_res"][k])
    rows = slice(int(arrays["row_offset"][k]), int(arrays["row_offset"][k + 1]))
    maps = arrays["maps"][int(arrays["map_offset"][k]):int(arrays["map_offset"][k + 1])]
    alignment = Alignment(arrays["msa"][rows].reshape(n_rows, n_res), arrays["deletions"][rows].reshape(n_rows, n_res))
    return PreparedAlignment(
        int(arrays["chain"][k]), alignment, Coevolution(maps.reshape(N_MAPS, n_res, n_res), arrays["scale"][k]))
