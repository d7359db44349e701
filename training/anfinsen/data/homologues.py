"""Searches homologues of training chains in any protein sequences: `python -m anfinsen.data.homologues --help`. Needs MMseqs2.

A directory of FASTA files (also .gz) becomes <chain index>.a3m for `prepare --deep`: three iterations of a profile search
(E < 1e-3; only rows of E < 1e-4 enter the profile), rows of half the chain and at most 90 % identity to each other, chains with
fewer than 100 rows left out, at most three chains of a cluster. Only chains of the training list are searched.
"""

import argparse
import os
import shutil
import subprocess
import tempfile
from collections import Counter
from pathlib import Path

from anfinsen.data.alignment import write_fasta
from anfinsen.data.alphabet import decode
from anfinsen.data.deep import N_ROWS_MIN
from anfinsen.data.split import add_data_options, training_chains

CHAINS_PER_CLUSTER = 3
SEARCH = {
    "--num-iterations": 3, "-s": 5.7, "-e": 1e-3, "--e-profile": 1e-4, "--max-seqs": 3000, "-c": 0.5, "--cov-mode": 2}
ALIGNMENT = {
    "--msa-format-mode": 5, "--filter-msa": 1, "--max-seq-id": 0.9, "--cov": 0.5, "--diff": 2000,
    "--filter-min-enable": 500}


def homologues(
    queries: dict[int, str], clusters: dict[int, int], sequences: list[Path], output: Path, scratch: Path, threads: int,
) -> dict[int, int]:
    """Writes <number>.a3m of each query that has 100 rows, the deepest three of a cluster; the numbers of rows, most first."""
    output.mkdir(parents=True, exist_ok=True)
    write_fasta(scratch / "queries.fasta", ((str(k), sequence) for k, sequence in queries.items()))
    _mmseqs(scratch, "createdb", "queries.fasta", "queries")
    _mmseqs(scratch, "createdb", *(str(path.resolve()) for path in sequences), "sequences")
    _mmseqs(scratch, "search", "queries", "sequences", "found", "work", "-a", **SEARCH, **{"--threads": threads})
    _mmseqs(scratch, "result2msa", "queries", "sequences", "found", "aligned", **ALIGNMENT, **{"--threads": threads})
    (scratch / "a3m").mkdir()
    _mmseqs(scratch, "unpackdb", "aligned", "a3m", **{"--unpack-name-mode": 0, "--unpack-suffix": ".a3m"})
    found = {}
    for line in (scratch / "queries.lookup").read_text().splitlines():
        key, number, _ = line.split("\t")
        path = scratch / "a3m" / f"{key}.a3m"
        found[int(number)] = path.read_text().count(">"), path
    rows: dict[int, int] = {}
    taken: Counter[int] = Counter()
    for number, (n_rows, path) in sorted(found.items(), key=lambda item: -item[1][0]):
        if n_rows >= N_ROWS_MIN and taken[clusters[number]] < CHAINS_PER_CLUSTER:
            taken[clusters[number]] += 1
            rows[number] = n_rows
            shutil.copyfile(path, output / f"{number}.a3m")
    return rows


def _mmseqs(directory: Path, *command: str, **options: float | str) -> None:
    flags = [str(part) for pair in {**options, "-v": 1}.items() for part in pair]
    subprocess.run(["mmseqs", *command, *flags], cwd=directory, check=True, stdout=subprocess.DEVNULL)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sequences", type=Path, required=True, help="directory of FASTA files, *.fasta or *.fasta.gz")
    add_data_options(parser)
    parser.add_argument("--output", type=Path, required=True, help="directory for <chain index>.a3m")
    parser.add_argument("--threads", type=int, default=os.cpu_count())
    options = parser.parse_args()
    paths = sorted([*options.sequences.glob("*.fasta"), *options.sequences.glob("*.fasta.gz")])
    if not paths:
        parser.error(f"no *.fasta or *.fasta.gz in {options.sequences}")
    chains = training_chains(options.shared, options.splits)
    with tempfile.TemporaryDirectory() as name:
        rows = homologues(
            {k: decode(chain.aatype) for k, chain in chains.items()}, {k: chain.cluster for k, chain in chains.items()},
            paths, options.output, Path(name), options.threads)
    for k, n_rows in rows.items():
        print(f"{k}\t{chains[k].id}\t{n_rows}")


if __name__ == "__main__":
    main()
