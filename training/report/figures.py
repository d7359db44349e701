"""The pictures of the data report: one function each, small PNG files."""

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import numpy as np  # noqa: E402

from anfinsen.data.alphabet import RESTYPES  # noqa: E402

BLUE, ORANGE, GREY, GREEN = "#2b6cb0", "#dd6b20", "#a0aec0", "#2f855a"
DPI = 90
ALIGNMENT_KINDS = {"real": BLUE, "synthetic": ORANGE, "deep": GREEN}


def _finish(figure, file: Path) -> None:
    for axes in figure.axes:
        axes.spines[["top", "right"]].set_visible(False)
    figure.tight_layout()
    figure.savefig(file, dpi=DPI)
    plt.close(figure)


def source_mix(file: Path, chains: dict[str, int], residues: dict[str, int]) -> None:
    names = sorted(chains, key=lambda name: chains[name])
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2), sharey=True)
    for axes, counts, label in [(left, chains, "chains"), (right, residues, "residues")]:
        values = [counts[name] for name in names]
        axes.barh(names, values, color=BLUE)
        for k, value in enumerate(values):
            axes.text(value, k, f" {100 * value / sum(values):.0f} %", va="center", fontsize=8)
        axes.set_xlabel(label)
        axes.margins(x=0.15)
    _finish(figure, file)


def lengths(file: Path, by_group: dict[str, np.ndarray]) -> None:
    figure, axes = plt.subplots(figsize=(7, 3.2))
    bins = np.arange(0, 525, 15)
    groups = list(by_group)
    axes.hist([by_group[name] for name in groups], bins, stacked=True, label=groups, color=[BLUE, ORANGE, GREY])
    axes.axvspan(0, 64, color=GREEN, alpha=0.12, label="fits a crop of 64")
    axes.set_xlabel("residues in a chain or piece")
    axes.set_ylabel("chains")
    axes.legend(frameon=False)
    _finish(figure, file)


def residue_frequencies(file: Path, train: np.ndarray, evaluation: np.ndarray) -> None:
    order = np.argsort(-train)
    figure, axes = plt.subplots(figsize=(7, 3))
    place = np.arange(20)
    axes.bar(place - 0.2, 100 * train[order], 0.4, color=BLUE, label="training")
    axes.bar(place + 0.2, 100 * evaluation[order], 0.4, color=ORANGE, label="validation and held-out")
    axes.set_xticks(place, [RESTYPES[k] for k in order])
    axes.set_ylabel("% of residues")
    axes.legend(frameon=False)
    _finish(figure, file)


def missing(file: Path, atoms: dict[str, dict[str, float]], break_counts: np.ndarray) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(8.5, 3.2), width_ratios=[1.5, 1])
    names = list(atoms)
    start = np.zeros(len(names))
    for kind, colour in [("side chain cut short", BLUE), ("backbone incomplete", ORANGE)]:
        values = np.array([100 * atoms[name][kind] for name in names])
        left.barh(names, values, left=start, color=colour, label=kind)
        start += values
    left.set_xlabel("% of residues")
    left.legend(frameon=False, fontsize=8, loc="upper center", bbox_to_anchor=(0.4, 1.22), ncol=2)
    counts = np.bincount(np.minimum(break_counts, 6), minlength=7)
    right.bar(range(7), 100 * counts / counts.sum(), color=BLUE)
    right.set_xticks(range(7), ["0", "1", "2", "3", "4", "5", "6+"])
    right.set_xlabel("chain breaks")
    right.set_ylabel("% of chains")
    _finish(figure, file)


def secondary_structure(file: Path, helix: np.ndarray, strand: np.ndarray) -> None:
    figure, axes = plt.subplots(figsize=(4.6, 3.8))
    image = axes.hist2d(100 * helix, 100 * strand, bins=[25, 20], range=[[0, 100], [0, 80]], cmap="Blues", cmin=1)
    figure.colorbar(image[3], label="chains")
    axes.set_xlabel("% of residues in helices")
    axes.set_ylabel("% of residues in strands")
    _finish(figure, file)


def contact_order(file: Path, n_res: np.ndarray, order: np.ndarray) -> None:
    figure, axes = plt.subplots(figsize=(5.5, 3.4))
    axes.scatter(n_res, order, s=3, alpha=0.25, color=BLUE, linewidths=0)
    edges = [20, 40, 64, 96, 128, 192, 256, 384, 513]
    middle = [np.nanmedian(order[(n_res >= low) & (n_res < high)]) for low, high in zip(edges, edges[1:])]
    axes.plot([(low + high) / 2 for low, high in zip(edges, edges[1:])], middle, "o-", color=ORANGE, label="median")
    axes.set_ylim(0, 0.6)
    axes.set_xlabel("residues")
    axes.set_ylabel("relative contact order")
    axes.legend(frameon=False)
    _finish(figure, file)


def depth(file: Path, n_rows: dict[str, np.ndarray], n_effective: dict[str, np.ndarray]) -> None:
    figure, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
    bins = np.geomspace(1, 1024, 32)
    for axes, values, label in [(left, n_rows, "rows"), (right, n_effective, "effective sequences (Neff)")]:
        for kind, colour in ALIGNMENT_KINDS.items():
            axes.hist(values[kind], bins, histtype="step", lw=1.8, color=colour, label=kind)
        axes.set_xscale("log")
        axes.set_xlabel(label)
    left.set_ylabel("alignments")
    left.legend(frameon=False)
    _finish(figure, file)


def precision_by_depth(file: Path, table: list[tuple[str, str, int, float, float]]) -> None:
    """table: kind, range of Neff, alignments, mean precision and its standard error."""
    figure, axes = plt.subplots(figsize=(6, 3.2))
    ranges = list(dict.fromkeys(row[1] for row in table))
    for kind, colour in ALIGNMENT_KINDS.items():
        rows = [row for row in table if row[0] == kind]
        axes.errorbar([ranges.index(row[1]) for row in rows], [row[3] for row in rows], [row[4] for row in rows],
                      fmt="o-", color=colour, label=kind, capsize=3)
    axes.set_xticks(range(len(ranges)), ranges)
    axes.set_xlabel("effective sequences (Neff)")
    axes.set_ylabel("precision of top L/5")
    axes.set_ylim(0)
    axes.legend(frameon=False)
    _finish(figure, file)
