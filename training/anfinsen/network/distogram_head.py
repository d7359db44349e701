"""Distogram."""

from torch import Tensor, nn

from anfinsen.network.linear import Linear

BINS = 64


class DistogramHead(nn.Module):
    """Suppl. 1.9.8: logits of 64 bins of the C-beta distance, 63 breaks from 2.3125 to 21.6875 Angstrom."""

    def __init__(self, c_z: int):
        super().__init__()
        self.half_logits = Linear(c_z, BINS, init="final")

    def forward(self, z: Tensor) -> Tensor:
        """``[*, N_res, N_res, c_z] -> [*, N_res, N_res, 64]``, symmetric."""
        half = self.half_logits(z)  # [*, N_res, N_res, 64]
        return half + half.transpose(-2, -3)
