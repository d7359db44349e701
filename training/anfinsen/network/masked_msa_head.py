"""Masked MSA prediction."""

from torch import Tensor, nn

from anfinsen.network.linear import Linear

CLASSES = 23


class MaskedMsaHead(nn.Module):
    """Suppl. 1.9.9: logits of the 20 residues, unknown, gap and mask, for each place of the MSA."""

    def __init__(self, c_m: int):
        super().__init__()
        self.logits = Linear(c_m, CLASSES, init="final")

    def forward(self, m: Tensor) -> Tensor:
        """``[*, N_seq, N_res, c_m] -> [*, N_seq, N_res, 23]``."""
        return self.logits(m)
