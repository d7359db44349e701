"""A training run as a TOML file: every number that decides its outcome, checked on reading."""

import dataclasses
import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

from anfinsen.loss.training_loss import LossWeights
from anfinsen.network.config import NetworkConfig

T = TypeVar("T")


@dataclass(frozen=True)
class Phase:
    """One stretch of a run, until a share of it is done: crops of `n_res` residues.

    An update takes `micro_batches` times `batch_size` crops in each process. Micro-batches of one crop waste nothing on
    padding, which counts on a CPU; a GPU wants large ones.
    `structure_updates`: after each update, so many for the structure module alone on `structure_batch` remembered samples.
    `evoformer_frozen`: only those updates are made; the Evoformer just delivers samples, at a third of its cost.
    `coevolution_alone`: only the coevolution stack learns, from what the distogram head reads out of its update of z.
    `max_recycles`: 0 to this many passes are made without gradient first; all processes draw the same number.
    """

    until: float
    n_res: int
    batch_size: int = 1
    micro_batches: int = 1
    max_recycles: int = 0
    structure_updates: int = 0
    structure_batch: int = 8
    evoformer_frozen: bool = False
    coevolution_alone: bool = False


@dataclass(frozen=True)
class OptimizerConfig:
    """`kind` is adam or muon. Warm-up in updates; the decay starts at a share of the run and ends at `final_share`."""

    kind: str = "adam"
    learning_rate: float = 1e-3
    warm_up_updates: int = 200
    decay_from: float = 0.6
    final_share: float = 0.05
    gradient_clip: float = 1.0
    ema_decay: float = 0.999


@dataclass(frozen=True)
class DataConfig:
    """Alignment rows per sample, how often each kind of alignment is drawn, and the share of crops in two pieces.

    `deep` is the share of samples from the deep alignments, if these were prepared; the kinds share the others.
    `replay_samples` are remembered by each process for the structure module's own updates.
    """

    n_seq: int = 24
    n_extra: int = 48
    synthetic: float = 0.5
    real: float = 0.35
    query_only: float = 0.15
    deep: float = 0.0
    spatial_crops: float = 0.5
    replay_samples: int = 256


@dataclass(frozen=True)
class TrainingConfig:
    seed: int
    phases: tuple[Phase, ...]
    network: NetworkConfig
    optimizer: OptimizerConfig = field(default_factory=OptimizerConfig)
    data: DataConfig = field(default_factory=DataConfig)
    loss: LossWeights = field(default_factory=LossWeights)

    def __post_init__(self) -> None:
        ends = [phase.until for phase in self.phases]
        if not ends or ends != sorted(ends) or ends[-1] != 1.0:
            raise ValueError(f"phases end at {ends}: they must rise to 1.0")

    def phase(self, progress: float) -> Phase:
        """The phase at a share (0 to 1) of the run."""
        return next((phase for phase in self.phases if progress < phase.until), self.phases[-1])


def read_config(path: Path) -> TrainingConfig:
    """Reads a run's TOML file. Raises ValueError naming the key for one that is unknown."""
    values = tomllib.loads(path.read_text())
    return TrainingConfig(
        seed=values.pop("seed"),
        phases=tuple(_filled(Phase, entry) for entry in values.pop("phases")),
        network=_filled(NetworkConfig, values.pop("network")),
        optimizer=_filled(OptimizerConfig, values.pop("optimizer", {})),
        data=_filled(DataConfig, values.pop("data", {})),
        loss=_filled(LossWeights, values.pop("loss", {})),
        **_none_left(values),
    )


def _filled(kind: type[T], values: dict[str, Any]) -> T:
    known = {entry.name for entry in dataclasses.fields(kind)}
    unknown = set(values) - known
    if unknown:
        raise ValueError(f"{kind.__name__} has no {sorted(unknown)}; it has {sorted(known)}")
    return kind(**values)


def _none_left(values: dict[str, Any]) -> dict[str, Any]:
    if values:
        raise ValueError(f"unknown sections {sorted(values)}")
    return values
