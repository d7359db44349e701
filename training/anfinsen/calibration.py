"""Draws what was measured: `python -m anfinsen.calibration --measured scores.jsonl --output calibration.png`.

Left: does the confidence mean what it says? Each point is a domain; on the line, pLDDT is the true lDDT. Right: contacts of the
network against those of DCA on the same alignment; above the line, the network found more.
"""

import argparse
import json
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402


def draw(measured: Path, output: Path) -> None:
    """Reads the lines that `anfinsen.evaluate` wrote."""
    rows = [json.loads(line) for line in measured.read_text().splitlines()]
    figure, (confidence, contacts) = plt.subplots(1, 2, figsize=(10, 4.8), constrained_layout=True)
    for (list_name, mode), colour in zip(dict.fromkeys((row["list"], row["mode"]) for row in rows), "C0 C1 C2 C3 C4 C5".split()):
        chosen = [row for row in rows if (row["list"], row["mode"]) == (list_name, mode)]
        plddt, lddt = (np.array([row[name] for row in chosen]) for name in ("mean_plddt", "lddt"))
        label = f"{list_name}, {mode}"
        confidence.scatter(plddt, 100 * lddt, s=14, color=colour, alpha=0.7, label=label)
        if mode == "alignment":
            dca, ours = (np.array([row[name] for row in chosen]) for name in ("dca_precision_l5", "precision_l5"))
            contacts.scatter(dca, ours, s=14, color=colour, alpha=0.7, label=label)
    confidence.plot([0, 100], [0, 100], color="grey", linewidth=0.8)
    confidence.set(xlabel="mean pLDDT", ylabel="lDDT-CA x 100", title="Confidence against truth, by domain")
    contacts.plot([0, 1], [0, 1], color="grey", linewidth=0.8)
    contacts.set(xlabel="DCA", ylabel="network", title="Precision of the L/5 best long-range contacts")
    for axis in (confidence, contacts):
        axis.legend(fontsize=8)
        axis.grid(alpha=0.3)
    figure.savefig(output, dpi=90)
    plt.close(figure)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--measured", type=Path, required=True, help="JSON lines of anfinsen.evaluate")
    parser.add_argument("--output", type=Path, required=True, help="PNG")
    arguments = parser.parse_args()
    draw(arguments.measured, arguments.output)


if __name__ == "__main__":
    main()
