"""Makes a model package of a checkpoint: `python -m anfinsen.export --help`.

Writes parameters.npz (the averaged parameters under their published names) and model.json, which the service reads;
the figures in it come from what `anfinsen.evaluate` measured on the same parameters.
"""

import argparse
import datetime
import hashlib
import json
from pathlib import Path

import torch

from anfinsen import parameters
from anfinsen.configuration import TrainingConfig, read_config
from anfinsen.distogram_folding import Descent
from anfinsen.evaluate import DomainScores, summary
from anfinsen.network.alphafold_iteration import AlphaFoldIteration

METRICS = (
    "tm_score", "gdt_ts", "lddt", "precision_l5", "precision_l2", "precision_l", "dca_precision_l5",
    "plddt_pearson_over_domains", "helix_recall", "strand_recall",
)  # fmt: skip
TRAINING_DATA = (
    "7,885 protein chains of the Protein Data Bank (CC0), less clusters held out and all similar to CASP13/14 targets; "
    "their alignments, synthetic ones drawn from Potts models on the native contacts, and for 2,619 of the chains deep alignments of "
    "natural sequences from public repositories (training/splits: deep.tsv, homologues.tsv, sequences.tsv)"
)

# How the service turns an alignment into features: evaluate.py's defaults, and data/featurise.py's query as extra row.
FEATURES = {"msaClusters": 32, "extraMsa": 64, "maskedFraction": 0.0, "queryAsExtra": True}


def export(
    checkpoint: Path, directory: Path, version: str, recycles: int, measured: Path | None, earlier: tuple[Path, ...] = ()
) -> None:
    """Writes the package; `measured` must be of these parameters, which is for the caller to see to."""
    config = read_config(checkpoint.with_name("config.toml"))
    state = torch.load(checkpoint, map_location="cpu")
    stages = [torch.load(path, map_location="cpu") for path in earlier] + [state]
    network = AlphaFoldIteration(config.network)
    network.load_state_dict(state["average"]["values"])
    directory.mkdir(parents=True, exist_ok=True)
    path = directory / "parameters.npz"
    parameters.save(network, path)
    card = {
        "name": directory.name,
        "version": version,
        "created": datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds").replace("+00:00", "Z"),
        "description": "Anfinsen's own small network: AlphaFold 2's architecture and a coevolution input, trained on two CPU "
        "cores and for nine minutes on a GPU. It shows how the service works; it is far less accurate than AlphaFold's "
        "parameters.",
        "licence": "CC0-1.0",
        "parametersSha256": hashlib.sha256(path.read_bytes()).hexdigest(),
        "recycles": recycles,
        "features": FEATURES,
        "descent": Descent().card(),
        "provenance": provenance(config, stages, sum(p.numel() for p in network.parameters())),
        "metrics": metrics(measured) if measured else {},
    }
    (directory / "model.json").write_text(json.dumps(card, indent=2) + "\n")


def provenance(config: TrainingConfig, stages: list[dict], n_parameters: int) -> dict[str, str]:
    return {
        "trained by": "training/anfinsen/train.py of the Anfinsen project, from random initialisation",
        "training data": TRAINING_DATA,
        "seed": str(config.seed),
        "parameters": str(n_parameters),
        "hardware": "2 shared x86-64 CPU cores, fp32",
    } | {
        f"stage {number}": f"{stage['samples']} crops, {stage['updates']} updates, {stage['seconds'] / 60:.0f} minutes"
        for number, stage in enumerate(stages, 1)
    }


def metrics(measured: Path) -> dict[str, float]:
    """Means by list and input, e.g. `casp, alignment: tm_score`, from the lines that `anfinsen.evaluate` wrote."""
    rows = [DomainScores(**json.loads(line)) for line in measured.read_text().splitlines()]
    result = {}
    for list_name, mode in dict.fromkeys((row.list, row.mode) for row in rows):
        means = summary([row for row in rows if (row.list, row.mode) == (list_name, mode)])
        for name in METRICS:
            result[f"{list_name}, {mode}: {name}"] = round(means[name], 4)
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--checkpoint", type=Path, required=True, help="checkpoint.pt of a run, beside its config.toml")
    parser.add_argument("--earlier", type=Path, nargs="*", default=[], help="checkpoints of the stages before, in order")
    parser.add_argument("--output", type=Path, required=True, help="the package's directory; its name is the model's")
    parser.add_argument("--version", required=True)
    parser.add_argument("--recycles", type=int, default=3, help="passes after the first, by default (default 3)")
    parser.add_argument("--measured", type=Path, help="what anfinsen.evaluate wrote for this checkpoint")
    arguments = parser.parse_args()
    export(
        arguments.checkpoint,
        arguments.output,
        arguments.version,
        arguments.recycles,
        arguments.measured,
        tuple(arguments.earlier),
    )


if __name__ == "__main__":
    main()
