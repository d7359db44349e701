"""MSA column-wise gated self-attention."""

from torch import Tensor, nn

from anfinsen.network.attention import Attention
from anfinsen.network.layer_norm import LayerNorm


class MsaColumnAttention(nn.Module):
    """Suppl. Alg. 8. Each residue attends along the sequences."""

    def __init__(self, c_m: int, heads: int):
        super().__init__()
        self.query_norm = LayerNorm(c_m)
        self.attention = Attention(c_m, heads, c_m // heads)

    def forward(self, m: Tensor, msa_mask: Tensor) -> Tensor:
        """``m [*, N_seq, N_res, c_m], msa_mask [*, N_seq, N_res]`` -> update of m."""
        m = self.query_norm(m.transpose(-2, -3))  # [*, N_res, N_seq, c_m]
        update = self.attention(m, msa_mask.transpose(-1, -2))  # [*, N_res, N_seq, c_m]
        return update.transpose(-2, -3)  # [*, N_seq, N_res, c_m]
