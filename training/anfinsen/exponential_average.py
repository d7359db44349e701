"""The moving average of the parameters, which is what is evaluated and exported: supplement sec. 1.11.7."""

import torch
from torch import Tensor, nn


class ExponentialAverage:
    """Follows a network's parameters; early on over fewer updates, so that the start is soon forgotten."""

    def __init__(self, network: nn.Module, decay: float):
        self.decay = decay
        self.updates = 0
        self.values = {name: value.detach().clone() for name, value in network.state_dict().items()}

    @torch.no_grad()
    def update(self, network: nn.Module) -> None:
        self.updates += 1
        decay = min(self.decay, (1 + self.updates) / (10 + self.updates))
        for name, value in network.state_dict().items():
            self.values[name].lerp_(value, 1.0 - decay)

    def state_dict(self) -> dict[str, Tensor | int]:
        return {"updates": self.updates, "values": self.values}

    def load_state_dict(self, state: dict) -> None:
        self.updates = state["updates"]
        for name, value in state["values"].items():
            self.values[name].copy_(value)
