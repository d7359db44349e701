"""Writes the data report: markdown and pictures from a prepared data set.

    python -m report.data_report --shared DIR --prepared DIR [--output training/report]

Counts are over the chains that training can see (screened, in a list); what screening took out is counted from the
raw file. Run it from training/.
"""

import argparse
import os
from collections import Counter
from pathlib import Path

import numpy as np

from anfinsen.data.packing import open_directory, unpack_alignment, unpack_chain
from anfinsen.data.structures import Chain, ChainFile, backbone_mask, screened
from report import figures
from report.measures import (
    HELIX, STRAND, contact_precision, missing_atoms, relative_contact_order, secondary_structure)

PARTIAL_SOURCES = ("small_backbone", "scop_ca_cb")
NEFF_EDGES = (1, 3, 10, 30, 100, 400, 1024)
PRECISION_N_RES = (60, 250)


def chain_groups(chains: list[Chain]) -> dict[str, list[Chain]]:
    """Chains by what atoms their source has."""
    return {
        "all atoms": [chain for chain in chains if chain.source not in PARTIAL_SOURCES],
        "N, CA, C only": [chain for chain in chains if chain.source == "small_backbone"],
        "CA, CB only": [chain for chain in chains if chain.source == "scop_ca_cb"]}


def alignment_table(prepared: Path, chains: list[Chain]) -> list[dict]:
    """One row per prepared alignment (random subsets of rows left out): kind, n_rows, Neff, precision."""
    rows, seen = [], set()
    for path in sorted((prepared / "shards").glob("*-*")):
        if path.name.startswith("."):
            continue
        kind = path.name.split("-")[0]
        arrays = open_directory(path)
        for k in range(len(arrays["chain"])):
            place = int(arrays["chain"][k])
            if kind != "synthetic" and (kind, place) in seen:
                continue
            seen.add((kind, place))
            chain = chains[place]
            in_range = PRECISION_N_RES[0] <= len(chain) <= PRECISION_N_RES[1]
            precision = float("nan")
            if in_range:
                scores = unpack_alignment(arrays, k).coevolution.maps[0].astype(np.float32)
                precision = contact_precision(scores, chain)
            rows.append({"kind": kind, "n_rows": int(arrays["n_rows"][k]),
                         "n_effective": float(np.exp(arrays["scale"][k][3])), "precision": precision, "place": place})
    return rows


def precision_table(rows: list[dict]) -> list[tuple[str, str, int, float, float]]:
    """kind, range of Neff, number of alignments, mean precision, standard error; ranges with fewer than 10 left out."""
    table = []
    for kind in figures.ALIGNMENT_KINDS:
        for low, high in zip(NEFF_EDGES, NEFF_EDGES[1:]):
            values = np.array([row["precision"] for row in rows
                               if row["kind"] == kind and low <= row["n_effective"] < high])
            values = values[~np.isnan(values)]
            if len(values) >= 10:
                table.append((kind, f"{low}-{high}", len(values), values.mean(), values.std() / np.sqrt(len(values))))
    return table


def quartiles(values: np.ndarray, digits: int = 0) -> str:
    return " / ".join(f"{value:.{digits}f}" for value in np.nanpercentile(values, [10, 25, 50, 75, 90]))


def markdown_table(header: list[str], rows: list[list[str]]) -> str:
    lines = ["| " + " | ".join(header) + " |", "| " + " | ".join("---" for _ in header) + " |"]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows])


Facts = dict[str, object]


def screening_facts(shared: Path) -> Facts:
    """What screening did to each chain of the raw file."""
    file = ChainFile(shared)
    outcome = Counter(screened(file.chain(k))[1] for k in range(len(file)))
    return {
        "n_chains": len(file), "kept": outcome["kept"], "cut_breaks": outcome["cut at breaks"],
        "cut_length": outcome["cut to length"], "short": outcome["too short"],
        "impossible": outcome["impossible geometry"]}


def composition(chains: list[Chain], lists: np.ndarray, pictures: Path) -> Facts:
    """Sources, lengths and amino acids."""
    per_source = {name: [c for c in chains if c.source == name] for name in sorted({c.source for c in chains})}
    figures.source_mix(
        pictures / "sources.png", {name: len(members) for name, members in per_source.items()},
        {name: sum(map(len, members)) for name, members in per_source.items()})
    groups = chain_groups(chains)
    figures.lengths(pictures / "lengths.png", {name: np.array([len(c) for c in g]) for name, g in groups.items()})
    frequencies = []
    for is_train in (True, False):
        aatype = np.concatenate([chain.aatype for chain, name in zip(chains, lists) if (name == "train") == is_train])
        frequencies.append(np.bincount(aatype, minlength=20) / len(aatype))
    figures.residue_frequencies(pictures / "residues.png", *frequencies)
    n_res = np.array([len(chain) for chain in chains])
    return {
        "n_pieces": len(chains), "residues": int(n_res.sum()), "lengths": quartiles(n_res),
        "short_crop": 100 * (n_res <= 64).mean(), "mid_crop": 100 * (n_res <= 128).mean(),
        "frames": 100 * sum(backbone_mask(c.mask).sum() for c in chains) / n_res.sum(),
        "side_chains": 100 * sum(map(len, groups["all atoms"])) / n_res.sum()}


def gaps(chains: list[Chain], pictures: Path) -> Facts:
    """Missing atoms and residues."""
    full = chain_groups(chains)["all atoms"]
    by_source = {name: [c for c in full if c.source == name] for name in sorted({c.source for c in full})}
    atoms = {name: missing_atoms(members) for name, members in by_source.items()}
    steps = [np.diff(chain.residue_index) for chain in chains]
    breaks = np.array([(step > 1).sum() for step in steps])
    figures.missing(pictures / "missing.png", atoms, breaks)
    residues = [sum(map(len, members)) for members in by_source.values()]
    return {
        "whole": 100 * np.average([shares["whole"] for shares in atoms.values()], weights=residues),
        "unbroken": 100 * (breaks == 0).mean(), "lost": int(sum((step - 1).sum() for step in steps))}


def folds(chains: list[Chain], pictures: Path) -> Facts:
    """Secondary structure and contact order."""
    states = [secondary_structure(chain) for chain in chains if backbone_mask(chain.mask).mean() > 0.5]
    helix = np.array([(state == HELIX).mean() for state in states])
    strand = np.array([(state == STRAND).mean() for state in states])
    figures.secondary_structure(pictures / "secondary-structure.png", helix, strand)
    n_res = np.array([len(chain) for chain in chains])
    order = np.array([relative_contact_order(chain) for chain in chains])
    figures.contact_order(pictures / "contact-order.png", n_res, order)
    residues = [len(state) for state in states]
    return {
        "helix": 100 * np.average(helix, weights=residues), "strand": 100 * np.average(strand, weights=residues),
        "order": quartiles(order, 2), "lone": int((order * n_res < 5).sum())}


def alignment_facts(rows: list[dict], chains: list[Chain], lists: np.ndarray, pictures: Path) -> Facts:
    """Depth of real, synthetic and deep alignments, and what plain coevolution analysis finds in them."""
    by_kind = {kind: [row for row in rows if row["kind"] == kind] for kind in figures.ALIGNMENT_KINDS}
    n_rows = {kind: np.array([row["n_rows"] for row in members]) for kind, members in by_kind.items()}
    n_effective = {kind: np.array([row["n_effective"] for row in members]) for kind, members in by_kind.items()}
    figures.depth(pictures / "depth.png", n_rows, n_effective)
    precision = precision_table(rows)
    figures.precision_by_depth(pictures / "precision.png", precision)
    aligned = {row["place"] for row in by_kind["real"]}
    list_rows = []
    for name in ("train", "validation", "heldout"):
        places = np.flatnonzero(lists == name)
        n_res = [len(chains[place]) for place in places]
        list_rows.append([
            name, str(len(places)), str(len({chains[place].cluster for place in places})), str(sum(n_res)),
            f"{np.median(n_res):.0f}", str(sum(place in aligned for place in places))])
    return {
        "real_rows": quartiles(n_rows["real"]), "real_neff": quartiles(n_effective["real"]),
        "synthetic_neff": quartiles(n_effective["synthetic"]), "aligned": 100 * len(aligned) / len(chains),
        "deep": 100 * (n_effective["real"] >= 30).mean(), "n_real": len(by_kind["real"]),
        "n_synthetic": len(by_kind["synthetic"]), "n_collected": len(by_kind["deep"]),
        "collected_clusters": len({chains[row["place"]].cluster for row in by_kind["deep"]}),
        "collected_neff": quartiles(n_effective["deep"]) if by_kind["deep"] else "none",
        "list_table": markdown_table(
            ["list", "chains", "clusters", "residues", "median length", "with a real alignment"], list_rows),
        "precision_table": markdown_table(
            ["alignments", "Neff", "number", "precision of the top L/5", "standard error"],
            [[kind, span, str(n), f"{mean:.2f}", f"{error:.3f}"] for kind, span, n, mean, error in precision])}


def write_report(shared: Path, prepared: Path, output: Path) -> None:
    """DATA.md and figures/ in the output directory."""
    arrays = open_directory(prepared / "chains")
    chains = [unpack_chain(arrays, k) for k in range(len(arrays["offset"]) - 1)]
    lists = np.array(arrays["list"])
    pictures = output / "figures"
    pictures.mkdir(parents=True, exist_ok=True)
    facts = screening_facts(shared) | composition(chains, lists, pictures) | gaps(chains, pictures)
    facts |= folds(chains, pictures) | alignment_facts(alignment_table(prepared, chains), chains, lists, pictures)
    template = (Path(__file__).parent / "DATA.template.md").read_text()
    (output / "DATA.md").write_text(template.format(**facts))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--shared", type=Path, default=os.environ.get("ANFINSEN_SHARED"), required="ANFINSEN_SHARED" not in os.environ)
    parser.add_argument("--prepared", type=Path, required=True)
    parser.add_argument("--output", type=Path, default=Path(__file__).parent)
    options = parser.parse_args()
    write_report(options.shared, options.prepared, options.output)


if __name__ == "__main__":
    main()
