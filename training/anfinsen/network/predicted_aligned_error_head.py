"""Predicted aligned error."""

from torch import Tensor, nn

from anfinsen.network.linear import Linear

BINS = 64


class PredictedAlignedErrorHead(nn.Module):
    """Suppl. 1.9.7: logits of 64 bins of the error of C-alpha j in the frame of i, 63 breaks from 0 to 31 Angstrom."""

    def __init__(self, c_z: int):
        super().__init__()
        self.logits = Linear(c_z, BINS, init="final")

    def forward(self, z: Tensor) -> Tensor:
        """``[*, N_res, N_res, c_z] -> [*, N_res, N_res, 64]``."""
        return self.logits(z)
