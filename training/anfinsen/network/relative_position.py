"""Encoding of the distance along the chain."""

from torch import Tensor, nn
from torch.nn import functional

from anfinsen.network.linear import Linear

CLIP = 32


class RelativePosition(nn.Module):
    """Suppl. Alg. 4: linear on the one-hot of the residue offset, clipped to -32..32."""

    def __init__(self, c_z: int):
        super().__init__()
        self.pair_activations = Linear(2 * CLIP + 1, c_z)

    def forward(self, residue_index: Tensor) -> Tensor:
        """``[*, N_res]`` integers -> ``[*, N_res, N_res, c_z]``."""
        offset = residue_index.unsqueeze(-1) - residue_index.unsqueeze(-2)  # [*, N_res, N_res]
        bin_index = (offset + CLIP).clamp(0, 2 * CLIP).long()
        # A one-hot times a matrix is a row of the matrix.
        return functional.embedding(bin_index, self.pair_activations.weights + self.pair_activations.bias)
