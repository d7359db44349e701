"""Muon, which of a network's arrays it takes, and the schedule."""

import pytest
import torch

from anfinsen.configuration import OptimizerConfig
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig
from anfinsen.optimizer import Muon, build_optimizers, matrix_shape, orthogonalised
from anfinsen.train import learning_rate


def test_orthogonalised_matrices_have_singular_values_near_one():
    matrices = torch.randn(3, 12, 20, generator=torch.Generator().manual_seed(1))
    singular = torch.linalg.svdvals(orthogonalised(matrices))
    assert 0.6 < singular.min() and singular.max() < 1.3


def test_orthogonalised_does_not_care_which_side_is_longer():
    matrices = torch.randn(2, 6, 9, generator=torch.Generator().manual_seed(2))
    torch.testing.assert_close(orthogonalised(matrices.transpose(1, 2)), orthogonalised(matrices).transpose(1, 2))


def test_reads_attention_arrays_as_matrices():
    assert matrix_shape("attention.query_w", torch.zeros(48, 4, 12)) == (48, 48)
    assert matrix_shape("attention.output_w", torch.zeros(4, 12, 48)) == (48, 48)
    assert matrix_shape("outer_product_mean.output_w", torch.zeros(8, 8, 32)) == (64, 32)


def test_every_parameter_has_one_optimizer():
    network = AlphaFoldIteration(NetworkConfig(c_m=16, c_z=16, c_s=16, c_e=16, evoformer_blocks=1, extra_msa_blocks=1))
    optimizers = build_optimizers(network, "muon", 1e-3)
    held = [id(parameter) for optimizer in optimizers for group in optimizer.param_groups for parameter in group["params"]]
    assert sorted(held) == sorted(id(parameter) for parameter in network.parameters())
    names = {id(parameter): name for name, parameter in network.named_parameters()}
    muon = {names[id(p)] for o in optimizers if isinstance(o, Muon) for g in o.param_groups for p in g["params"]}
    assert "evoformer_stack.blocks.0.pair_transition.transition1.weights" in muon
    assert not any("head" in name or name.endswith(("bias", "scale", "offset")) for name in muon)


def test_muon_finds_the_least_squares_solution():
    generator = torch.Generator().manual_seed(3)
    target, inputs = torch.randn(10, 8, generator=generator), torch.randn(200, 10, generator=generator)
    weights = torch.nn.Parameter(torch.zeros(10, 8))
    optimizer = Muon([{"params": [weights], "shape": (10, 8)}], lr=0.1)
    for step in range(300):
        optimizer.param_groups[0]["lr"] = 0.1 * (1 - step / 300)
        optimizer.zero_grad()
        (inputs @ weights - inputs @ target).square().mean().backward()
        optimizer.step()
    assert (weights - target).abs().max() < 0.05


def test_rejects_an_unknown_optimizer():
    with pytest.raises(ValueError, match="expected adam or muon"):
        build_optimizers(torch.nn.Linear(2, 2), "sgd", 1.0)


def test_the_rate_warms_up_stays_and_ends_at_its_share():
    config = OptimizerConfig(learning_rate=2.0, warm_up_updates=10, decay_from=0.5, final_share=0.1)
    assert learning_rate(config, 0, 0.0) == pytest.approx(0.2)
    assert learning_rate(config, 100, 0.4) == pytest.approx(2.0)
    assert learning_rate(config, 100, 0.75) == pytest.approx(1.1)
    assert learning_rate(config, 100, 1.0) == pytest.approx(0.2)
