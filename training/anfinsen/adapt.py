"""Teaches a trained network a new task: `python -m anfinsen.adapt --help`.

The trunk (all up to the Evoformer's single representation) stays as it is; a new small head learns helix, strand and coil of each
residue from a few hundred chains. What the trunk makes of them is computed once and kept, so an epoch of the head takes a moment.
On held-out chains the head stands beside the same head on a frozen trunk of random parameters, and beside a network that learns
the task from scratch in the same processor time. With `--write` the head goes into the model package, whose service then gives
`secondary_structure.csv`.
"""

import argparse
import dataclasses
import hashlib
import json
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from anfinsen import parameters
from anfinsen.evaluate import QUERY_ONLY
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig
from anfinsen.network.secondary_structure_head import SecondaryStructureHead
from anfinsen.secondary_structure_task import (
    UNKNOWN,
    Examples,
    StateScores,
    TaskSizes,
    held_out_targets,
    native_states,
    tensors,
    through_the_trunk,
    training_targets,
)
from anfinsen.targets import ALIGNMENT

MODES = (ALIGNMENT, QUERY_ONLY)
HEAD = "secondary_structure_head"
NOT_TRUNK = ("structure_module", "plddt_head", "distogram_head", "masked_msa_head", "experimentally_resolved_head",
             "predicted_aligned_error_head", HEAD)  # fmt: skip
CHAINS_PER_UPDATE = 4
LEARNING_RATE = 3e-3  # of a head; a network from scratch takes a third


@dataclass(frozen=True)
class Result:
    """What a way of training came to. `seconds`: processor time of this thread, the trunk's passes over the training chains too."""

    name: str
    trainable: int
    seconds: float
    epochs: float
    scores: dict[str, StateScores]


@dataclass(frozen=True)
class TrunkOutputs:
    """Examples of the training chains, and of the held-out ones by input; `seconds` that the training chains took."""

    training: Examples
    held_out: dict[str, Examples]
    seconds: float


class Adaptation:
    """One model, its chains, and the cache of its trunk's outputs."""

    def __init__(self, network: AlphaFoldIteration, prepared: Path, cache: Path, sizes: TaskSizes, width: int):
        self.network = network
        self.prepared = prepared
        self.cache = cache
        self.sizes = sizes
        self.width = width

    def head(self) -> SecondaryStructureHead:
        torch.manual_seed(self.sizes.seed)
        return SecondaryStructureHead(self.network.config.c_s, self.width)

    def random_network(self) -> AlphaFoldIteration:
        torch.manual_seed(self.sizes.seed)
        return AlphaFoldIteration(self.network.config)

    def trunk_outputs(self, network: AlphaFoldIteration) -> TrunkOutputs:
        """From the cache if they are of these parameters and sizes, else computed and kept."""
        path = self.cache / f"{_digest(network, self.sizes)}.npz"
        if not path.exists():
            self.cache.mkdir(parents=True, exist_ok=True)
            network.eval()
            start = time.process_time()
            training = through_the_trunk(network, training_targets(self.prepared, self.sizes), self.sizes.recycles)
            seconds = time.process_time() - start
            members = {f"training/{name}": value for name, value in vars(training).items()} | {"seconds": seconds}
            for mode in MODES:
                targets = held_out_targets(self.prepared, self.sizes, mode)
                examples = through_the_trunk(network, targets, self.sizes.recycles)
                members |= {f"{mode}/{name}": value for name, value in vars(examples).items()}
            np.savez(path, **members)
        arrays = parameters.read_arrays(path)
        fields = [field.name for field in dataclasses.fields(Examples)]
        part = {prefix: Examples(*(arrays[f"{prefix}/{name}"] for name in fields)) for prefix in ("training", *MODES)}
        return TrunkOutputs(part["training"], {mode: part[mode] for mode in MODES}, float(arrays["seconds"]))

    def on_frozen_trunk(self, name: str, outputs: TrunkOutputs, epochs: int) -> tuple[Result, SecondaryStructureHead]:
        """Trains a head on kept outputs."""
        head = self.head()
        start = time.process_time()
        chains = outputs.training.chains()
        optimizer = torch.optim.Adam(head.parameters(), lr=LEARNING_RATE)
        order = torch.Generator().manual_seed(self.sizes.seed)
        for _ in range(epochs):
            for batch in torch.randperm(len(chains), generator=order).split(CHAINS_PER_UPDATE):
                logits = torch.cat([head(chains[k][0]) for k in batch])  # [residues, 3]
                states = torch.cat([chains[k][1] for k in batch])
                _step(optimizer, functional.cross_entropy(logits, states, ignore_index=UNKNOWN), head)
        seconds = outputs.seconds + time.process_time() - start
        scores = {mode: _scores(head, examples) for mode, examples in outputs.held_out.items()}
        return Result(name, _count(head), seconds, epochs, scores), head

    def from_scratch(self, seconds: float) -> Result:
        """Trains trunk and head together, from random parameters, on the same chains for so much processor time."""
        network, head = self.random_network().train(), self.head()
        learning = nn.ModuleList([*trunk_modules(network).values(), head])
        optimizer = torch.optim.Adam(learning.parameters(), lr=LEARNING_RATE / 3)
        rng = np.random.default_rng(self.sizes.seed)
        targets = training_targets(self.prepared, self.sizes)
        chains = [(tensors(target), torch.from_numpy(native_states(target))) for target in targets]
        start, n_seen, order = time.process_time(), 0, []
        while time.process_time() - start < seconds:
            logits, true = [], []
            for _ in range(CHAINS_PER_UPDATE):
                order = order or rng.permutation(len(chains)).tolist()
                features, states = chains[order.pop()]
                logits.append(head(network.trunk(features)[2])[0])  # [N_res, 3]
                true.append(states)
                n_seen += 1
            loss = functional.cross_entropy(torch.cat(logits), torch.cat(true), ignore_index=UNKNOWN)
            _step(optimizer, loss, learning)
        spent = time.process_time() - start
        scores = {}
        for mode in MODES:
            targets = held_out_targets(self.prepared, self.sizes, mode)
            scores[mode] = _scores(head, through_the_trunk(network.eval(), targets, 0))
        return Result("from scratch", _count(learning), spent, n_seen / len(chains), scores)


def trunk_modules(network: AlphaFoldIteration) -> dict[str, nn.Module]:
    return {name: module for name, module in network.named_children() if name not in NOT_TRUNK}


def layers(network: AlphaFoldIteration, head: SecondaryStructureHead) -> str:
    """Markdown: parameters of each part, frozen or trained, and of all."""
    parts = [(name, _count(module), "frozen") for name, module in network.named_children() if name != HEAD]
    parts += [(HEAD, _count(head), "trained")]
    total, trained = sum(count for _, count, _ in parts), _count(head)
    lines = ["| part | parameters | |", "| --- | --- | --- |"]
    lines += [f"| {name} | {count:,} | {state} |" for name, count, state in parts]
    return "\n".join([*lines, f"| all | {total:,} | {trained:,} trained, {100 * trained / total:.2f} % |"])


def table(results: list[Result]) -> str:
    """Markdown: one line per way and input."""
    titles = [f"{name} {kind}" for name in ("helix", "strand", "coil") for kind in ("recall", "precision")]
    lines = [
        "| way | trained parameters | processor s | epochs | input | residues | Q3 | " + " | ".join(titles) + " |",
        "|" + " --- |" * (7 + len(titles)),
    ]
    for result in results:
        for mode, scores in result.scores.items():
            values = [
                getattr(scores, kind)[name] for name in ("helix", "strand", "coil") for kind in ("recall", "precision")
            ]
            start = f"| {result.name} | {result.trainable:,} | {result.seconds:.0f} | {result.epochs:.3g} | {mode} |"
            shares = " | ".join(f"{value:.3f}" for value in [scores.q3, *values])
            lines.append(f"{start} {scores.n_residues} | {shares} |")
    return "\n".join(lines)


def write(directory: Path, head: SecondaryStructureHead, adapted: Result, sizes: TaskSizes, version: str | None) -> None:
    """Puts the head into the package: parameters.npz, and in model.json checksum, provenance and measured qualities."""
    path = directory / "parameters.npz"
    arrays = _without_head(parameters.read_arrays(path))
    config = NetworkConfig.from_parameters(arrays)
    config = dataclasses.replace(config, c_secondary_structure=head.act_0.bias.numel())
    network = AlphaFoldIteration(config)
    network.secondary_structure_head.load_state_dict(head.state_dict())
    own = {name: array for name, array in parameters.to_arrays(network).items() if f"/{HEAD}/" in name}
    parameters.from_arrays(network, arrays | own)
    parameters.save(network, path)

    card = json.loads((directory / "model.json").read_text())
    card["version"] = version or card["version"]
    card["parametersSha256"] = hashlib.sha256(path.read_bytes()).hexdigest()
    card["provenance"]["parameters"] = str(_count(network))
    card["provenance"]["secondary structure head"] = (
        f"training/anfinsen/adapt.py: {_count(head)} parameters on the frozen trunk, {sizes.n_chains} chains, "
        f"{adapted.epochs:g} epochs, seed {sizes.seed}"
    )
    for mode, scores in adapted.scores.items():
        card["metrics"][f"heldout, {mode}: secondary_structure_q3"] = round(scores.q3, 4)
    (directory / "model.json").write_text(json.dumps(card, indent=2) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model", type=Path, required=True, help="the package: parameters.npz and model.json")
    parser.add_argument("--prepared", type=Path, required=True, help="directory that anfinsen.data.prepare wrote")
    parser.add_argument("--cache", type=Path, required=True, help="directory for the trunk's outputs, outside the project")
    parser.add_argument("--chains", type=int, default=200, help="training chains (default 200)")
    parser.add_argument("--held-out", type=int, default=40, help="held-out chains (default 40)")
    parser.add_argument("--n-res-max", type=int, default=128, help="longer chains are left out (default 128)")
    parser.add_argument("--epochs", type=int, default=20, help="of the head (default 20)")
    parser.add_argument("--width", type=int, default=16, help="channels of the head (default 16)")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only-adapt", action="store_true", help="leave out the two ways to compare with")
    parser.add_argument("--write", action="store_true", help="put the head into the package")
    parser.add_argument("--version", help="the package's new version (default: as it is)")
    arguments = parser.parse_args()

    torch.set_num_threads(1)  # Processor time is what the ways have in common.
    card = json.loads((arguments.model / "model.json").read_text())
    sizes = TaskSizes(
        n_chains=arguments.chains,
        n_held_out=arguments.held_out,
        n_res_max=arguments.n_res_max,
        n_seq=card["features"]["msaClusters"],
        n_extra=card["features"]["extraMsa"],
        recycles=card["recycles"],
        seed=arguments.seed,
    )
    arrays = _without_head(parameters.read_arrays(arguments.model / "parameters.npz"))
    network = AlphaFoldIteration(NetworkConfig.from_parameters(arrays))
    parameters.from_arrays(network, arrays)
    adaptation = Adaptation(network, arguments.prepared, arguments.cache, sizes, arguments.width)

    outputs = adaptation.trunk_outputs(network)
    adapted, head = adaptation.on_frozen_trunk("head on the trained trunk", outputs, arguments.epochs)
    print(layers(network, head), flush=True)
    results = [adapted]
    if not arguments.only_adapt:
        random_outputs = adaptation.trunk_outputs(adaptation.random_network())
        random, _ = adaptation.on_frozen_trunk("head on a random trunk", random_outputs, arguments.epochs)
        results += [random, adaptation.from_scratch(adapted.seconds)]
    print("\n" + table([*results, *without_training(outputs)]))
    if arguments.write:
        write(arguments.model, head, adapted, sizes, arguments.version)


def without_training(outputs: TrunkOutputs) -> list[Result]:
    """What needs no head: the backbone that the network predicts, and the state that is most frequent in training."""
    states = outputs.training.states
    usual = np.bincount(states[states != UNKNOWN]).argmax()
    built, constant = {}, {}
    for mode, examples in outputs.held_out.items():
        built[mode] = examples.scores(examples.predicted_states)
        constant[mode] = examples.scores(np.full_like(examples.states, usual))
    return [Result("predicted backbone", 0, 0.0, 0, built), Result("most frequent state", 0, 0.0, 0, constant)]


def _without_head(arrays: dict[str, np.ndarray]) -> dict[str, np.ndarray]:
    return {name: array for name, array in arrays.items() if f"/{HEAD}/" not in name}


def _digest(network: AlphaFoldIteration, sizes: TaskSizes) -> str:
    kept = [field.name for field in dataclasses.fields(Examples)]
    digest = hashlib.sha256(repr((sizes, kept)).encode())
    for name, array in parameters.to_arrays(network).items():
        digest.update(name.encode() + array.tobytes())
    return digest.hexdigest()[:16]


def _step(optimizer: torch.optim.Optimizer, loss: Tensor, learning: nn.Module) -> None:
    optimizer.zero_grad(set_to_none=True)
    loss.backward()
    nn.utils.clip_grad_norm_(learning.parameters(), 1.0)
    optimizer.step()


@torch.no_grad()
def _scores(head: SecondaryStructureHead, examples: Examples) -> StateScores:
    return examples.scores(torch.cat([head(single).argmax(-1) for single, _ in examples.chains()]).numpy())


def _count(module: nn.Module) -> int:
    return sum(parameter.numel() for parameter in module.parameters())


if __name__ == "__main__":
    main()
