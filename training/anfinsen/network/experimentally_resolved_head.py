"""Experimentally resolved prediction."""

from torch import Tensor, nn

from anfinsen.network.linear import Linear

ATOMS = 37


class ExperimentallyResolvedHead(nn.Module):
    """Suppl. 1.9.10: logit, for each atom37, that an experiment would resolve it; from the Evoformer's s."""

    def __init__(self, c_s: int):
        super().__init__()
        self.logits = Linear(c_s, ATOMS, init="final")

    def forward(self, s: Tensor) -> Tensor:
        """``[*, N_res, c_s] -> [*, N_res, 37]``."""
        return self.logits(s)
