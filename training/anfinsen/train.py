"""Trains a network: `python -m anfinsen.train --help`.

One process per CPU core, or one on a GPU; processes average their gradients. The learning rate, the crop size and the
late losses follow the share of `--minutes` that is used, so a run always ends as planned however fast the machine is.
"""

import argparse
import json
import math
import os
import signal
import sys
import time
from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from pathlib import Path

import torch
import torch.distributed as distributed
import torch.multiprocessing as multiprocessing
from torch import Tensor, nn

from anfinsen.batches import Batches, BatchesAhead
from anfinsen.configuration import OptimizerConfig, Phase, TrainingConfig, read_config
from anfinsen.exponential_average import ExponentialAverage
from anfinsen.loss.distogram_loss import distogram_loss
from anfinsen.loss.training_loss import Losses, training_losses
from anfinsen.network.alphafold_iteration import AlphaFoldIteration, passes
from anfinsen.optimizer import build_optimizers
from anfinsen.parameters import from_arrays, initial_arrays, read_arrays
from anfinsen.structure_replay import StructureReplay, fold

LOG_EVERY_UPDATES = 20
UPDATES_BEFORE_REPLAY = 8
REPLAYED = (
    "backbone_fape",
    "local_fape",
    "backbone_torsion",
    "smooth_lddt",
    "all_atom_fape",
    "torsion",
    "violation",
    "lddt_ca",
)


@dataclass(frozen=True)
class Run:
    """Where and how long: `directory` is for checkpoints and logs, `prepared` has the packed samples.

    `initial` are published parameters to begin with, of as many blocks or fewer. `loaders`: so many processes draw the
    batches of one that trains, which draws them itself if 0.
    """

    directory: Path
    prepared: Path
    seconds: float
    save_every_seconds: float
    processes: int
    device: str
    initial: Path | None = None
    loaders: int = 0


def learning_rate(config: OptimizerConfig, updates: int, progress: float) -> float:
    """Linear warm-up in updates, then constant, then half a cosine down to `final_share` at the run's end."""
    warm_up = min(1.0, (updates + 1) / config.warm_up_updates)
    decayed = max(0.0, progress - config.decay_from) / (1.0 - config.decay_from)
    cosine = 0.5 * (1.0 + math.cos(math.pi * min(1.0, decayed)))
    return config.learning_rate * warm_up * (config.final_share + (1.0 - config.final_share) * cosine)


class Trainer:
    """One process's part of a run; `clock` counts seconds."""

    def __init__(self, config: TrainingConfig, run: Run, rank: int, clock: Callable[[], float] = time.monotonic):
        self.config, self.run, self.rank, self.clock = config, run, rank, clock
        self.device = torch.device(run.device)
        torch.manual_seed(config.seed)
        self.network = AlphaFoldIteration(config.network)
        if run.initial is not None:
            from_arrays(self.network, initial_arrays(self.network, read_arrays(run.initial)))
        self.network.to(self.device)
        self.optimizers = build_optimizers(self.network, config.optimizer.kind, config.optimizer.learning_rate)
        self.average = ExponentialAverage(self.network, config.optimizer.ema_decay)
        self.updates = self.samples = 0
        self.seconds_before = 0.0
        self.started_at = 0
        self.logged: list[dict[str, float]] = []

    def train(self) -> None:
        self._resume()
        self.started_at = self.updates
        self.replay = StructureReplay(self.config.seed + self.updates + self.rank, self.config.data.replay_samples)
        if self.rank == 0:
            n_parameters = sum(parameter.numel() for parameter in self.network.parameters())
            print(f"{n_parameters} parameters, {self.run.processes} x {self.device}", flush=True)
        # A resumed run draws other samples than the ones it has seen.
        source = self.run.prepared, self.config.data, (self.config.seed, self.updates, self.rank)
        batches = BatchesAhead(*source, self.run.loaders) if self.run.loaders else Batches(*source)
        draws = torch.Generator().manual_seed(self.config.seed + self.updates)  # the same in every process
        start = last_saved = self.clock()
        while True:
            elapsed = self._agreed(self.seconds_before + self.clock() - start)
            progress = elapsed / self.run.seconds
            if progress >= 1.0:
                break
            self._update(batches, progress, draws)
            if self.rank == 0 and self.updates % LOG_EVERY_UPDATES == 0:
                self._log(elapsed)
            if self.rank == 0 and self.clock() - last_saved > self.run.save_every_seconds:
                last_saved = self.clock()
                self._save(elapsed)
        if self.rank == 0:
            self._save(elapsed)

    def _update(self, batches: Batches | BatchesAhead, progress: float, draws: torch.Generator) -> None:
        phase = self.config.phase(progress)
        recycles = int(torch.randint(phase.max_recycles + 1, (), generator=draws))
        rate = learning_rate(self.config.optimizer, self.updates, progress)
        numbers: dict[str, float] = {"rate": rate}
        if phase.evoformer_frozen:
            self._remember(batches, phase, recycles)
        else:
            self._prepare_step(rate)
            for _ in range(phase.micro_batches):
                _add(numbers, self._backward(batches, phase, progress, recycles), 1.0 / phase.micro_batches)
            numbers["gradient_norm"] = self._step()
        self.updates += 1
        self.samples += phase.micro_batches * phase.batch_size * self.run.processes
        if self.updates - self.started_at > UPDATES_BEFORE_REPLAY:
            for _ in range(phase.structure_updates):
                self._prepare_step(rate)
                _add(numbers, self._replay(phase, progress), 1.0 / phase.structure_updates)
                numbers["replay_gradient_norm"] = self._step()
        self.logged.append(numbers)

    def _remember(self, batches: Batches | BatchesAhead, phase: Phase, recycles: int) -> None:
        features, labels = self._drawn(batches, phase)
        with torch.no_grad(), self._precision():
            outputs = passes(self.network, features, recycles)
        self.replay.remember(self.network, outputs, features, labels)

    def _drawn(self, batches: Batches | BatchesAhead, phase: Phase) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        features, labels = batches.draw(phase.n_res, phase.batch_size)
        features = {name: value.to(self.device) for name, value in features.items()}
        return features, {name: value.to(self.device) for name, value in labels.items()}

    def _prepare_step(self, rate: float) -> None:
        for optimizer in self.optimizers:
            optimizer.zero_grad(set_to_none=True)
            for group in optimizer.param_groups:
                group["lr"] = rate

    def _step(self) -> float:
        """Clips and applies the gradients; returns their norm before clipping."""
        norm = self._average_gradients()
        if math.isfinite(norm):  # A sample that overflows must not end a long run; the log counts it.
            scale = min(1.0, self.config.optimizer.gradient_clip / (norm + 1e-6))
            for parameter in self._with_gradient():
                parameter.grad.mul_(scale)
            for optimizer in self.optimizers:
                optimizer.step()
            self.average.update(self.network)
        return norm

    def _replay(self, phase: Phase, progress: float) -> dict[str, float]:
        """Adds the gradient of remembered samples; returns the means of those losses that they have."""
        batch = self.replay.draw(phase.structure_batch)
        losses = self._losses(fold(self.network, batch), batch, batch, progress)
        losses.total(self.config.loss).mean().backward()
        values = losses.detached()
        return {f"replay_{name}": float(values[name].mean()) for name in REPLAYED}

    def _losses(self, outputs: dict, features: dict, labels: dict, progress: float) -> Losses:
        clamped = torch.rand(len(features["aatype"]), device=self.device) < self.config.loss.clamped_share
        weights = self.config.loss
        return training_losses(
            outputs, features, labels, clamped, progress >= weights.all_atom_from, progress >= weights.violation_from
        )

    def _backward(self, batches: Batches | BatchesAhead, phase: Phase, progress: float, recycles: int) -> dict[str, float]:
        """Adds one micro-batch's gradient; returns its mean losses."""
        features, labels = self._drawn(batches, phase)
        if phase.coevolution_alone:
            return self._backward_of_coevolution(features, labels, phase)
        with self._precision():
            outputs = passes(self.network, features, recycles)
        if phase.structure_updates:
            self.replay.remember(self.network, outputs, features, labels)
        losses = self._losses(outputs, features, labels, progress)
        total = losses.total(self.config.loss).mean()
        (total / phase.micro_batches).backward()
        numbers = {name: float(value.mean()) for name, value in losses.detached().items()}
        return {"total": float(total.detach()), **numbers}

    def _backward_of_coevolution(self, features: dict, labels: dict, phase: Phase) -> dict[str, float]:
        """As `_backward`, without an Evoformer: the gradient is the coevolution stack's alone."""
        with self._precision():
            logits = self.network.distogram_head(self.network.coevolution_update(features)).float()
        loss = distogram_loss(logits, labels["pseudo_beta"], labels["pseudo_beta_mask"]).mean()
        (loss / phase.micro_batches).backward()
        for name, parameter in self.network.named_parameters():
            if not name.startswith("coevolution_stack."):
                parameter.grad = None
        return {"distogram": float(loss.detach())}

    def _precision(self):
        if self.device.type == "cuda":
            return torch.autocast("cuda", dtype=torch.bfloat16)
        return nullcontext()

    def _with_gradient(self) -> list[nn.Parameter]:
        return [parameter for parameter in self.network.parameters() if parameter.grad is not None]

    def _average_gradients(self) -> float:
        """Means over processes in place; returns the norm of the whole gradient."""
        parameters = self._with_gradient()
        flat = torch.cat([parameter.grad.flatten() for parameter in parameters])
        if self.run.processes > 1:
            distributed.all_reduce(flat)
            flat /= self.run.processes
            offset = 0
            for parameter in parameters:
                size = parameter.numel()
                parameter.grad.copy_(flat[offset : offset + size].view_as(parameter))
                offset += size
        return float(flat.norm())

    def _agreed(self, seconds: float) -> float:
        """The first process's clock, so that all change phase and stop together."""
        if self.run.processes == 1:
            return seconds
        clock = torch.tensor([seconds], dtype=torch.float64)
        distributed.broadcast(clock, 0)
        return float(clock)

    def _log(self, elapsed: float) -> None:
        finite = [entry for entry in self.logged if all(math.isfinite(value) for value in entry.values())]
        means = {
            name: sum(entry[name] for entry in finite) / len(finite)
            for name in (finite[0] if finite else {})
            if all(name in entry for entry in finite)
        }
        line = {
            "minutes": elapsed / 60.0,
            "updates": self.updates,
            "samples": self.samples,
            "samples_per_second": self.samples / elapsed,
            "overflows": len(self.logged) - len(finite),
            **means,
        }
        self.logged.clear()
        with (self.run.directory / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")
        print(" ".join(f"{name} {value:.4g}" for name, value in line.items()), flush=True)

    def _save(self, elapsed: float) -> None:
        """Replaces the checkpoint in one step, so that a run killed at any time leaves a whole one."""
        path = self.run.directory / "checkpoint.pt"
        unfinished = path.with_suffix(".unfinished")
        state = {
            "network": self.network.state_dict(),
            "average": self.average.state_dict(),
            "optimizers": [optimizer.state_dict() for optimizer in self.optimizers],
            "updates": self.updates,
            "samples": self.samples,
            "seconds": elapsed,
        }
        torch.save(state, unfinished)
        os.replace(unfinished, path)

    def _resume(self) -> None:
        path = self.run.directory / "checkpoint.pt"
        if not path.exists():
            return
        state = torch.load(path, map_location=self.device)
        self.network.load_state_dict(state["network"])
        self.average.load_state_dict(state["average"])
        for optimizer, saved in zip(self.optimizers, state["optimizers"]):
            optimizer.load_state_dict(saved)
        self.updates, self.samples, self.seconds_before = state["updates"], state["samples"], state["seconds"]


def _add(sums: dict[str, float], values: dict[str, float], weight: float) -> None:
    for name, value in values.items():
        sums[name] = sums.get(name, 0.0) + weight * value


def work(rank: int, config: TrainingConfig, run: Run) -> None:
    """Body of one process."""
    torch.set_num_threads(1 if run.processes > 1 else torch.get_num_threads())
    if run.processes > 1:
        store = f"file://{(run.directory / 'rendezvous').resolve()}"
        distributed.init_process_group("gloo", init_method=store, rank=rank, world_size=run.processes)
    Trainer(config, run, rank).train()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--config", type=Path, required=True, help="TOML file, see training/configs")
    parser.add_argument("--run", type=Path, required=True, help="directory for checkpoint and log, outside the project")
    parser.add_argument("--prepared", type=Path, required=True, help="directory of anfinsen.data.prepare, or file of anfinsen.data.compact")
    parser.add_argument("--minutes", type=float, required=True, help="length of the whole run, earlier parts included")
    parser.add_argument("--save-every", type=float, default=300.0, help="seconds between checkpoints (default 300)")
    parser.add_argument("--processes", type=int, default=1, help="processes of one thread each (CPU)")
    parser.add_argument("--loaders", type=int, default=0, help="processes that draw batches ahead (GPU)")
    parser.add_argument("--device", default="cuda" if torch.cuda.is_available() else "cpu")
    parser.add_argument("--initial", type=Path, help="parameters.npz to begin with instead of random ones; it may have fewer blocks")
    parser.add_argument("--resume", action="store_true", help="go on from the checkpoint in --run")
    arguments = parser.parse_args()

    config = read_config(arguments.config)
    if (arguments.run / "checkpoint.pt").exists() and not arguments.resume:
        parser.error(f"{arguments.run} has a checkpoint: give --resume, or another directory")
    if arguments.loaders and arguments.processes > 1:
        parser.error("--loaders draw for one process: leave --processes out")
    arguments.run.mkdir(parents=True, exist_ok=True)
    (arguments.run / "config.toml").write_text(arguments.config.read_text())
    (arguments.run / "rendezvous").unlink(missing_ok=True)
    run = Run(
        arguments.run,
        arguments.prepared,
        60.0 * arguments.minutes,
        arguments.save_every,
        arguments.processes,
        arguments.device,
        arguments.initial,
        arguments.loaders,
    )
    if run.processes == 1:
        work(0, config, run)
    else:
        # Ended by SIGTERM, the run ends its processes, which would go on writing checkpoints.
        signal.signal(signal.SIGTERM, lambda number, frame: sys.exit(128 + number))
        multiprocessing.spawn(work, args=(config, run), nprocs=run.processes, daemon=True)


if __name__ == "__main__":
    main()
