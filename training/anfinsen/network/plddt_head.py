"""Predicted lDDT."""

from torch import Tensor, nn

from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear

BINS = 50


class PlddtHead(nn.Module):
    """Suppl. Alg. 29: logits of 50 bins of the C-alpha lDDT, from the structure module's last s."""

    def __init__(self, c_s: int, c: int):
        super().__init__()
        self.input_layer_norm = LayerNorm(c_s)
        self.act_0 = Linear(c_s, c, init="relu")
        self.act_1 = Linear(c, c, init="relu")
        self.logits = Linear(c, BINS, init="final")

    def forward(self, s: Tensor) -> Tensor:
        """``[*, N_res, c_s] -> [*, N_res, 50]``."""
        return self.logits(self.act_1(self.act_0(self.input_layer_norm(s)).relu()).relu())
