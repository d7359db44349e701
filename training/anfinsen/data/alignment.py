"""Alignments: the A3M reader, row weights and the effective number of sequences."""

import tarfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anfinsen.data.alphabet import CODE_OF_BYTE

DELETIONS_MAX = 255


@dataclass(frozen=True)
class Alignment:
    """Rows aligned to the query, which is row 0.

    msa: uint8 [N_rows, N_res], codes of alphabet.py. deletions: uint8 [N_rows, N_res], the number of residues of the
    row that were deleted just before a column (clipped at 255).
    """

    msa: np.ndarray
    deletions: np.ndarray

    def __post_init__(self):
        if self.msa.shape != self.deletions.shape or self.msa.ndim != 2:
            raise ValueError(f"alignment {self.msa.shape} does not match deletions {self.deletions.shape}")

    def rows(self, rows: np.ndarray | slice) -> "Alignment":
        return Alignment(self.msa[rows], self.deletions[rows])

    def random_rows(self, n_others: int, rng: np.random.Generator) -> "Alignment":
        """The query and so many of the other rows, or all of them, in their order."""
        others = 1 + np.sort(rng.permutation(len(self.msa) - 1)[:n_others])
        return self.rows(np.concatenate([[0], others]))

    def columns(self, columns: np.ndarray | slice) -> "Alignment":
        return Alignment(self.msa[:, columns], self.deletions[:, columns])


def parse_a3m(text: str) -> Alignment:
    """Reads A3M: lower-case letters are insertions against the query, counted before the column that follows.

    Raises ValueError for an empty file, text before the first header, and rows of unequal length.
    """
    msa, deletions = [], []
    for number, record in enumerate(records(text)):
        letters = np.frombuffer(record.encode("ascii"), np.uint8)
        inserted = (letters >= ord("a")) & (letters <= ord("z"))
        columns = np.flatnonzero(~inserted)
        msa.append(CODE_OF_BYTE[letters[columns]])
        deletions.append(np.minimum(np.diff(columns, prepend=-1) - 1, DELETIONS_MAX).astype(np.uint8))
        if len(columns) != len(msa[0]):
            raise ValueError(f"row {number} has {len(columns)} columns, the query has {len(msa[0])}")
    if not msa:
        raise ValueError("the alignment is empty")
    return Alignment(np.stack(msa), np.stack(deletions))


def records(text: str) -> list[str]:
    """The sequences of a FASTA or A3M text, headers and comments left out. Raises ValueError for text before the first header."""
    found: list[list[str]] = []
    for line in text.splitlines():
        line = line.strip()
        if line.startswith(">"):
            found.append([])
        elif line and not line.startswith("#"):
            if not found:
                raise ValueError(f"text before the first header: {line[:40]!r}")
            found[-1].append(line)
    return ["".join(record) for record in found]


def write_fasta(path: Path, entries: Iterable[tuple[str, str]]) -> None:
    """Writes names and sequences, aligned or not."""
    path.write_text("".join(f">{name}\n{sequence}\n" for name, sequence in entries))


def read_chain_alignments(shared: Path) -> dict[int, Alignment]:
    """All alignments of the chains, by chain index."""
    alignments = {}
    with tarfile.open(Path(shared) / "data" / "alignments" / "chains.a3m.tar.gz") as archive:
        for member in archive:
            if member.name.endswith(".a3m"):
                text = archive.extractfile(member).read().decode("ascii")
                alignments[int(Path(member.name).stem)] = parse_a3m(text)
    return alignments


def row_weights(msa: np.ndarray) -> np.ndarray:
    """w_n = 1 / (number of rows, itself included, that agree with row n in at least 80 % of all columns).

    Every code counts as a letter: a gap agrees with a gap, X with X. The denominator is the number of columns, and the
    comparison is exact: 5 x agreeing >= 4 x columns.
    Example: rows AAAAA, AAAAC and CCCCC: the first two agree in 4 of 5 columns, so the weights are 1/2, 1/2, 1.

    msa uint8 [N_rows, N_res]; returns float64 [N_rows]. The effective number of sequences is their sum.
    """
    n_rows, n_res = msa.shape
    equal = np.zeros((n_rows, n_rows), np.float32)
    for code in np.unique(msa):
        has = (msa == code).astype(np.float32)
        equal += has @ has.T
    return 1.0 / (5 * equal >= 4 * n_res).sum(-1)
