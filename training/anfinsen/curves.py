"""Draws a run's curves: `python -m anfinsen.curves --run DIR --output curves.png`."""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

PANELS = (
    ("Distogram, cross-entropy (nats)", ("distogram",)),
    ("FAPE (10 Å)", ("backbone_fape", "local_fape", "replay_backbone_fape", "replay_local_fape")),
    ("lDDT-CA of crops", ("lddt_ca", "replay_lddt_ca")),
    ("Torsion", ("torsion", "replay_torsion", "replay_backbone_torsion")),
    ("Masked MSA, cross-entropy (nats)", ("masked_msa",)),
    ("pLDDT, PAE, cross-entropy (nats)", ("plddt", "predicted_aligned_error")),
    ("Structural violation", ("violation", "replay_violation")),
    ("Samples a second", ("samples_per_second",)),
)
WINDOW = 15


def draw(log: Path, output: Path) -> None:
    """One panel per kind of loss over the samples seen; thin lines are log entries, thick ones their running mean."""
    entries = [json.loads(line) for line in log.read_text().splitlines()]
    samples = np.array([entry["samples"] for entry in entries])
    logged = {name for entry in entries for name in entry}
    panels = [(title, [name for name in names if name in logged]) for title, names in PANELS]
    panels = [(title, names) for title, names in panels if names]
    n_rows = -(-len(panels) // 4)
    figure, axes = plt.subplots(n_rows, 4, figsize=(16, 3.25 * n_rows), constrained_layout=True, squeeze=False)
    for axis in axes.flat[len(panels) :]:
        axis.set_visible(False)
    for axis, (title, names) in zip(axes.flat, panels):
        for colour, name in enumerate(names):
            values = np.array([entry.get(name, np.nan) for entry in entries], float)
            known = ~np.isnan(values)
            axis.plot(samples[known], values[known], color=f"C{colour}", alpha=0.25, linewidth=0.8)
            axis.plot(samples[known], _running_mean(values[known]), color=f"C{colour}", label=name.replace("_", " "))
        axis.set_title(title, fontsize=10)
        axis.set_xlabel("samples")
        if len(names) > 1:
            axis.legend(fontsize=8)
        axis.grid(alpha=0.3)
    figure.savefig(output, dpi=90)
    plt.close(figure)


def _running_mean(values: np.ndarray) -> np.ndarray:
    sums = np.cumsum(np.concatenate(([0.0], values)))
    start = np.maximum(np.arange(len(values)) - WINDOW + 1, 0)
    stop = np.arange(len(values)) + 1
    return (sums[stop] - sums[start]) / (stop - start)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--run", type=Path, required=True, help="directory of the run, with its log.jsonl")
    parser.add_argument("--output", type=Path, required=True, help="PNG")
    arguments = parser.parse_args()
    draw(arguments.run / "log.jsonl", arguments.output)


if __name__ == "__main__":
    main()
