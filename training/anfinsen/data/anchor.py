"""Puts family alignments onto training chains: `python -m anfinsen.data.anchor --help`. Needs HMMER 3 (`hmmbuild` and so on).

A directory of family alignments, aligned FASTA or A3M, becomes <chain index>.a3m for `prepare --deep`. Each family gives a
profile; a chain that it hits (E < 1e-8, 60 % of the chain) is aligned to the profile, and the family's rows follow. A
family whose profile hits a CASP target (E < 1e-3) is left out; so are chains that are not on the training list.
"""

import argparse
import subprocess
import tempfile
from collections import Counter, defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import records, write_fasta
from anfinsen.data.alphabet import GAP, decode, encode
from anfinsen.data.split import add_data_options, training_chains

E_VALUE_MAX = 1e-8
CASP_E_VALUE_MAX = 1e-3
COVERAGE_MIN = 0.6
ROW_COVERAGE_MIN = 0.5
FAMILY_ROWS_MIN = 150
FAMILY_ROWS_MAX = 20_000
PROFILE_ROWS_MAX = 1500
COLUMN_OCCUPANCY_MIN = 0.2
CHAINS_PER_CLUSTER = 3


@dataclass(frozen=True)
class Family:
    """Rows over the columns that a fifth of them have: uint8 [N_rows, columns], which are the profile's match states."""

    name: str
    rows: np.ndarray
    profile: Path


@dataclass(frozen=True)
class Hit:
    chain: int
    bits: float


def read_rows(path: Path) -> np.ndarray:
    """Different rows of an aligned FASTA or A3M file, insertions left out: uint8 [N_rows, columns]."""
    kept = (
        "".join(letter for letter in row if not letter.islower() and letter != ".") for row in records(path.read_text())
    )
    kept = list(dict.fromkeys(kept))
    if not kept:
        return np.zeros((0, 0), np.uint8)
    length = Counter(map(len, kept)).most_common(1)[0][0]
    return np.stack([encode(row) for row in kept if len(row) == length])


def build_family(path: Path, directory: Path) -> Family | None:
    """The family and its profile in `directory`; None if fewer than 150 rows are left."""
    rows = read_rows(path)
    if len(rows) < FAMILY_ROWS_MIN:
        return None
    rows = rows[:, (rows != GAP).mean(0) >= COLUMN_OCCUPANCY_MIN]
    rows = rows[(rows != GAP).mean(1) > 0.3][:FAMILY_ROWS_MAX]
    if len(rows) < FAMILY_ROWS_MIN:
        return None
    chosen = np.sort(np.random.default_rng(0).permutation(len(rows))[:PROFILE_ROWS_MAX])
    alignment, profile = directory / f"{path.stem}.afa", directory / f"{path.stem}.hmm"
    write_fasta(alignment, [(f"r{k}", decode(rows[k])) for k in chosen])
    _run("hmmbuild", "--amino", "--symfrac", "0", "-n", path.stem, str(profile), str(alignment))
    return Family(path.stem, rows, profile)


def search(family: Family, sequences: Path, e_value: float, coverage: float) -> list[Hit]:
    """Sequences, named by numbers, that the profile hits in one domain of at least that share of the sequence; best first."""
    with tempfile.NamedTemporaryFile(suffix=".dom") as table:
        _run("hmmsearch", "--noali", "-E", str(e_value), "--domtblout", table.name, str(family.profile), str(sequences))
        lines = [line.split() for line in Path(table.name).read_text().splitlines() if not line.startswith("#")]
    hits: dict[int, Hit] = {}
    for line in lines:
        chain, length, e, bits = int(line[0]), int(line[2]), float(line[12]), float(line[13])
        covered = (int(line[18]) - int(line[17]) + 1) / length
        if e <= e_value and covered >= coverage and (chain not in hits or bits > hits[chain].bits):
            hits[chain] = Hit(chain, bits)
    return sorted(hits.values(), key=lambda hit: -hit.bits)


def anchored(family: Family, sequence: str) -> np.ndarray:
    """The family over the chain's residues, the chain first; rows that have half of them: uint8 [N_rows, N_res]."""
    aligned = _run("hmmalign", "--outformat", "A2M", str(family.profile), "-", text=f">query\n{sequence}\n")
    letters = records(aligned)[0].replace(".", "")
    columns, column = [], 0
    for letter in letters:
        if letter.isupper():
            columns.append(column)
        elif letter != "-":
            columns.append(-1)
        column += letter.isupper() or letter == "-"
    places = np.array(columns)
    rows = np.where(places >= 0, family.rows[:, np.maximum(places, 0)], GAP)
    rows = rows[(rows != GAP).mean(1) >= ROW_COVERAGE_MIN]
    return np.concatenate([encode(sequence)[None], rows])


def anchor(families: Path, shared: Path, splits: Path, output: Path) -> None:
    """Writes the alignments and prints a line for each: chain, family, rows."""
    chains = training_chains(shared, splits)
    output.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        scratch = Path(name)
        of_chains, of_casp = scratch / "chains.fasta", scratch / "casp.fasta"
        write_fasta(of_chains, [(str(k), decode(chain.aatype)) for k, chain in chains.items()])
        casp = sorted((shared / "data" / "casp").glob("T*/*.fasta"))
        write_fasta(of_casp, [(str(k), records(path.read_text())[0]) for k, path in enumerate(casp)])
        best: dict[int, tuple[float, Family]] = {}
        for path in sorted(path for path in families.iterdir() if path.is_file()):
            family = build_family(path, scratch)
            if family is None or search(family, of_casp, CASP_E_VALUE_MAX, 0.0):
                continue
            taken: dict[int, int] = defaultdict(int)
            for hit in search(family, of_chains, E_VALUE_MAX, COVERAGE_MIN):
                cluster = chains[hit.chain].cluster
                if taken[cluster] < CHAINS_PER_CLUSTER and hit.bits > best.get(hit.chain, (0.0, family))[0]:
                    taken[cluster] += 1
                    best[hit.chain] = hit.bits, family
        for k, (_, family) in sorted(best.items()):
            rows = anchored(family, decode(chains[k].aatype))
            write_fasta(output / f"{k}.a3m", [(str(n), decode(row)) for n, row in enumerate(rows)])
            print(f"{k}\t{chains[k].id}\t{family.name}\t{len(rows)}", flush=True)


def _run(*command: str, text: str | None = None) -> str:
    return subprocess.run(command, input=text, text=True, check=True, capture_output=True).stdout


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--families", type=Path, required=True, help="directory of family alignments")
    add_data_options(parser)
    parser.add_argument("--output", type=Path, required=True, help="directory for <chain index>.a3m")
    options = parser.parse_args()
    anchor(options.families, options.shared, options.splits, options.output)


if __name__ == "__main__":
    main()
