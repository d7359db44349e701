"""Collects what `anchor` and `homologues` read, from clones of public repositories: `python -m anfinsen.data.collect --help`.

A clone of github.com/<owner>/<name> lies at <repositories>/<owner>/<name>. The alignments that splits/deep.tsv names are written one a
file, the protein sequences of each repository in splits/sequences.tsv into one FASTA. FASTA files (.fasta .fa .faa .a3m .aln ...) are
read as they are, in .gz, .zip or .tar archives. What is not there is named and left out: any part of the clones is of use.
"""

import argparse
import csv
import gzip
import re
import tarfile
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from anfinsen.data.alignment import records, write_fasta
from anfinsen.data.split import SPLITS

FASTA = re.compile(r"\.(fasta|fa|faa|fas|fsa|afa|mfa|a2m|a3m|aln|msa|pep)$", re.IGNORECASE)
TAR = re.compile(r"\.(tar|tgz|tar\.(gz|bz2|xz))$", re.IGNORECASE)
NOT_NATURAL = re.compile(r"design|generated|sampled|synthetic", re.IGNORECASE)  # such sequences show the structure they are made for
GAPS = str.maketrans("", "", "-.*")
LETTERS = frozenset("ACDEFGHIKLMNPQRSTVWYBJOUXZ")
NUCLEOTIDES, NUCLEOTIDES_MAX = "ACGTN", 0.8
UNKNOWN_MAX = 0.1
LENGTHS = 30, 2000


def texts(path: Path, name: str) -> Iterator[tuple[str, str]]:
    """The FASTA files in one file, named as in deep.tsv: a packed one without its ending, a tar's member after `::`."""
    if FASTA.search(name):
        yield name, path.read_text("latin-1")
    elif TAR.search(name):
        with tarfile.open(path) as archive:
            for member in archive:
                if member.isfile() and FASTA.search(member.name):
                    yield f"{name}::{member.name}", archive.extractfile(member).read().decode("latin-1")
    elif name.endswith(".zip"):
        with zipfile.ZipFile(path) as archive:
            members = [member for member in archive.namelist() if FASTA.search(member)]
            inner = name.removesuffix(".zip")
            alone = len(members) == 1 and FASTA.search(inner)
            for member in members:
                yield inner if alone else f"{name}::{member}", archive.read(member).decode("latin-1")
    elif name.endswith(".gz") and FASTA.search(name.removesuffix(".gz")):
        with gzip.open(path, "rt", encoding="latin-1") as file:
            yield name.removesuffix(".gz"), file.read()


def repository_texts(clone: Path) -> Iterator[tuple[str, str]]:
    """All FASTA files of a clone by their names. Files that cannot be unpacked are named and left out."""
    for path in sorted(clone.rglob("*")):
        name = path.relative_to(clone).as_posix()
        if not name.startswith(".git/") and path.is_file():
            try:
                yield from texts(path, name)
            except (OSError, EOFError, tarfile.TarError, zipfile.BadZipFile, zlib.error) as error:
                reason, *_ = str(error).splitlines() or [type(error).__name__]
                print(f"{clone.parent.name}/{clone.name}: {name} cannot be read: {reason}")


def proteins(text: str) -> Iterator[str]:
    """Sequences of 30 to 2,000 residues, gaps taken out. None of a text that is not FASTA, no nucleic acids."""
    try:
        found = records(text)
    except ValueError:
        return
    for row in found:
        sequence = row.translate(GAPS).upper()
        n_res = len(sequence)
        if (
            LENGTHS[0] <= n_res <= LENGTHS[1]
            and LETTERS.issuperset(sequence)
            and sum(map(sequence.count, NUCLEOTIDES)) <= NUCLEOTIDES_MAX * n_res
            and sequence.count("X") <= UNKNOWN_MAX * n_res
        ):
            yield sequence


def collect(clone: Path, wanted: set[str], searched: bool, families: Path, sequences: Path) -> tuple[int, int]:
    """Writes one repository's alignments and, if `searched`, its sequences: how many of each."""
    repository = f"{clone.parent.name}+{clone.name}"
    written, distinct = set(), {}
    for name, text in repository_texts(clone):
        if name in wanted:
            (families / f"{repository}+{re.sub('[^A-Za-z0-9._-]', '_', name)}").write_text(text)
            written.add(name)
        if searched and not NOT_NATURAL.search(name):
            distinct.update(dict.fromkeys(proteins(text)))
    if distinct:
        write_fasta(
            sequences / f"{repository}.fasta", ((f"{repository}:{number}", sequence) for number, sequence in enumerate(distinct)))
    return len(written), len(distinct)


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open() as file:
        return list(csv.DictReader(file, delimiter="\t"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--repositories", type=Path, required=True, help="directory of clones, <owner>/<name>")
    parser.add_argument("--splits", type=Path, default=SPLITS)
    parser.add_argument("--families", type=Path, required=True, help="directory for the alignments, as anchor reads them")
    parser.add_argument("--sequences", type=Path, required=True, help="directory for the sequences, as homologues reads them")
    arguments = parser.parse_args()
    wanted: dict[str, set[str]] = {}
    for row in _rows(arguments.splits / "deep.tsv"):
        wanted.setdefault(row["repository"], set()).add(row["alignment"])
    searched = {row["repository"] for row in _rows(arguments.splits / "sequences.tsv")}
    arguments.families.mkdir(parents=True, exist_ok=True)
    arguments.sequences.mkdir(parents=True, exist_ok=True)
    for repository in sorted(wanted.keys() | searched):
        clone = arguments.repositories / repository
        if not clone.is_dir():
            print(f"{repository}: not there")
            continue
        names = wanted.get(repository, set())
        n_alignments, n_sequences = collect(clone, names, repository in searched, arguments.families, arguments.sequences)
        print(f"{repository}: {n_alignments} of {len(names)} alignments, {n_sequences} sequences", flush=True)


if __name__ == "__main__":
    main()
