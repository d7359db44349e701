"""Secondary structure of each residue."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear

STATES = 3  # coil, helix, strand: as anfinsen.secondary_structure numbers them
NEIGHBOURS = 4  # on each side: a turn of a helix


class SecondaryStructureHead(nn.Module):
    """Logits of coil, helix and strand, from the Evoformer's s of a residue and its four neighbours on each side.

    Departs from the supplement, which has no such head: it is trained on a frozen trunk, by ``anfinsen.adapt``. Beyond the ends
    there are zeros.
    """

    def __init__(self, c_s: int, c: int):
        super().__init__()
        self.input_layer_norm = LayerNorm(c_s)
        self.act_0 = Linear(c_s, c)
        self.act_1 = Linear((2 * NEIGHBOURS + 1) * c, c, init="relu")
        self.logits = Linear(c, STATES, init="final")

    def forward(self, s: Tensor) -> Tensor:
        """``[*, N_res, c_s] -> [*, N_res, 3]``."""
        n_res = s.shape[-2]
        a = functional.pad(self.act_0(self.input_layer_norm(s)), (0, 0, NEIGHBOURS, NEIGHBOURS))
        window = [a[..., k : k + n_res, :] for k in range(2 * NEIGHBOURS + 1)]
        a = self.act_1(torch.cat(window, dim=-1)).relu()  # [*, N_res, c]
        return self.logits(a)
