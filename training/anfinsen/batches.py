"""Batches for one training process."""

import dataclasses
from pathlib import Path

import numpy as np
import torch
import torch.multiprocessing as multiprocessing
from torch import Tensor

from anfinsen.configuration import DataConfig
from anfinsen.data.compact import CompactDataset
from anfinsen.data.dataset import DEEP, QUERY, REAL, RESIDUE_AXES, SYNTHETIC, Dataset, SampleConfig

LABEL = "label/"
ROW_MASKS = {
    "msa_mask": ("msa_feat", "msa_mask", "label/true_msa", "label/bert_mask"),
    "extra_msa_mask": ("extra_msa_feat", "extra_msa_mask"),
}


class Batches:
    """Draws samples of a prepared directory or a compact file and stacks them.

    A batch is as long and as deep as its largest sample, so little is padding.
    """

    def __init__(self, prepared: Path, config: DataConfig, seed: tuple[int, ...]):
        self._dataset = CompactDataset(prepared) if prepared.is_file() else Dataset(prepared)
        self._config = config
        self._rng = np.random.default_rng(seed)

    def draw(self, n_res: int, batch_size: int) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """Features and labels, as AlphaFoldIteration and training_losses take them, of `batch_size` crops."""
        config = SampleConfig(
            n_res=n_res,
            n_seq=self._config.n_seq,
            n_extra=self._config.n_extra,
            spatial_probability=self._config.spatial_crops,
            kind_probability={
                SYNTHETIC: self._config.synthetic,
                REAL: self._config.real,
                QUERY: self._config.query_only,
            },
        )
        return collate([self._sample(config) for _ in range(batch_size)])

    def _sample(self, config: SampleConfig) -> dict[str, np.ndarray]:
        kind = None
        if self._rng.random() < self._config.deep:
            kind, config = DEEP, dataclasses.replace(config, kind_probability={DEEP: 1.0})
        return self._dataset.sample(self._dataset.draw_index(self._rng, kind), self._rng, config)


class BatchesAhead:
    """The same, drawn by other processes ahead of need: a GPU learns from more samples than one process can draw.

    Each of `processes` draws with a seed of its own. When another size is asked for, what was drawn ahead is dropped.
    """

    def __init__(self, prepared: Path, config: DataConfig, seed: tuple[int, ...], processes: int):
        context = multiprocessing.get_context("spawn")
        self._sizes, self._drawn = context.Queue(), context.Queue()
        self._n_ahead = 2 * processes
        self._size: tuple[int, int] | None = None
        for number in range(processes):
            arguments = (prepared, config, (*seed, number), self._sizes, self._drawn)
            context.Process(target=_draw_ahead, args=arguments, daemon=True).start()

    def draw(self, n_res: int, batch_size: int) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
        """As `Batches.draw`. Raises what a drawing process raised."""
        if self._size is None:
            for _ in range(self._n_ahead):
                self._sizes.put((n_res, batch_size))
        self._size = n_res, batch_size
        while True:
            size, batch = self._drawn.get()
            self._sizes.put(self._size)
            if isinstance(batch, Exception):
                raise batch
            if size == self._size:
                return batch


def _draw_ahead(prepared: Path, config: DataConfig, seed: tuple[int, ...], sizes, drawn) -> None:
    torch.set_num_threads(1)
    try:
        batches = Batches(prepared, config, seed)
        while True:
            size = sizes.get()
            drawn.put((size, batches.draw(*size)))
    except Exception as error:  # The process that waits has to hear of it.
        drawn.put((None, error))


def collate(samples: list[dict[str, np.ndarray]]) -> tuple[dict[str, Tensor], dict[str, Tensor]]:
    """Stacks padded samples and cuts rows and residues that are padding in all of them."""
    stacked = {name: np.stack([sample[name] for sample in samples]) for name in samples[0]}
    n_res = int(stacked["seq_mask"].sum(-1).max())
    cut = {mask: int(stacked[mask].max(-1).sum(-1).max()) for mask in ROW_MASKS}
    features: dict[str, Tensor] = {}
    labels: dict[str, Tensor] = {}
    for name, array in stacked.items():
        for axis in RESIDUE_AXES[name]:
            array = array.take(range(n_res), axis + 1)
        for mask, names in ROW_MASKS.items():
            if name in names:
                array = array[:, : cut[mask]]
        tensor = torch.from_numpy(np.ascontiguousarray(array))
        if name.startswith(LABEL):
            labels[name.removeprefix(LABEL)] = tensor
        else:
            features[name] = tensor
    return features, labels
