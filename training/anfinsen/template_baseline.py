"""Measures what the nearest known sequence alone would give: `python -m anfinsen.template_baseline --help`.

Each target of `anfinsen.evaluate` is searched for among the training chains (MMseqs2, one sequence against another, at its most
sensitive); the chain with the lowest E-value, however high, lends its coordinates where their local alignment pairs residues.
The rest of the target has none: such residues count as wrong in TM-score, GDT_TS and lDDT. With `--beside`, the network's
figures of the same domains stand in the same table. Needs `mmseqs`.
"""

import argparse
import json
import math
import subprocess
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import write_fasta
from anfinsen.data.alphabet import decode
from anfinsen.data.dataset import Dataset
from anfinsen.data.structures import CA, Chain
from anfinsen.evaluate import QUERY_ONLY, add_target_options, targets
from anfinsen.scores import lddt_ca, similarity
from anfinsen.targets import Domain, Target

TEMPLATE = "template"
HOMOLOGUE_E_VALUE = 1e-3
# Lets unrelated chains through as well: some chain is always the nearest.
E_VALUE_MAX = 1e6
COLUMNS = ("query", "target", "evalue", "fident", "qstart", "tstart", "qaln", "taln")


@dataclass(frozen=True)
class Hit:
    """A local alignment of a target with a training chain: pairs of places [n] in the one and in the other.

    `chain` is None, and nothing paired, for a target unlike every chain.
    """

    chain: int | None
    e_value: float
    identity: float
    target_places: np.ndarray
    chain_places: np.ndarray


NO_HIT = Hit(None, math.inf, 0.0, np.empty(0, int), np.empty(0, int))


@dataclass(frozen=True)
class TemplateScores:
    """One line of the result, named as evaluate's. `covered`: share of the domain's residues that have a position.

    RMSD is over these residues only, and NaN for fewer than three.
    """

    list: str
    mode: str
    name: str
    n_res: int
    template: str | None
    e_value: float
    identity: float
    covered: float
    tm_score: float
    gdt_ts: float
    lddt: float
    rmsd: float


def nearest(queries: dict[str, str], chains: Iterable[str], threads: int = 1) -> dict[str, Hit]:
    """The hit with the lowest E-value of each query; chains are named by their place.

    Raises FileNotFoundError without MMseqs2, CalledProcessError if it fails.
    """
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        write_fasta(directory / "queries.fasta", queries.items())
        write_fasta(directory / "chains.fasta", ((str(k), chain) for k, chain in enumerate(chains)))
        command = ["mmseqs", "easy-search", "queries.fasta", "chains.fasta", "hits.tsv", "work"]
        options = {
            "-s": 7.5,
            "--min-ungapped-score": 0,
            "--alignment-mode": 3,
            "-e": f"{E_VALUE_MAX:g}",
            "--max-seqs": 100_000,
            "--threads": threads,
            "--format-output": ",".join(COLUMNS),
            "-v": 1,
        }
        subprocess.run([*command, *(str(part) for pair in options.items() for part in pair)], cwd=directory, check=True)
        best: dict[str, Hit] = {}
        for line in (directory / "hits.tsv").read_text().splitlines():
            query, chain, e_value, identity, *alignment = line.split("\t")
            if query not in best or float(e_value) < best[query].e_value:
                best[query] = Hit(int(chain), float(e_value), float(identity), *paired_places(*alignment))
        return best


def paired_places(query_start: str, chain_start: str, query_row: str, chain_row: str) -> tuple[np.ndarray, np.ndarray]:
    """Places, from 0, of the residues that stand above each other; starts count from 1, rows have gaps as `-`."""
    query, chain = (np.array(list(row)) != "-" for row in (query_row, chain_row))
    both = query & chain
    return int(query_start) - 1 + np.cumsum(query)[both] - 1, int(chain_start) - 1 + np.cumsum(chain)[both] - 1


def carried_over(hit: Hit, chain: Chain | None, n_res: int) -> np.ndarray:
    """C-alpha positions [n_res, 3] in Å of the target, NaN where the alignment or the chain has none."""
    positions = np.full((n_res, 3), np.nan)
    if chain is None:
        return positions
    known = chain.mask[hit.chain_places, CA]
    positions[hit.target_places[known]] = chain.positions[hit.chain_places[known], CA]
    return positions


def score(list_name: str, domain: Domain, positions: np.ndarray, hit: Hit, template: str | None) -> TemplateScores:
    """Scores of one domain; residues without a native C-alpha count for nothing, as in evaluate."""
    native = domain.atoms[:, CA]
    known = ~np.isnan(native).any(-1)
    predicted, native = positions[domain.residues][known], native[known]
    covered = ~np.isnan(predicted).any(-1)
    tm_score, gdt_ts, rmsd = 0.0, 0.0, math.nan
    if covered.sum() >= 3:
        alike = similarity(predicted[covered], native[covered], n_native=len(native))
        tm_score, gdt_ts, rmsd = alike.tm_score, alike.gdt_ts, alike.rmsd
    return TemplateScores(
        list=list_name,
        mode=TEMPLATE,
        name=domain.name,
        n_res=len(domain.residues),
        template=template,
        e_value=hit.e_value,
        identity=hit.identity,
        covered=float(covered.mean()),
        tm_score=tm_score,
        gdt_ts=gdt_ts,
        lddt=float(lddt_ca(predicted, native).mean()),
        rmsd=rmsd,
    )


def table(rows: list[TemplateScores], network_rows: list[dict]) -> str:
    """Markdown: for all domains of a list, those with a homologue and those without, each method on the same domains."""
    lines = ["| list | nearest chain | method | domains | covered | TM | GDT_TS | lDDT |", "|" + " --- |" * 8]
    for list_name in dict.fromkeys(row.list for row in rows):
        of_list = [row for row in rows if row.list == list_name]
        for title, chosen in (
            ("any", of_list),
            (f"E < {HOMOLOGUE_E_VALUE:g}", [row for row in of_list if row.e_value < HOMOLOGUE_E_VALUE]),
            (f"E >= {HOMOLOGUE_E_VALUE:g}", [row for row in of_list if row.e_value >= HOMOLOGUE_E_VALUE]),
        ):
            if chosen:
                names = {row.name for row in chosen}
                beside = [row for row in network_rows if row["list"] == list_name and row["name"] in names]
                lines += _lines(f"| {list_name} | {title} |", [asdict(row) for row in chosen] + beside)
    return "\n".join(lines)


def _lines(start: str, rows: list[dict]) -> list[str]:
    lines = []
    for mode in dict.fromkeys(row["mode"] for row in rows):
        chosen = [row for row in rows if row["mode"] == mode]
        values = (np.mean([row.get(name, 1.0) for row in chosen]) for name in ("covered", "tm_score", "gdt_ts", "lddt"))
        method = mode if mode == TEMPLATE else f"network, {mode}"
        lines.append(f"{start} {method} | {len(chosen)} | " + " | ".join(f"{value:.3f}" for value in values) + " |")
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_target_options(parser)
    parser.add_argument("--output", type=Path, required=True, help="JSON lines, one per scored domain")
    parser.add_argument("--beside", type=Path, help="what anfinsen.evaluate wrote: only its domains are measured")
    parser.add_argument("--threads", type=int, default=1, help="of MMseqs2 (default 1)")
    # Features are not used, so they may be as small as can be.
    parser.set_defaults(n_seq=1, n_extra=1, seed=0)
    arguments = parser.parse_args()

    network_rows = [json.loads(line) for line in arguments.beside.read_text().splitlines()] if arguments.beside else []
    wanted = {(row["list"], row["name"]) for row in network_rows}
    training = Dataset(arguments.prepared, "train")
    chosen: list[tuple[str, Target, list[Domain]]] = []
    for list_name in arguments.lists:
        for target in targets(arguments, list_name, QUERY_ONLY):
            domains = [domain for domain in target.domains if not arguments.beside or (list_name, domain.name) in wanted]
            if domains:
                chosen.append((list_name, target, domains))
    hits = nearest(
        {target.name: decode(target.features["aatype"]) for _, target, _ in chosen},
        (decode(training.chain(k).aatype) for k in range(len(training))),
        arguments.threads,
    )
    rows: list[TemplateScores] = []
    for list_name, target, domains in chosen:
        hit = hits.get(target.name, NO_HIT)
        chain = None if hit.chain is None else training.chain(hit.chain)
        positions = carried_over(hit, chain, len(target.features["aatype"]))
        rows += [score(list_name, domain, positions, hit, chain.id if chain else None) for domain in domains]
    arguments.output.write_text("".join(json.dumps(asdict(row)) + "\n" for row in rows))
    print(table(rows, network_rows))


if __name__ == "__main__":
    main()
