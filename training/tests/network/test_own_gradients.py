"""Operations with a backward pass of their own agree with their plain twins, which PyTorch differentiates."""

import pytest
import torch
from tests.network.tiny import largest_difference

from anfinsen.network.attention import attend, attend_plainly
from anfinsen.network.triangle_multiplication import triangle_product, triangle_product_plainly

BATCH, ROWS, HEADS, N, WIDTH = 2, 5, 3, 7, 4


def gradients(function, inputs, *rest):
    """Output and the gradients of a sum in which every element has its own weight."""
    inputs = [x.clone().requires_grad_(True) for x in inputs]
    output = function(*inputs, *rest)
    weights = torch.arange(output.numel(), dtype=output.dtype).sin().view_as(output)
    return [output, *torch.autograd.grad((output * weights).sum(), inputs)]


@pytest.mark.parametrize("with_pair_bias", [True, False])
def test_attention(with_pair_bias):
    torch.manual_seed(1)
    key_bias = torch.zeros(BATCH, ROWS, N)
    key_bias[0, 1, 2:4] = -1e9
    inputs = [torch.randn(3, BATCH, ROWS, HEADS, N, WIDTH)]
    if with_pair_bias:
        inputs.append(torch.randn(BATCH, HEADS, N, N))

    def plain(qkv, pair_bias=None):
        return attend_plainly(qkv, key_bias, pair_bias)

    def fused(qkv, pair_bias=None):
        return attend(qkv, key_bias, pair_bias)

    for expected, actual in zip(gradients(plain, inputs), gradients(fused, inputs)):
        assert largest_difference(actual, expected) < 1e-5


@pytest.mark.parametrize("outgoing", [True, False])
def test_triangle_product(outgoing):
    torch.manual_seed(2)
    edges = [torch.randn(BATCH, 2 * HEADS, N, N)]
    expected = gradients(triangle_product_plainly, edges, outgoing)
    for plain, fused in zip(expected, gradients(triangle_product, edges, outgoing)):
        assert largest_difference(fused, plain) < 1e-5
