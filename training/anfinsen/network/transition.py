"""The two-layer perceptron inside both transitions."""

from torch import Tensor, nn

from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear


class Transition(nn.Module):
    """Layer norm, widen by ``factor``, ReLU, narrow again; the input is not masked."""

    def __init__(self, channels: int, factor: int):
        super().__init__()
        self.input_layer_norm = LayerNorm(channels)
        self.transition1 = Linear(channels, factor * channels, init="relu")
        self.transition2 = Linear(factor * channels, channels, init="final")

    def forward(self, x: Tensor) -> Tensor:
        """``[*, channels]`` -> update of the same shape."""
        x = self.transition1(self.input_layer_norm(x)).relu_()  # [*, factor channels]
        return self.transition2(x)  # [*, channels]
