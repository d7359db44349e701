"""Attention of each residue pair over the templates."""

import torch
from torch import Tensor, nn

from anfinsen.network.attention import MASKED
from anfinsen.network.linear import affine, glorot_


class TemplatePointwiseAttention(nn.Module):
    """Suppl. Alg. 17. No gate; masked templates are left out."""

    def __init__(self, c_z: int, c_t: int, heads: int, width: int):
        super().__init__()
        self.heads, self.width = heads, width
        self.query_w = nn.Parameter(glorot_(torch.empty(c_z, heads, width), c_z, heads * width))
        self.key_w = nn.Parameter(glorot_(torch.empty(c_t, heads, width), c_t, heads * width))
        self.value_w = nn.Parameter(glorot_(torch.empty(c_t, heads, width), c_t, heads * width))
        self.output_w = nn.Parameter(torch.zeros(heads, width, c_z))
        self.output_b = nn.Parameter(torch.zeros(c_z))

    def forward(self, z: Tensor, t: Tensor, template_mask: Tensor) -> Tensor:
        """``z [*, N_res, N_res, c_z], t [*, N_templ, N_res, N_res, c_t], template_mask [*, N_templ]`` -> update of z.

        The update is zero if all templates are masked.
        """
        inner = self.heads * self.width
        t = t.movedim(-4, -2)  # [*, N_res, N_res, N_templ, c_t]
        q = torch.matmul(z, self.query_w.flatten(1) * self.width**-0.5)  # [*, N_res, N_res, heads width]
        k = torch.matmul(t, self.key_w.flatten(1))  # [*, N_res, N_res, N_templ, heads width]
        v = torch.matmul(t, self.value_w.flatten(1))
        q, k, v = (x.unflatten(-1, (self.heads, self.width)) for x in (q, k, v))
        logits = (q.unsqueeze(-3) * k).sum(-1)  # [*, N_res, N_res, N_templ, heads]
        logits = logits + (MASKED * (template_mask - 1.0))[..., None, None, :, None]
        a = torch.softmax(logits, dim=-2).to(v.dtype)
        o = (a.unsqueeze(-1) * v).sum(-3).flatten(-2)  # [*, N_res, N_res, heads width]
        update = affine(o, self.output_w.view(inner, -1), self.output_b)  # [*, N_res, N_res, c_z]
        return update * (template_mask.sum(-1) > 0)[..., None, None, None].to(update.dtype)
