"""Measures a network on validation, held-out and CASP targets: `python -m anfinsen.evaluate --help`.

Every target is predicted with its alignment and with its query alone. Contacts of DCA (the coevolution map of the same
alignment) stand beside the network's. Writes one JSON line per scored domain and prints the means as a Markdown table.
"""

import argparse
import dataclasses
import json
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor

from anfinsen.configuration import read_config
from anfinsen.distogram_folding import Descent, Folding
from anfinsen.expected_lddt import expected_lddt
from anfinsen.loss.distogram_loss import N_BINS, distance_breaks, distogram_bins
from anfinsen.network.alphafold_iteration import AlphaFoldIteration, passes
from anfinsen.network.config import NetworkConfig
from anfinsen.parameters import from_arrays, read_arrays
from anfinsen.scores import contact_precision, lddt_ca, similarity
from anfinsen.secondary_structure import HELIX, STRAND, backbone_geometry, in_sheet, secondary_structure
from anfinsen.targets import ALIGNMENT, Domain, Target, casp_targets, chain_targets

CONTACT_ANGSTROM = 8.0
QUERY_ONLY = "query only"
LISTS = ("validation", "heldout", "casp")


@dataclass(frozen=True)
class Prediction:
    """Of a whole target: backbone N, CA, C [N_res, 3, 3] in Å, pLDDT 0 to 100, distogram probabilities [.., 64]."""

    backbone: np.ndarray
    plddt: np.ndarray
    distogram: np.ndarray

    def contact_probability(self) -> np.ndarray:
        """Mass of the bins below 8 Å: [N_res, N_res]. The bin that holds 8 Å itself is left out."""
        n_below = int((distance_breaks().numpy() < CONTACT_ANGSTROM).sum())
        return self.distogram[..., :n_below].sum(-1)


@dataclass(frozen=True)
class DomainScores:
    """One line of the result. Precisions are of long-range contacts (sequence separation of at least 24)."""

    list: str
    mode: str
    name: str
    n_res: int
    n_effective: float
    tm_score: float
    gdt_ts: float
    lddt: float
    rmsd: float
    distogram_cross_entropy: float
    precision_l5: float
    precision_l2: float
    precision_l: float
    dca_precision_l5: float
    dca_precision_l2: float
    dca_precision_l: float
    mean_plddt: float
    plddt_pearson: float
    helix_recall: float
    helix_precision: float
    strand_recall: float
    strand_precision: float
    sheet_recall: float
    sheet_precision: float
    c_n_angstrom: float
    trans_share: float
    helix_rise_angstrom: float
    strand_rise_angstrom: float
    clashes_per_residue: float


def read_network(path: Path) -> AlphaFoldIteration:
    """The network of a parameter file, or the averaged one of a checkpoint (.pt) beside its config.toml."""
    if path.suffix == ".pt":
        network = AlphaFoldIteration(read_config(path.with_name("config.toml")).network)
        network.load_state_dict(torch.load(path, map_location="cpu")["average"]["values"])
    else:
        arrays = read_arrays(path)
        network = AlphaFoldIteration(NetworkConfig.from_parameters(arrays))
        from_arrays(network, arrays)
    return network.eval()


@torch.no_grad()
def predict(network: AlphaFoldIteration, target: Target, recycles: int) -> Prediction:
    """`recycles` + 1 passes over the same features."""
    features = {name: torch.from_numpy(value).unsqueeze(0) for name, value in target.features.items()}
    outputs = passes(network, features, recycles)
    plddt = torch.softmax(outputs["plddt_logits"][0], -1)
    centres = (torch.arange(plddt.shape[-1]) + 0.5) / plddt.shape[-1]
    return Prediction(
        outputs["atom14_positions"][0, :, :3].numpy(),
        (100.0 * (plddt * centres).sum(-1)).numpy(),
        torch.softmax(outputs["distogram_logits"][0], -1).numpy(),
    )


def read_descent(network: Path) -> Descent:
    """That of the card beside a package's parameters; without a card the usual one."""
    card = network.with_name("model.json")
    return Descent.of_card(json.loads(card.read_text())["descent"]) if card.exists() else Descent()


def folded(prediction: Prediction, target: Target, descent: Descent, seed: int) -> Prediction:
    """The same with the backbone that is folded from the distogram, and its pLDDT, as the service does."""
    aatype = target.features["aatype"]
    backbone = Folding(prediction.distogram, prediction.backbone, aatype, descent).fold(seed)
    plddt = descent.plddt(expected_lddt(prediction.distogram, backbone, aatype))
    return dataclasses.replace(prediction, backbone=backbone.astype(np.float32), plddt=plddt.astype(np.float32))


def score(list_name: str, target: Target, domain: Domain, prediction: Prediction) -> DomainScores:
    """All scores of one domain. Residues without a native C-alpha count for nothing."""
    residues = domain.residues
    backbone, plddt = prediction.backbone[residues], prediction.plddt[residues]
    index = target.features["residue_index"][residues]
    joined = np.diff(index) == 1
    native = domain.atoms[:, :3]
    known = ~np.isnan(native[:, 1]).any(-1)
    alike = similarity(backbone[known, 1], native[known, 1])
    per_residue = lddt_ca(backbone[known, 1], native[known, 1])
    inside = np.ix_(residues, residues)
    contacts, dca = prediction.contact_probability()[inside], target.coevolution.maps[0][inside].astype(np.float32)
    precision = {
        f"{prefix}precision_{suffix}": contact_precision(map_, domain.beta, index, divisor)
        for prefix, map_ in (("", contacts), ("dca_", dca))
        for suffix, divisor in (("l5", 5), ("l2", 2), ("l", 1))
    }
    true_states, states = secondary_structure(native, joined), secondary_structure(backbone, joined)
    return DomainScores(
        list=list_name,
        mode=target.mode,
        name=domain.name,
        n_res=len(residues),
        n_effective=target.n_effective,
        tm_score=alike.tm_score,
        gdt_ts=alike.gdt_ts,
        rmsd=alike.rmsd,
        lddt=float(per_residue.mean()),
        distogram_cross_entropy=_cross_entropy(prediction.distogram[inside], domain.beta),
        mean_plddt=float(plddt.mean()),
        plddt_pearson=_pearson(plddt[known], per_residue),
        **precision,
        **_agreement("helix", true_states == HELIX, states == HELIX),
        **_agreement("strand", true_states == STRAND, states == STRAND),
        **_agreement("sheet", in_sheet(native, joined), in_sheet(backbone, joined)),
        **asdict(backbone_geometry(backbone, joined)),
    )


def summary(rows: list[DomainScores]) -> dict[str, float]:
    """Means over domains, leaving out what a domain does not have; Pearson's r over domains besides."""
    names = [field.name for field in dataclasses.fields(DomainScores) if field.type is float]
    means = {name: _mean([getattr(row, name) for row in rows]) for name in names}
    means["plddt_pearson_over_domains"] = _pearson([row.mean_plddt for row in rows], [row.lddt for row in rows])
    return means


def table(rows: list[DomainScores]) -> str:
    """Markdown: one line per list and mode."""
    columns = (
        ("TM", "tm_score"), ("GDT_TS", "gdt_ts"), ("lDDT", "lddt"), ("RMSD Å", "rmsd"),
        ("CE", "distogram_cross_entropy"), ("P@L/5", "precision_l5"), ("P@L/2", "precision_l2"), ("P@L", "precision_l"),
        ("DCA P@L/5", "dca_precision_l5"), ("DCA P@L", "dca_precision_l"), ("pLDDT", "mean_plddt"),
        ("r(pLDDT, lDDT)", "plddt_pearson_over_domains"), ("helix recall", "helix_recall"),
        ("helix prec.", "helix_precision"), ("strand recall", "strand_recall"), ("strand prec.", "strand_precision"),
        ("sheet recall", "sheet_recall"), ("sheet prec.", "sheet_precision"),
        ("C-N Å", "c_n_angstrom"), ("trans", "trans_share"), ("helix i-i+3 Å", "helix_rise_angstrom"),
        ("strand i-i+2 Å", "strand_rise_angstrom"), ("clashes/res", "clashes_per_residue"),
    )  # fmt: skip
    lines = [
        "| list | input | domains | " + " | ".join(title for title, _ in columns) + " |",
        "|" + " --- |" * (len(columns) + 3),
    ]
    for list_name, mode in dict.fromkeys((row.list, row.mode) for row in rows):
        chosen = [row for row in rows if (row.list, row.mode) == (list_name, mode)]
        means = summary(chosen)
        values = " | ".join(f"{means[name]:.3f}" for _, name in columns)
        lines.append(f"| {list_name} | {mode} | {len(chosen)} | {values} |")
    return "\n".join(lines)


def add_target_options(parser: argparse.ArgumentParser) -> None:
    """Which targets are measured: with `n_seq`, `n_extra` and `seed` all that `targets` reads."""
    parser.add_argument("--prepared", type=Path, required=True, help="directory that anfinsen.data.prepare wrote")
    parser.add_argument("--shared", type=Path, required=True, help="the shared data directory, for the CASP targets")
    parser.add_argument("--lists", nargs="+", choices=LISTS, default=list(LISTS))
    parser.add_argument("--n-res-max", type=int, default=450, help="longer targets are left out (default %(default)s)")
    parser.add_argument("--limit", type=int, default=-1, help="at most so many targets of each list")


def add_network_options(parser: argparse.ArgumentParser) -> None:
    """What predicts them, and of which rows."""
    parser.add_argument("--network", type=Path, required=True, help="parameters.npz, or checkpoint.pt of a run")
    parser.add_argument("--recycles", type=int, default=3, help="passes after the first (default %(default)s)")
    parser.add_argument("--n-seq", type=int, default=32, help="cluster centres (default %(default)s)")
    parser.add_argument("--n-extra", type=int, default=64, help="extra rows (default %(default)s)")
    parser.add_argument("--seed", type=int, default=1, help="of the choice of alignment rows, and of folding")


def targets(arguments: argparse.Namespace, list_name: str, mode: str) -> Iterator[Target]:
    sizes = {
        "mode": mode,
        "n_seq": arguments.n_seq,
        "n_extra": arguments.n_extra,
        "n_res_max": arguments.n_res_max,
        "limit": arguments.limit,
        "seed": arguments.seed,
    }
    if list_name == "casp":
        return casp_targets(arguments.shared, **sizes)
    return chain_targets(arguments.prepared, list_name, **sizes)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_target_options(parser)
    add_network_options(parser)
    parser.add_argument("--modes", nargs="+", choices=(ALIGNMENT, QUERY_ONLY), default=[ALIGNMENT, QUERY_ONLY])
    parser.add_argument("--output", type=Path, required=True, help="JSON lines, one per scored domain")
    parser.add_argument(
        "--structure-module", action="store_true", help="its own coordinates, not those folded from the distogram"
    )
    arguments = parser.parse_args()

    network, descent = read_network(arguments.network), read_descent(arguments.network)
    rows: list[DomainScores] = []
    start = time.monotonic()
    with arguments.output.open("w") as output:
        for list_name in arguments.lists:
            for mode in arguments.modes:
                for target in targets(arguments, list_name, mode):
                    prediction = predict(network, target, arguments.recycles)
                    if not arguments.structure_module:
                        prediction = folded(prediction, target, descent, arguments.seed)
                    for domain in target.domains:
                        rows.append(score(list_name, target, domain, prediction))
                        output.write(json.dumps(asdict(rows[-1])) + "\n")
                        output.flush()
    print(table(rows))
    print(f"\n{len(rows)} domains, {time.monotonic() - start:.0f} s, {arguments.recycles} recycles")


def _cross_entropy(distogram: np.ndarray, beta: np.ndarray) -> float:
    """Mean negative log-likelihood of all pairs of known pseudo-betas, in nats."""
    known = ~np.isnan(beta).any(-1)
    bins = distogram_bins(Tensor(beta[known])).numpy()
    probability = distogram[np.ix_(known, known)].reshape(-1, N_BINS)
    return float(-np.log(probability[np.arange(bins.size), bins.ravel()] + 1e-12).mean())


def _agreement(name: str, true: np.ndarray, predicted: np.ndarray) -> dict[str, float]:
    both = (true & predicted).sum()
    return {
        f"{name}_recall": float(both / true.sum()) if true.any() else float("nan"),
        f"{name}_precision": float(both / predicted.sum()) if predicted.any() else float("nan"),
    }


def _pearson(x, y) -> float:
    x, y = np.asarray(x, float), np.asarray(y, float)
    return float(np.corrcoef(x, y)[0, 1]) if len(x) > 2 and x.std() > 0 and y.std() > 0 else float("nan")


def _mean(values: list[float]) -> float:
    values = [value for value in values if not np.isnan(value)]
    return float(np.mean(values)) if values else float("nan")


if __name__ == "__main__":
    main()
