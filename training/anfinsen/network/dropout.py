"""Dropout with one mask for all rows or all columns."""

from torch import Tensor, nn
from torch.nn import functional


class SharedDropout(nn.Module):
    """DropoutRowwise and DropoutColumnwise of Alg. 6 (Suppl. 1.11.6): one mask shared along ``shared_axis``."""

    def __init__(self, rate: float, shared_axis: int):
        super().__init__()
        self.rate = rate
        self.shared_axis = shared_axis

    def forward(self, x: Tensor) -> Tensor:
        if not self.training or self.rate == 0.0:
            return x
        shape = list(x.shape)
        shape[self.shared_axis] = 1
        return x * functional.dropout(x.new_ones(shape), self.rate)
