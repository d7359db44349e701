"""The optimizers: Adam as in the paper, or Muon for the matrices inside the network and Adam for everything else.

Departs from the supplement: Muon (Jordan et al. 2024, "Muon: An optimizer for hidden layers") replaces each matrix's
momentum by the nearest orthogonal matrix. Per update it learns more, which counts where updates are few.
"""

import math

import torch
from torch import Tensor, nn
from torch.optim import Adam, Optimizer

ADAM_BETAS = (0.9, 0.99)
ADAM_EPSILON = 1e-6
MUON_MOMENTUM = 0.95
# Size of a Muon update relative to Adam's at the same learning rate. Liu et al. 2025 ("Muon is scalable") take 0.2; in a
# network this narrow, 0.6 gives matrices the relative change per update that Jordan et al. use.
MUON_RELATIVE_SIZE = 0.6
SMALLEST_SIDE = 8
HIDDEN_SCOPES = (".blocks.", "structure_module.")
# Not hidden: they make what leaves the network.
OUTPUT_LAYERS = ("affine_update", "unnormalized_angles")


class Muon(Optimizer):
    """Momentum made orthogonal by five Newton-Schulz steps. Each group has the `shape` its arrays have as matrices."""

    def __init__(self, groups: list[dict], lr: float):
        super().__init__(groups, {"lr": lr})

    @torch.no_grad()
    def step(self) -> None:
        for group in self.param_groups:
            parameters = [parameter for parameter in group["params"] if parameter.grad is not None]
            if not parameters:
                continue
            directions = torch.stack([self._direction(parameter).reshape(group["shape"]) for parameter in parameters])
            scale = group["lr"] * MUON_RELATIVE_SIZE * math.sqrt(max(group["shape"]))
            for parameter, update in zip(parameters, orthogonalised(directions)):
                parameter.sub_(update.view_as(parameter), alpha=scale)

    def _direction(self, parameter: nn.Parameter) -> Tensor:
        """Nesterov's momentum."""
        state = self.state[parameter]
        if not state:
            state["momentum"] = torch.zeros_like(parameter)
        state["momentum"].lerp_(parameter.grad, 1.0 - MUON_MOMENTUM)
        return torch.lerp(parameter.grad, state["momentum"], MUON_MOMENTUM)


def orthogonalised(matrices: Tensor) -> Tensor:
    """Roughly U V^T of each matrix's singular value decomposition: [B, rows, columns], singular values 0.7 to 1.2."""
    a, b, c = 3.4445, -4.7750, 2.0315  # the quintic of Jordan et al.
    tall = matrices.shape[-2] > matrices.shape[-1]
    x = matrices.transpose(-1, -2) if tall else matrices
    x = x / x.flatten(1).norm(dim=1).clamp(min=1e-12)[:, None, None]
    for _ in range(5):
        square = x @ x.transpose(-1, -2)
        x = a * x + (b * square + c * square @ square) @ x
    return x.transpose(-1, -2) if tall else x


def matrix_shape(name: str, parameter: Tensor) -> tuple[int, int]:
    """Inputs by outputs: `output_w` has two axes of inputs, queries and their like have two of outputs."""
    shape = parameter.shape
    if name.endswith("output_w"):
        return math.prod(shape[:-1]), shape[-1]
    return shape[0], math.prod(shape[1:])


def is_hidden_matrix(name: str, parameter: Tensor) -> bool:
    """A matrix between hidden layers: not an embedding of features, not a last layer, not a bias."""
    if parameter.dim() < 2 or name.endswith("gating_b") or min(matrix_shape(name, parameter)) < SMALLEST_SIDE:
        return False
    return any(scope in name for scope in HIDDEN_SCOPES) and not any(layer in name for layer in OUTPUT_LAYERS)


def build_optimizers(network: nn.Module, kind: str, learning_rate: float) -> list[Optimizer]:
    """`kind` is "adam" or "muon"; raises ValueError for another."""
    if kind not in ("adam", "muon"):
        raise ValueError(f"optimizer '{kind}', expected adam or muon")
    by_shape: dict[tuple[int, int], list[nn.Parameter]] = {}
    other = []
    for name, parameter in network.named_parameters():
        if kind == "muon" and is_hidden_matrix(name, parameter):
            by_shape.setdefault(matrix_shape(name, parameter), []).append(parameter)
        else:
            other.append(parameter)
    adam = Adam(other, lr=learning_rate, betas=ADAM_BETAS, eps=ADAM_EPSILON)
    groups = [{"params": parameters, "shape": shape} for shape, parameters in by_shape.items()]
    return [adam, Muon(groups, learning_rate)] if groups else [adam]
