"""Teaches the confidence heads to judge chains that are folded from the distogram: `python -m anfinsen.confidence --help`.

The heads of a network learn in training what its structure module gets wrong. Where the model's card says that the chain is
folded again, the coordinates are others, and pLDDT and predicted aligned error have to be learned anew: all other parameters
stay, a few hundred training chains are folded once, and the two heads learn from those. The pLDDT head sees the structure module's
output, the same for every fold, and speaks while the network runs; the fold's own pLDDT is the lDDT that the distogram expects of
it, scaled to what validation chains have. Prints figures on those for the heads before and after and for the fold's own pLDDT, and
with `--write` puts the heads and the scale into the package.
"""

import argparse
import dataclasses
import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn

from anfinsen import parameters
from anfinsen.distogram_folding import Descent, Folding
from anfinsen.expected_lddt import expected_lddt
from anfinsen.geometry.rigid import Rigid
from anfinsen.geometry.rigid_from_three_points import rigid_from_three_points
from anfinsen.loss.plddt_loss import lddt_ca, plddt_loss
from anfinsen.loss.predicted_aligned_error_loss import aligned_error, predicted_aligned_error_loss
from anfinsen.network.alphafold_iteration import AlphaFoldIteration, passes
from anfinsen.secondary_structure_task import TaskSizes, tensors, training_targets
from anfinsen.targets import ALIGNMENT, Target, chain_targets

CHAINS_PER_UPDATE = 4
LEARNING_RATE = 1e-3
LAST_BREAK_ANGSTROM = 31.0


@dataclass(frozen=True)
class Judged:
    """A folded chain: what the heads see (s [N_res, c_s], z [N_res, N_res, c_z]), its backbone, the native, and what is known.

    Backbones are N, CA, C [N_res, 3, 3] in Å; `known` [N_res] is 0 or 1; `expected` is the expected lDDT [N_res], 0 to 1.
    """

    s: Tensor
    z: Tensor
    backbone: Tensor
    native: Tensor
    known: Tensor
    expected: np.ndarray

    def lddt(self) -> Tensor:
        """Of the known residues, 0 to 1."""
        return lddt_ca(self.backbone[:, 1], self.native[:, 1], self.known)[self.known.bool()]


def judged(network: AlphaFoldIteration, targets: list[Target], recycles: int, descent: Descent, processes: int) -> list[Judged]:
    """Predicts and folds each target once."""
    seen = [_seen(network, target, recycles) for target in targets]
    jobs = [
        (distogram, backbone, target.features["aatype"], descent, seed)
        for seed, (target, (_, _, distogram, backbone)) in enumerate(zip(targets, seen))
    ]
    with get_context("spawn").Pool(processes) as pool:
        folded = pool.starmap(_folded, jobs, chunksize=4)
    chains = []
    for target, (s, z, distogram, _), backbone in zip(targets, seen, folded):
        native = torch.from_numpy(target.domains[0].atoms[:, :3].astype(np.float32))
        known = (~native.isnan().any(-1).any(-1)).float()
        positions = torch.from_numpy(backbone.astype(np.float32))
        expected = expected_lddt(distogram, backbone, target.features["aatype"])
        chains.append(Judged(s, z, positions, native.nan_to_num(), known, expected))
    return chains


class ConfidenceHeads(nn.Module):
    """The two heads of a network."""

    def __init__(self, network: AlphaFoldIteration):
        super().__init__()
        self.plddt = network.plddt_head
        self.aligned_error = network.predicted_aligned_error_head

    def loss(self, chain: Judged) -> Tensor:
        """Cross-entropies of both: a number."""
        loss = plddt_loss(self.plddt(chain.s), chain.backbone[:, 1], chain.native[:, 1], chain.known)
        if self.aligned_error is not None:
            logits = self.aligned_error(chain.z.float())
            loss = loss + predicted_aligned_error_loss(logits, *_frames(chain), chain.known)
        return loss

    @torch.no_grad()
    def figures(self, chains: list[Judged], descent: Descent | None = None) -> dict[str, float]:
        """Over all residues and pairs of the chains whose native is known; errors in Å up to 31. pLDDT is the fold's own by
        `descent`, without it the head's.
        """
        plddt, lddt, error, predicted_error = [], [], [], []
        chain_plddt, chain_lddt = [], []
        for chain in chains:
            known = chain.known.bool()
            own = torch.from_numpy(descent.plddt(chain.expected)).float() if descent else 100 * _mean(self.plddt(chain.s), 1.0)
            plddt.append(own[known])
            lddt.append(100 * chain.lddt())
            chain_plddt.append(float(plddt[-1].mean()))
            chain_lddt.append(float(lddt[-1].mean()))
            if self.aligned_error is not None:
                pairs = known[:, None] & known
                predicted_error.append(_mean(self.aligned_error(chain.z.float()), LAST_BREAK_ANGSTROM)[pairs])
                error.append(aligned_error(*_frames(chain)).clamp(max=LAST_BREAK_ANGSTROM)[pairs])
        figures = {
            "mean lDDT": float(torch.cat(lddt).mean()),
            "mean pLDDT": float(torch.cat(plddt).mean()),
            "r over residues": _pearson(torch.cat(plddt), torch.cat(lddt)),
            "r over chains": _pearson(torch.tensor(chain_plddt), torch.tensor(chain_lddt)),
        }
        if error:
            figures |= {
                "mean error": float(torch.cat(error).mean()),
                "mean PAE": float(torch.cat(predicted_error).mean()),
                "r over pairs": _pearson(torch.cat(predicted_error), torch.cat(error)),
            }
        return figures


def teach(heads: ConfidenceHeads, chains: list[Judged], epochs: int, seed: int) -> None:
    """Adam, at a rate that falls to nothing."""
    optimizer = torch.optim.Adam(heads.parameters(), lr=LEARNING_RATE)
    updates = epochs * -(-len(chains) // CHAINS_PER_UPDATE)
    schedule = torch.optim.lr_scheduler.CosineAnnealingLR(optimizer, updates)
    order = torch.Generator().manual_seed(seed)
    for _ in range(epochs):
        for batch in torch.randperm(len(chains), generator=order).split(CHAINS_PER_UPDATE):
            optimizer.zero_grad(set_to_none=True)
            torch.stack([heads.loss(chains[k]) for k in batch]).mean().backward()
            nn.utils.clip_grad_norm_(heads.parameters(), 1.0)
            optimizer.step()
            schedule.step()


def scaled(chains: list[Judged], descent: Descent) -> Descent:
    """With the scale and offset that bring the expected lDDT nearest to the chains' lDDT, by least squares over residues."""
    expected = np.concatenate([chain.expected[chain.known.bool().numpy()] for chain in chains])
    lddt = np.concatenate([chain.lddt().numpy() for chain in chains])
    scale, offset = np.polyfit(expected, lddt, 1)
    return dataclasses.replace(descent, plddt_scale=round(float(scale), 3), plddt_offset=round(float(offset), 3))


def write(directory: Path, network: AlphaFoldIteration, descent: Descent, provenance: str) -> None:
    """Puts heads and scale into the package: parameters.npz, and checksum, descent and provenance in model.json."""
    path = directory / "parameters.npz"
    parameters.save(network, path)
    card = json.loads((directory / "model.json").read_text())
    card["parametersSha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    card["descent"] = descent.card()
    card["provenance"]["confidence heads"] = provenance
    (directory / "model.json").write_text(json.dumps(card, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="the package: parameters.npz and model.json")
    parser.add_argument("--prepared", type=Path, required=True, help="directory that anfinsen.data.prepare wrote")
    parser.add_argument("--chains", type=int, default=240, help="training chains (default 240)")
    parser.add_argument("--validation", type=int, default=40, help="validation chains (default 40)")
    parser.add_argument("--n-res-max", type=int, default=128, help="longer chains are left out (default 128)")
    parser.add_argument("--epochs", type=int, default=20)
    parser.add_argument("--processes", type=int, default=2, help="that fold (default 2)")
    parser.add_argument("--seed", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="put the heads into the package")
    arguments = parser.parse_args()

    torch.set_num_threads(1)
    card = json.loads((arguments.model / "model.json").read_text())
    descent = Descent.of_card(card["descent"])
    network = parameters.load(arguments.model / "parameters.npz").eval()
    sizes = TaskSizes(
        n_chains=arguments.chains,
        n_held_out=0,
        n_res_max=arguments.n_res_max,
        n_seq=card["features"]["msaClusters"],
        n_extra=card["features"]["extraMsa"],
        recycles=card["recycles"],
        seed=arguments.seed,
    )
    validation = judged(
        network, list(_validation(arguments, sizes)), sizes.recycles, descent, arguments.processes
    )
    training = judged(
        network, list(training_targets(arguments.prepared, sizes)), sizes.recycles, descent, arguments.processes
    )
    heads = ConfidenceHeads(network)
    rows = {"head before": heads.figures(validation)}
    teach(heads, training, arguments.epochs, arguments.seed)
    rows["head after"] = heads.figures(validation)
    descent = scaled(validation, descent)
    rows["the fold's own"] = heads.figures(validation, descent)
    print("| pLDDT | " + " | ".join(rows["head after"]) + " |\n" + "|" + " --- |" * (1 + len(rows["head after"])))
    for name, figures in rows.items():
        print(f"| {name} | " + " | ".join(f"{value:.3f}" for value in figures.values()) + " |")
    print(f"pLDDT / 100 = {descent.plddt_scale} expected lDDT {descent.plddt_offset:+}")
    if arguments.write:
        n_trained = sum(parameter.numel() for parameter in heads.parameters())
        write(
            arguments.model,
            network,
            descent,
            f"training/anfinsen/confidence.py: {n_trained} parameters on the frozen network, {len(training)} folded chains, "
            f"{arguments.epochs} epochs, seed {arguments.seed}",
        )


def _validation(arguments: argparse.Namespace, sizes: TaskSizes) -> Iterator[Target]:
    return chain_targets(
        arguments.prepared,
        "validation",
        ALIGNMENT,
        sizes.n_seq,
        sizes.n_extra,
        sizes.n_res_max,
        arguments.validation,
        sizes.seed,
    )


@torch.no_grad()
def _seen(network: AlphaFoldIteration, target: Target, recycles: int) -> tuple[Tensor, Tensor, np.ndarray, np.ndarray]:
    """s, z, distogram and backbone of a target."""
    outputs = passes(network, tensors(target), recycles)
    distogram = torch.softmax(outputs["distogram_logits"][0], -1).numpy()
    return outputs["s"][0], outputs["z"][0].half(), distogram, outputs["atom14_positions"][0, :, :3].numpy()


def _folded(distogram: np.ndarray, backbone: np.ndarray, aatype: np.ndarray, descent: Descent, seed: int) -> np.ndarray:
    return Folding(distogram, backbone, aatype, descent).fold(seed)


def _frames(chain: Judged) -> tuple[Rigid, Rigid]:
    return tuple(rigid_from_three_points(atoms[:, 0], atoms[:, 1], atoms[:, 2]) for atoms in (chain.backbone, chain.native))


def _mean(logits: Tensor, last: float) -> Tensor:
    """Expected value under logits of bins that divide 0 to `last` evenly."""
    n_bins = logits.shape[-1]
    return (torch.softmax(logits, -1) * (torch.arange(n_bins) + 0.5)).sum(-1) * last / n_bins


def _pearson(a: Tensor, b: Tensor) -> float:
    return float(torch.corrcoef(torch.stack([a, b]))[0, 1])


if __name__ == "__main__":
    main()
