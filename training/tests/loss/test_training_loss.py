"""The sum of all losses on whole samples: what chains without side chains, or without frames, do and do not teach."""

import dataclasses

import pytest
import torch

from anfinsen.loss.training_loss import LossWeights, training_losses
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig
from tests.loss.test_ground_truth import N_RES, random_protein

N_SEQ, N_EXTRA = 3, 2
STRUCTURE = ("all_atom_fape", "backbone_fape", "torsion", "plddt", "predicted_aligned_error")


@pytest.fixture(scope="module")
def network() -> AlphaFoldIteration:
    torch.manual_seed(1)
    config = NetworkConfig(
        c_m=8, c_z=12, c_s=10, c_e=4, evoformer_blocks=1, extra_msa_blocks=1, msa_heads=2, pair_heads=3,
        c_outer_product=3, c_triangle=5, transition_factor=2, c_ipa=3, ipa_heads=2, ipa_query_points=2,
        ipa_value_points=3, structure_iterations=2, c_angle=7, c_plddt=6, predicted_aligned_error=True,
        msa_dropout=0.0, pair_dropout=0.0, structure_dropout=0.0,
    )  # fmt: skip
    network = AlphaFoldIteration(config)
    for parameter in network.parameters():  # no zero initialisation, which would hide gradients
        torch.nn.init.normal_(parameter, std=0.2)
    return network


def sample():
    """Features and labels of one chain, with a batch axis."""
    aatype, _, _, _, atom14, mask = random_protein(7)
    generator = torch.Generator().manual_seed(8)
    features = {
        "target_feat": torch.nn.functional.one_hot(aatype + 1, 22).float(),
        "residue_index": torch.arange(N_RES),
        "aatype": aatype,
        "seq_mask": torch.ones(N_RES),
        "msa_feat": torch.rand(N_SEQ, N_RES, 49, generator=generator),
        "msa_mask": torch.ones(N_SEQ, N_RES),
        "extra_msa_feat": torch.rand(N_EXTRA, N_RES, 25, generator=generator),
        "extra_msa_mask": torch.ones(N_EXTRA, N_RES),
    }
    labels = {
        "atom14_positions": atom14,
        "atom14_mask": mask,
        "pseudo_beta": atom14[:, 1],
        "pseudo_beta_mask": torch.ones(N_RES),
        "true_msa": torch.randint(22, (N_SEQ, N_RES), generator=generator),
        "bert_mask": torch.ones(N_SEQ, N_RES),
    }
    return {k: v.unsqueeze(0) for k, v in features.items()}, {k: v.unsqueeze(0) for k, v in labels.items()}


def losses_of(network, features, labels, with_violation=False):
    return training_losses(network(features), features, labels, torch.ones(1), True, with_violation)


def test_every_loss_is_positive_and_teaches_every_parameter(network):
    features, labels = sample()
    losses = losses_of(network, features, labels, with_violation=True)
    values = losses.detached()
    assert all(torch.isfinite(value).all() for value in values.values())
    assert all(value > 0 for name, value in values.items() if name != "lddt_ca")
    network.zero_grad()
    losses.total(LossWeights()).mean().backward()
    # What softmax cancels, and the recycled row whose input is zero at first, have a gradient of zero but have one.
    untaught = [name for name, parameter in network.named_parameters() if parameter.grad is None]
    assert untaught == []


def test_is_the_weighted_sum(network):
    features, labels = sample()
    losses = losses_of(network, features, labels)
    weights = LossWeights(**{f.name: 0.0 for f in dataclasses.fields(LossWeights)})
    assert losses.total(weights) == 0
    weights = dataclasses.replace(weights, distogram=2.0, torsion=0.5)
    torch.testing.assert_close(losses.total(weights), 2.0 * losses.distogram + 0.5 * losses.torsion)


def test_a_chain_of_ca_and_cb_teaches_distogram_and_masked_msa_only(network):
    features, labels = sample()
    keep = torch.zeros(14)
    keep[[1, 4]] = 1.0
    labels["atom14_mask"] = labels["atom14_mask"] * keep
    labels["atom14_positions"] = labels["atom14_positions"] * keep[:, None]
    losses = losses_of(network, features, labels, with_violation=True).detached()
    assert all(losses[name] == 0 for name in (*STRUCTURE, "violation", "experimentally_resolved"))
    assert losses["distogram"] > 0 and losses["masked_msa"] > 0


def test_a_chain_of_backbone_teaches_frames_but_no_side_chains(network):
    features, labels = sample()
    keep = torch.zeros(14)
    keep[:3] = 1.0
    labels["atom14_mask"] = labels["atom14_mask"] * keep
    losses = losses_of(network, features, labels).detached()
    assert losses["all_atom_fape"] == 0 and losses["experimentally_resolved"] == 0
    assert all(losses[name] > 0 for name in ("backbone_fape", "torsion", "plddt", "predicted_aligned_error"))


def test_padding_changes_nothing(network):
    features, labels = sample()
    axes = {
        "target_feat": [0], "residue_index": [0], "aatype": [0], "seq_mask": [0], "msa_feat": [1], "msa_mask": [1],
        "extra_msa_feat": [1], "extra_msa_mask": [1], "atom14_positions": [0], "atom14_mask": [0], "pseudo_beta": [0],
        "pseudo_beta_mask": [0], "true_msa": [1], "bert_mask": [1],
    }  # fmt: skip

    def padded(tensors):
        result = {}
        for name, tensor in tensors.items():
            shape = list(tensor.shape)
            shape[axes[name][0] + 1] = 4
            result[name] = torch.cat([tensor, tensor.new_zeros(shape)], axes[name][0] + 1)
        return result

    with torch.no_grad():
        plain = losses_of(network, features, labels, with_violation=True).detached()
        longer = losses_of(network, padded(features), padded(labels), with_violation=True).detached()
    for name, value in plain.items():
        torch.testing.assert_close(longer[name], value, rtol=1e-3, atol=1e-4, msg=lambda text: f"{name}: {text}")
