"""Extra lessons for the structure module, which learns slowly and costs little."""

import random
from collections import deque

import torch
from torch import Tensor
from torch.nn import functional

from anfinsen.network.alphafold_iteration import AlphaFoldIteration

# What is kept of a sample, and which of its axes count residues.
RESIDUE_AXES = {
    "single": (0,),
    "z": (0, 1),
    "aatype": (0,),
    "residue_index": (0,),
    "seq_mask": (0,),
    "atom14_positions": (0,),
    "atom14_mask": (0,),
}


class StructureReplay:
    """Remembers what the Evoformer made of recent samples, so that the structure module can train on it again.

    Departs from the supplement: there both parts see each sample once. Here the Evoformer takes nearly all the time, and
    a hundredth of the samples that AlphaFold saw must do: the structure module gets several updates for each of the
    Evoformer's, on inputs that are a little old.
    """

    def __init__(self, seed: int, capacity: int):
        self._samples: deque[dict[str, Tensor]] = deque(maxlen=capacity)
        self._random = random.Random(seed)

    def __len__(self) -> int:
        return len(self._samples)

    def remember(
        self,
        network: AlphaFoldIteration,
        outputs: dict[str, Tensor],
        features: dict[str, Tensor],
        labels: dict[str, Tensor],
    ) -> None:
        """Keeps those samples of a batch that have a backbone to learn from."""
        with torch.no_grad():
            single = network.evoformer_stack.single_activations(outputs["m_first_row"])
        # The pair representation is nearly all of a sample, and half its precision is enough.
        whole = {**features, **labels, "single": single, "z": outputs["z"].detach().half()}
        for sample in range(len(single)):
            if labels["atom14_mask"][sample, :, :3].prod(-1).sum() > 0:
                self._samples.append({name: whole[name][sample] for name in RESIDUE_AXES})

    def draw(self, batch_size: int) -> dict[str, Tensor]:
        """A batch, padded to its longest sample."""
        chosen = self._random.choices(self._samples, k=batch_size)
        n_res = max(len(sample["seq_mask"]) for sample in chosen)
        batch = {
            name: torch.stack([_padded(sample[name], n_res, axes) for sample in chosen])
            for name, axes in RESIDUE_AXES.items()
        }
        batch["z"] = batch["z"].float()
        return batch


def fold(network: AlphaFoldIteration, batch: dict[str, Tensor]) -> dict[str, Tensor]:
    """The structure module and the heads that judge it, alone: outputs for `training_losses`."""
    outputs = network.structure_module(batch["single"], batch["z"], batch["aatype"], batch["seq_mask"])
    outputs["plddt_logits"] = network.plddt_head(outputs["s"])
    if network.predicted_aligned_error_head is not None:
        outputs["predicted_aligned_error_logits"] = network.predicted_aligned_error_head(batch["z"])
    return outputs


def _padded(tensor: Tensor, n_res: int, axes: tuple[int, ...]) -> Tensor:
    padding = [0, 0] * tensor.dim()
    for axis in axes:
        padding[2 * (tensor.dim() - 1 - axis) + 1] = n_res - tensor.shape[axis]
    return functional.pad(tensor, padding)
