"""Whether the search or the distogram limits a fold: `python -m anfinsen.fold_limit --help`.

Each domain is folded alone from its part of the distogram, as the service folds a chain, and once more with the native backbone as
the only start. Where that ends at a higher cost, a better search would not help: the distogram prefers another fold. Prints both ends
of each domain, and which pairs make the difference, by the entropy of their distances.
"""

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from anfinsen.distogram_folding import LAST_RATE, Descent, Folding, descended
from anfinsen.evaluate import (
    Prediction, add_network_options, add_target_options, predict, read_descent, read_network, targets)
from anfinsen.scores import similarity
from anfinsen.targets import ALIGNMENT, Domain, Target

NATIVE_FIRST_RATE = 0.1  # Å: begins at the native, so shorter steps
ENTROPY_NATS = (0.0, 1.5, 2.2, 2.8, 3.3)  # lower edges of the bands; a level distogram has 4.2
N_RES_MIN = 30


@dataclass(frozen=True)
class FoldLimit:
    """Where a domain's descents ended: cost and TM-score.

    `lead`, one value for each band of entropy, is what the fold's pairs cost less than the native's end: negative where they do.
    """

    name: str
    n_res: int
    cost: float
    tm_score: float
    native_cost: float
    native_tm_score: float
    lead: np.ndarray


def fold_limit(target: Target, domain: Domain, prediction: Prediction, descent: Descent, seed: int) -> FoldLimit | None:
    """Over residues whose native N, CA and C are known; None for fewer than 30."""
    known = ~np.isnan(domain.atoms[:, :3]).any((1, 2))
    residues, native = domain.residues[known], domain.atoms[known, :3]
    if len(residues) < N_RES_MIN:
        return None
    distogram = prediction.distogram[np.ix_(residues, residues)]
    folding = Folding(distogram, prediction.backbone[residues], target.features["aatype"][residues], descent)
    fold = folding.fold(seed)
    end = descended(native[None].astype(float), folding.cost, descent.steps, NATIVE_FIRST_RATE, LAST_RATE)[0]
    both = np.stack([fold, end])
    costs, _ = folding.cost(both, 1.0)
    pairs, _, _ = folding.pair_costs(folding.betas(both))
    entropy = -(distogram * np.log(distogram + 1e-9)).sum(-1)
    band = np.searchsorted(ENTROPY_NATS[1:], entropy, side="right")
    lead = np.bincount(band.ravel(), (pairs[0] - pairs[1]).ravel() / 2, len(ENTROPY_NATS))
    tm_scores = [similarity(backbone[:, 1], native[:, 1]).tm_score for backbone in both]
    return FoldLimit(domain.name, len(residues), float(costs[0]), tm_scores[0], float(costs[1]), tm_scores[1], lead)


def table(limits: list[FoldLimit]) -> str:
    """Markdown: a line for each domain, and the means."""
    bands = [f"{low:.1f} nats" for low in ENTROPY_NATS]
    lines = [
        f"| domain | residues | cost | TM | from the native: cost | TM | {' | '.join(f'lead from {band} on' for band in bands)} |",
        "|" + " --- |" * (6 + len(bands)),
    ]
    for one in limits:
        ends = f"{one.cost:.0f} | {one.tm_score:.3f} | {one.native_cost:.0f} | {one.native_tm_score:.3f}"
        lines.append(f"| {one.name} | {one.n_res} | {ends} | {' | '.join(f'{value:.0f}' for value in one.lead)} |")
    lower = sum(one.cost < one.native_cost for one in limits)
    tm_score, native_tm_score = (np.mean([getattr(one, name) for one in limits]) for name in ("tm_score", "native_tm_score"))
    shares = sum(one.lead for one in limits)
    lines += ["", (
        f"{len(limits)} domains; the fold costs less than the native's end in {lower}; mean TM {tm_score:.3f}, from the native "
        f"{native_tm_score:.3f}; lead by band {', '.join(f'{value:.0f}' for value in shares)}")]
    return "\n".join(lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_target_options(parser)
    add_network_options(parser)
    parser.set_defaults(lists=["validation"], n_res_max=300, recycles=1)
    arguments = parser.parse_args()
    network, descent = read_network(arguments.network), read_descent(arguments.network)
    limits = []
    for list_name in arguments.lists:
        for target in targets(arguments, list_name, ALIGNMENT):
            prediction = predict(network, target, arguments.recycles)
            limits += [fold_limit(target, domain, prediction, descent, arguments.seed) for domain in target.domains]
    print(table([limit for limit in limits if limit is not None]))


if __name__ == "__main__":
    main()
