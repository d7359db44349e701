"""Dilated convolutions over the coevolution maps, before the Evoformer."""

import torch
from torch import Tensor, nn
from torch.nn import functional

from anfinsen.network.config import NetworkConfig
from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import Linear, truncated_normal_
from anfinsen.network.relative_position import RelativePosition

KERNEL = 3
DILATIONS = (1, 2, 4, 8)
PROFILE_CHANNELS = 49 + 22  # msa_feat and target_feat


class Convolution(nn.Module):
    """3 x 3 over the last two axes, as wide as its input, dilated; weights ``[c_out, c_in, 3, 3]``."""

    def __init__(self, channels: int, dilation: int):
        super().__init__()
        self.dilation = dilation
        self.weights = nn.Parameter(torch.zeros(channels, channels, KERNEL, KERNEL))
        truncated_normal_(self.weights.data, channels * KERNEL * KERNEL)

    def forward(self, x: Tensor) -> Tensor:
        """``[*, c, N_res, N_res]``, the same shape."""
        batch = x.reshape(-1, *x.shape[-3:])
        return functional.conv2d(batch, self.weights, padding=self.dilation, dilation=self.dilation).view(x.shape)


class CoevolutionBlock(nn.Module):
    """x + convolution(relu(norm(x)))."""

    def __init__(self, channels: int, dilation: int):
        super().__init__()
        self.layer_norm = LayerNorm(channels)
        self.convolution = Convolution(channels, dilation)

    def forward(self, x: Tensor, pair_mask: Tensor) -> Tensor:
        """``x [*, N_res, N_res, c], pair_mask [*, N_res, N_res]``."""
        y = functional.relu(self.layer_norm(x)) * pair_mask.unsqueeze(-1)
        return x + self.convolution(y.movedim(-1, -3)).movedim(-3, -1)


class CoevolutionStack(nn.Module):
    """Departs from the supplement: a residual network of dilated convolutions makes an update of z behind Alg. 3.

    The reason: what coevolution says about contacts is local in the map of pairs, where convolutions learn it from a
    tenth of the computing that an Evoformer block takes. Parameters without this stack give AlphaFold's network exactly.
    """

    def __init__(self, config: NetworkConfig):
        super().__init__()
        channels = config.c_coevolution_stack
        self.bf16 = config.convolutions_in_bf16
        self.coevolution = Linear(config.c_coevolution, channels)
        self.left_single = Linear(PROFILE_CHANNELS, channels)
        self.right_single = Linear(PROFILE_CHANNELS, channels)
        self.relative_position = RelativePosition(channels)
        self.blocks = nn.ModuleList(
            CoevolutionBlock(channels, DILATIONS[k % len(DILATIONS)]) for k in range(config.coevolution_blocks)
        )
        self.output_layer_norm = LayerNorm(channels)
        self.output_projection = Linear(channels, config.c_z, init="final")

    def forward(
        self,
        coevolution: Tensor,
        target_feat: Tensor,
        residue_index: Tensor,
        msa_feat: Tensor,
        msa_mask: Tensor,
        pair_mask: Tensor,
    ) -> Tensor:
        """As :class:`AlphaFoldIteration` has them -> update of z ``[*, N_res, N_res, c_z]``."""
        single = torch.cat([self.profile(msa_feat, msa_mask), target_feat], dim=-1)  # [*, N_res, 71]
        x = self.left_single(single).unsqueeze(-2) + self.right_single(single).unsqueeze(-3)  # [*, N_res, N_res, c]
        x = x + self.relative_position(residue_index) + self.coevolution(coevolution)
        with torch.autocast(x.device.type, dtype=torch.bfloat16, enabled=self.bf16):
            for block in self.blocks:
                x = block(x, pair_mask)
        return self.output_projection(self.output_layer_norm(x))

    @staticmethod
    def profile(msa_feat: Tensor, msa_mask: Tensor) -> Tensor:
        """The mean of ``msa_feat`` over the rows that have the residue: ``[*, N_res, 49]``."""
        rows = msa_mask.unsqueeze(-1)  # [*, N_seq, N_res, 1]
        return (msa_feat * rows).sum(-3) / rows.sum(-3).clamp(min=1.0)
