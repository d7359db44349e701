"""The stack for the sequences that are not cluster centres."""

from torch import Tensor, nn

from anfinsen.network.block_stack import run_blocks
from anfinsen.network.config import NetworkConfig
from anfinsen.network.evoformer_block import EvoformerBlock
from anfinsen.network.linear import Linear


class ExtraMsaStack(nn.Module):
    """Suppl. Alg. 18, with the embedding of the extra MSA in front (Alg. 2, line 15). Only z leaves it."""

    def __init__(self, config: NetworkConfig, channels: int = 25):
        super().__init__()
        self.checkpoint = config.checkpoint
        self.extra_msa_activations = Linear(channels, config.c_e)
        self.blocks = nn.ModuleList(EvoformerBlock(config, extra=True) for _ in range(config.extra_msa_blocks))

    def forward(self, extra_msa_feat: Tensor, z: Tensor, extra_msa_mask: Tensor, pair_mask: Tensor) -> Tensor:
        """``extra_msa_feat [*, N_extra, N_res, 25], z [*, N_res, N_res, c_z]`` -> z."""
        a = self.extra_msa_activations(extra_msa_feat)  # [*, N_extra, N_res, c_e]
        return run_blocks(self.blocks, a, z, extra_msa_mask, pair_mask, self.checkpoint)[1]
