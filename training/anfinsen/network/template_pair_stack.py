"""The stack that works on the pair features of each template."""

from torch import Tensor, nn

from anfinsen.network.config import NetworkConfig
from anfinsen.network.dropout import SharedDropout
from anfinsen.network.layer_norm import LayerNorm
from anfinsen.network.pair_transition import PairTransition
from anfinsen.network.triangle_attention import TriangleAttention
from anfinsen.network.triangle_multiplication import TriangleMultiplication


class TemplatePairStack(nn.Module):
    """Suppl. Alg. 16."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.blocks = nn.ModuleList(TemplatePairBlock(config) for _ in range(config.template_blocks))
        self.output_layer_norm = LayerNorm(config.c_t)

    def forward(self, t: Tensor, pair_mask: Tensor) -> Tensor:
        """``t [*, N_templ, N_res, N_res, c_t], pair_mask [*, N_templ, N_res, N_res]`` -> t."""
        for block in self.blocks:
            t = block(t, pair_mask)
        return self.output_layer_norm(t)


class TemplatePairBlock(nn.Module):
    """Lines 2 to 6 of Alg. 16: attention first, unlike in the Evoformer."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        c_t, heads, width = config.c_t, config.template_heads, config.c_template_attention
        self.triangle_attention_starting_node = TriangleAttention(c_t, heads, starting_node=True, width=width)
        self.triangle_attention_ending_node = TriangleAttention(c_t, heads, starting_node=False, width=width)
        self.triangle_multiplication_outgoing = TriangleMultiplication(c_t, config.c_template_triangle, outgoing=True)
        self.triangle_multiplication_incoming = TriangleMultiplication(c_t, config.c_template_triangle, outgoing=False)
        self.pair_transition = PairTransition(c_t, config.template_transition_factor)
        self.row_dropout = SharedDropout(config.pair_dropout, shared_axis=-3)
        self.column_dropout = SharedDropout(config.pair_dropout, shared_axis=-2)

    def forward(self, t: Tensor, pair_mask: Tensor) -> Tensor:
        t = t + self.row_dropout(self.triangle_attention_starting_node(t, pair_mask))
        t = t + self.column_dropout(self.triangle_attention_ending_node(t, pair_mask))
        t = t + self.row_dropout(self.triangle_multiplication_outgoing(t, pair_mask))
        t = t + self.row_dropout(self.triangle_multiplication_incoming(t, pair_mask))
        return t + self.pair_transition(t)
