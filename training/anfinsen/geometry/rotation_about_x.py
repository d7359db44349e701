"""Rotation about the x axis."""

import torch
from torch import Tensor


def rotation_about_x(angles: Tensor) -> Tensor:
    """Suppl. Alg. 25. ``angles [*, 2]`` are (sin, cos) of unit length -> rotations ``[*, 3, 3]``."""
    sin, cos = angles.unbind(-1)
    zero, one = torch.zeros_like(sin), torch.ones_like(sin)
    elements = [one, zero, zero, zero, cos, -sin, zero, sin, cos]
    return torch.stack(elements, dim=-1).unflatten(-1, (3, 3))  # [*, 3, 3]
