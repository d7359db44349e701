"""CASP targets, for evaluation only: features of a whole target and the native atoms of its domains."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import parse_a3m
from anfinsen.data.coevolution import N_ROWS_MAX, coevolution
from anfinsen.data.featurise import msa_features, target_features
from anfinsen.data.structures import C, CA, CB, N, O

ATOM_SLOTS = {"N": N, "CA": CA, "C": C, "O": O, "CB": CB}


@dataclass(frozen=True)
class Native:
    """A domain's experimental N, CA, C, O, CB in the atom14 slots of the whole target.

    positions float32 [N_res, 14, 3] in Å, mask float32 [N_res, 14]; side chains beyond CB are left out.
    """

    positions: np.ndarray
    mask: np.ndarray


def casp_names(directory: Path) -> list[str]:
    """What can be predicted: targets with an alignment, else (T####-D#) the domains with a sequence of their own."""
    names = []
    for target in sorted(path for path in Path(directory).glob("T*") if path.is_dir()):
        if (target / f"{target.name}.a3m").exists():
            names.append(target.name)
        else:
            names += sorted(path.stem for path in target.glob(f"{target.name}-D*.fasta"))
    return names


def casp_target(
    directory: Path, name: str, n_seq: int, n_extra: int, rng: np.random.Generator | None = None,
    query_only: bool = False,
) -> tuple[dict[str, np.ndarray], dict[str, Native]]:
    """Features of a target as in Dataset.full_chain (no labels), and the natives of its domains by name.

    name: one of casp_names. At most the first 1,024 rows of the alignment are used. Without rng the rows keep their
    order. Raises ValueError if a native does not fit the sequence.
    """
    folder = Path(directory) / name.split("-")[0]
    is_domain = "-" in name
    alignment = parse_a3m((folder / f"{name}.{'fasta' if is_domain else 'a3m'}").read_text())
    alignment = alignment.rows(slice(1 if query_only else N_ROWS_MAX))
    aatype = alignment.msa[0]
    features = msa_features(alignment, n_seq, n_extra, rng)
    del features["true_msa"], features["bert_mask"]
    features |= {
        "target_feat": target_features(aatype),
        "residue_index": np.arange(len(aatype), dtype=np.int64),
        "aatype": aatype.astype(np.int64),
        "seq_mask": np.ones(len(aatype), np.float32),
        "coevolution": coevolution(alignment.msa).features(),
    }
    files = [folder / f"{name}.pdb"] if is_domain else sorted(folder.glob(f"{name}-D*.pdb"))
    natives = {file.stem: read_native(file, len(aatype)) for file in files}
    return features, natives


def read_native(file: Path, n_res: int) -> Native:
    """Reads the ATOM records of a domain.

    A domain with as many residues as the sequence is placed one after another, any other by residue number: some files
    number a fragment as in the whole protein. Raises ValueError for a number outside the sequence.
    """
    lines = [line for line in file.read_text().splitlines() if line.startswith("ATOM") and line[16] in " A"]
    numbers = list(dict.fromkeys(line[22:27] for line in lines))
    if len(numbers) == n_res:
        place = {number: k for k, number in enumerate(numbers)}
    else:
        place = {number: int(number[:4]) - 1 for number in numbers}
    outside = [number.strip() for number, k in place.items() if not 0 <= k < n_res]
    if outside:
        raise ValueError(f"{file.name}: residue {outside[0]} is outside a sequence of {n_res}")
    positions, mask = np.zeros((n_res, 14, 3), np.float32), np.zeros((n_res, 14), np.float32)
    for line in lines:
        slot = ATOM_SLOTS.get(line[12:16].strip())
        if slot is not None:
            positions[place[line[22:27]], slot] = [float(line[start:start + 8]) for start in (30, 38, 46)]
            mask[place[line[22:27]], slot] = 1
    return Native(positions, mask)
