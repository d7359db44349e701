"""Runs a stack of Evoformer blocks."""

from typing import Tuple

import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint


def run_blocks(
    blocks: nn.ModuleList, m: Tensor, z: Tensor, msa_mask: Tensor, pair_mask: Tensor, save_memory: bool
) -> Tuple[Tensor, Tensor]:
    """``save_memory`` keeps only the blocks' inputs for the backward pass, which computes each block again."""
    for block in blocks:
        if save_memory and torch.is_grad_enabled():
            m, z = checkpoint(block, m, z, msa_mask, pair_mask, use_reentrant=False)
        else:
            m, z = block(m, z, msa_mask, pair_mask)
    return m, z
