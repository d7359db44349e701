"""What a network is measured on: chains of our lists and CASP targets, each with features and its native structure."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import Alignment, parse_a3m
from anfinsen.data.alphabet import RESTYPES, encode
from anfinsen.data.coevolution import Coevolution, coevolution
from anfinsen.data.dataset import REAL, Dataset, query_only
from anfinsen.data.featurise import msa_features, target_features
from anfinsen.data.structures import pseudo_beta
from anfinsen.residue_constants import RESIDUES

ALIGNMENT = "alignment"
N_ROWS_MAX = 1024
ATOMS = ("N", "CA", "C", "O", "CB")
ONE_LETTER = dict(zip(RESIDUES, RESTYPES))


@dataclass(frozen=True)
class Domain:
    """A scored part of a target: places in its sequence [n], and native positions N, CA, C, O, CB [n, 5, 3] in Å.

    An unknown atom is NaN. `beta` is C-beta, C-alpha of glycine.
    """

    name: str
    residues: np.ndarray
    atoms: np.ndarray
    beta: np.ndarray


@dataclass(frozen=True)
class Target:
    """A sequence with one alignment; features as AlphaFoldIteration takes them, without a batch axis."""

    name: str
    mode: str
    n_effective: float
    features: dict[str, np.ndarray]
    coevolution: Coevolution
    domains: list[Domain]


def features_of(
    alignment: Alignment, residue_index: np.ndarray, coevolving: Coevolution, n_seq: int, n_extra: int, seed: int
) -> dict[str, np.ndarray]:
    """Network input of a whole sequence, nothing masked. Rows beyond `n_seq` are drawn at random, as in training."""
    aatype = alignment.msa[0]
    features = msa_features(_shuffled(alignment, seed), n_seq, n_extra, rng=None)
    del features["true_msa"], features["bert_mask"]
    features |= {
        "target_feat": target_features(aatype),
        "residue_index": residue_index.astype(np.int64),
        "aatype": aatype.astype(np.int64),
        "seq_mask": np.ones(len(aatype), np.float32),
        "coevolution": coevolving.features(),
    }
    for mask, rows in (("msa_mask", "msa_feat"), ("extra_msa_mask", "extra_msa_feat")):
        present = features[mask].any(-1)
        features[mask], features[rows] = features[mask][present], features[rows][present]
    return features


def chain_targets(
    prepared: Path, list_name: str, mode: str, n_seq: int, n_extra: int, n_res_max: int, limit: int, seed: int
) -> Iterator[Target]:
    """Chains with known backbone of "validation" or "heldout" that have a real alignment, whichever mode is asked for."""
    dataset = Dataset(prepared, list_name)
    n_found = 0
    for index in range(len(dataset)):
        chain = dataset.chain(index)
        known = chain.mask[:, :3].all(-1)
        if n_found == limit or len(chain) > n_res_max or known.mean() < 0.9 or not dataset.has(index, REAL):
            continue
        n_found += 1
        yield chain_target(dataset, index, mode, n_seq, n_extra, seed)


def chain_target(dataset: Dataset, index: int, mode: str, n_seq: int, n_extra: int, seed: int) -> Target:
    """One chain of a list. Raises KeyError if its alignment is asked for and it has none."""
    chain = dataset.chain(index)
    prepared = dataset.alignment(index, REAL) if mode == ALIGNMENT else query_only(index, chain.aatype)
    features = features_of(prepared.alignment, chain.residue_index, prepared.coevolution, n_seq, n_extra, seed)
    beta, beta_known = pseudo_beta(chain.aatype, chain.positions, chain.mask)
    atoms = np.where(chain.mask[..., None], chain.positions, np.nan)[:, : len(ATOMS)]
    domain = Domain(chain.id, np.arange(len(chain)), atoms, np.where(beta_known[:, None], beta, np.nan))
    n_effective = float(np.exp(prepared.coevolution.scale[-1]))
    return Target(chain.id, mode, n_effective, features, prepared.coevolution, [domain])


def casp_targets(
    shared: Path, mode: str, n_seq: int, n_extra: int, n_res_max: int, limit: int, seed: int
) -> Iterator[Target]:
    """CASP13/14 targets that have an alignment, with the domains that have a native structure."""
    n_found = 0
    for directory in sorted((shared / "data" / "casp").glob("T*")):
        path = directory / f"{directory.name}.a3m"
        if n_found == limit or not path.exists():
            continue
        alignment = parse_a3m(path.read_text())
        if alignment.msa.shape[1] > n_res_max:
            continue
        n_found += 1
        alignment = alignment.rows(slice(N_ROWS_MAX if mode == ALIGNMENT else 1))
        coevolving = coevolution(alignment.msa)
        residue_index = np.arange(alignment.msa.shape[1])
        features = features_of(alignment, residue_index, coevolving, n_seq, n_extra, seed)
        domains = [read_domain(pdb, alignment.msa[0]) for pdb in sorted(directory.glob(f"{directory.name}-D*.pdb"))]
        yield Target(directory.name, mode, float(np.exp(coevolving.scale[-1])), features, coevolving, domains)


def read_domain(path: Path, sequence: np.ndarray) -> Domain:
    """A native domain, placed in the target's sequence by residue number, which counts from 1.

    A domain with as many residues as the sequence is placed in order: some fragments (T1080) are numbered as in the whole
    protein. Raises ValueError for a number outside the sequence, or where over 5 % of residues are of another type.
    """
    residues: dict[int, np.ndarray] = {}
    types: dict[int, str] = {}
    for line in path.read_text().splitlines():
        if line.startswith("ENDMDL"):
            break
        name = line[12:16].strip()
        if line.startswith("ATOM") and line[16] in " A" and name in ATOMS:
            number = int(line[22:26])
            atoms = residues.setdefault(number, np.full((len(ATOMS), 3), np.nan))
            atoms[ATOMS.index(name)] = [float(line[start : start + 8]) for start in (30, 38, 46)]
            types[number] = line[17:20]
    numbers = np.array(sorted(residues))
    atoms = np.stack([residues[number] for number in numbers])
    expected = "".join(ONE_LETTER.get(types[number], "X") for number in numbers)
    places = np.arange(len(sequence)) if len(numbers) == len(sequence) else numbers - 1
    if places.min() < 0 or places.max() >= len(sequence):
        raise ValueError(f"{path}: residues {numbers[0]} to {numbers[-1]} in a sequence of {len(sequence)}")
    wrong = (encode(expected) != sequence[places]).sum()
    if wrong > 0.05 * len(numbers):
        raise ValueError(f"{path}: {wrong} of {len(numbers)} residues are not those of the sequence")
    glycine = np.array([types[number] == "GLY" for number in numbers])
    beta = np.where(glycine[:, None], atoms[:, ATOMS.index("CA")], atoms[:, ATOMS.index("CB")])
    return Domain(path.stem, places, atoms, beta)


def _shuffled(alignment: Alignment, seed: int) -> Alignment:
    n_rows = len(alignment.msa)
    order = np.concatenate([[0], 1 + np.random.default_rng(seed).permutation(n_rows - 1)])
    return alignment.rows(order)
