"""One block of the Evoformer."""

from typing import Tuple

from torch import Tensor, nn

from anfinsen.network.config import NetworkConfig
from anfinsen.network.dropout import SharedDropout
from anfinsen.network.msa_column_attention import MsaColumnAttention
from anfinsen.network.msa_column_global_attention import MsaColumnGlobalAttention
from anfinsen.network.msa_row_attention_with_pair_bias import MsaRowAttentionWithPairBias
from anfinsen.network.msa_transition import MsaTransition
from anfinsen.network.outer_product_mean import OuterProductMean
from anfinsen.network.pair_transition import PairTransition
from anfinsen.network.triangle_attention import TriangleAttention
from anfinsen.network.triangle_multiplication import TriangleMultiplication

_ROWWISE, _COLUMNWISE = -3, -2


class EvoformerBlock(nn.Module):
    """Lines 2 to 10 of Suppl. Alg. 6; with ``extra`` of Alg. 18: narrower rows, global column attention."""

    def __init__(self, config: NetworkConfig, extra: bool = False):
        super().__init__()
        c_m, c_z = config.c_e if extra else config.c_m, config.c_z
        self.msa_row_attention_with_pair_bias = MsaRowAttentionWithPairBias(c_m, c_z, config.msa_heads)
        if extra:
            self.msa_column_attention = MsaColumnGlobalAttention(c_m, config.msa_heads)
        else:
            self.msa_column_attention = MsaColumnAttention(c_m, config.msa_heads)
        self.msa_transition = MsaTransition(c_m, config.transition_factor)
        self.outer_product_mean = OuterProductMean(c_m, c_z, config.c_outer_product)
        self.triangle_multiplication_outgoing = TriangleMultiplication(c_z, config.c_triangle, outgoing=True)
        self.triangle_multiplication_incoming = TriangleMultiplication(c_z, config.c_triangle, outgoing=False)
        self.triangle_attention_starting_node = TriangleAttention(c_z, config.pair_heads, starting_node=True)
        self.triangle_attention_ending_node = TriangleAttention(c_z, config.pair_heads, starting_node=False)
        self.pair_transition = PairTransition(c_z, config.transition_factor)
        self.msa_dropout = SharedDropout(config.msa_dropout, _ROWWISE)
        self.row_dropout = SharedDropout(config.pair_dropout, _ROWWISE)
        self.column_dropout = SharedDropout(config.pair_dropout, _COLUMNWISE)

    def forward(self, m: Tensor, z: Tensor, msa_mask: Tensor, pair_mask: Tensor) -> Tuple[Tensor, Tensor]:
        """``m [*, N_seq, N_res, c_m], z [*, N_res, N_res, c_z]`` and their masks -> (m, z)."""
        m = m + self.msa_dropout(self.msa_row_attention_with_pair_bias(m, z, msa_mask))
        m = m + self.msa_column_attention(m, msa_mask)
        m = m + self.msa_transition(m)
        z = z + self.outer_product_mean(m, msa_mask)
        z = z + self.row_dropout(self.triangle_multiplication_outgoing(z, pair_mask))
        z = z + self.row_dropout(self.triangle_multiplication_incoming(z, pair_mask))
        z = z + self.row_dropout(self.triangle_attention_starting_node(z, pair_mask))
        z = z + self.column_dropout(self.triangle_attention_ending_node(z, pair_mask))
        z = z + self.pair_transition(z)
        return m, z
