"""Embedding of templates."""

from typing import Tuple

from torch import Tensor, nn

from anfinsen.network.config import NetworkConfig
from anfinsen.network.linear import Linear
from anfinsen.network.template_features import (
    ANGLE_CHANNELS,
    PAIR_CHANNELS,
    template_angle_features,
    template_pair_features,
)
from anfinsen.network.template_pair_stack import TemplatePairStack
from anfinsen.network.template_pointwise_attention import TemplatePointwiseAttention

_PSI = 2  # Torsions: pre-omega, phi, psi, chi1..4.


class TemplateEmbedding(nn.Module):
    """Lines 7 to 13 of Suppl. Alg. 2."""

    def __init__(self, config: NetworkConfig):
        super().__init__()
        self.embedding2d = Linear(PAIR_CHANNELS, config.c_t, init="relu")
        self.template_pair_stack = TemplatePairStack(config)
        self.attention = TemplatePointwiseAttention(
            config.c_z, config.c_t, config.template_pointwise_heads, config.c_template_pointwise
        )
        self.template_single_embedding = Linear(ANGLE_CHANNELS, config.c_m, init="relu")
        self.template_projection = Linear(config.c_m, config.c_m, init="relu")

    def forward(self, features: dict, z: Tensor, pair_mask: Tensor) -> Tensor:
        """-> update of z ``[*, N_res, N_res, c_z]``."""
        t = self.embedding2d(template_pair_features(features))  # [*, N_templ, N_res, N_res, c_t]
        t = self.template_pair_stack(t, pair_mask.unsqueeze(-3).expand(t.shape[:-1]))
        return self.attention(z, t, features["template_mask"])

    def rows(self, features: dict) -> Tuple[Tensor, Tensor]:
        """-> rows for the MSA representation ``[*, N_templ, N_res, c_m]`` and their mask ``[*, N_templ, N_res]``."""
        a = self.template_single_embedding(template_angle_features(features)).relu()  # [*, N_templ, N_res, c_m]
        return self.template_projection(a), features["template_torsion_angles_mask"][..., _PSI]
