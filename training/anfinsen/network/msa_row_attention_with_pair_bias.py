"""MSA row-wise gated self-attention with pair bias."""

import torch
from torch import Tensor, nn

from anfinsen.network.attention import Attention
from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.linear import channels_first, truncated_normal_


class MsaRowAttentionWithPairBias(nn.Module):
    """Suppl. Alg. 7. Each sequence attends along its residues, biased by the pair representation z."""

    def __init__(self, c_m: int, c_z: int, heads: int):
        super().__init__()
        self.query_norm = LayerNorm(c_m)
        self.feat_2d_norm = LayerNorm(c_z)
        self.feat_2d_weights = nn.Parameter(truncated_normal_(torch.empty(c_z, heads), c_z))
        self.attention = Attention(c_m, heads, c_m // heads)

    def forward(self, m: Tensor, z: Tensor, msa_mask: Tensor) -> Tensor:
        """``m [*, N_seq, N_res, c_m], z [*, N_res, N_res, c_z], msa_mask [*, N_seq, N_res]`` -> update of m."""
        bias = channels_first(self.feat_2d_norm(z), self.feat_2d_weights)  # [*, heads, N_res, N_res]
        return self.attention(self.query_norm(m), msa_mask, bias)
