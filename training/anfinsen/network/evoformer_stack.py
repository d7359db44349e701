"""The Evoformer."""

from typing import Tuple

from torch import Tensor, nn

from anfinsen.network.block_stack import run_blocks
from anfinsen.network.config import NetworkConfig
from anfinsen.network.evoformer_block import EvoformerBlock
from anfinsen.network.linear import Linear


class EvoformerStack(nn.Module):
    """Suppl. Alg. 6."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.checkpoint = config.checkpoint
        self.blocks = nn.ModuleList(EvoformerBlock(config) for _ in range(config.evoformer_blocks))
        self.single_activations = Linear(config.c_m, config.c_s)

    def forward(self, m: Tensor, z: Tensor, msa_mask: Tensor, pair_mask: Tensor) -> Tuple[Tensor, Tensor, Tensor]:
        """-> (m, z, s): s ``[*, N_res, c_s]`` comes from the first row of m."""
        m, z = run_blocks(self.blocks, m, z, msa_mask, pair_mask, self.checkpoint)
        return m, z, self.single_activations(m[..., 0, :, :])  # [*, N_res, c_s]
