"""Secondary structure of each residue."""

from torch import Tensor, nn

from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear

STATES = 3  # coil, helix, strand: as anfinsen.secondary_structure numbers them


class SecondaryStructureHead(nn.Module):
    """Logits of coil, helix and strand, from the Evoformer's s.

    Departs from the supplement, which has no such head: it is trained on a frozen trunk, by ``anfinsen.adapt``.
    """

    def __init__(self, c_s: int, c: int):
        super().__init__()
        self.input_layer_norm = LayerNorm(c_s)
        self.act_0 = Linear(c_s, c, init="relu")
        self.logits = Linear(c, STATES, init="final")

    def forward(self, s: Tensor) -> Tensor:
        """``[*, N_res, c_s] -> [*, N_res, 3]``."""
        return self.logits(self.act_0(self.input_layer_norm(s)).relu())
