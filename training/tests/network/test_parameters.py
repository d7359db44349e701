"""Parameters keep their published names, and faults are named."""

import dataclasses

import numpy as np
import pytest
import torch
from tests.network.reference import DIRECTORY, needs_reference
from tests.network.tiny import tiny

from anfinsen import parameters
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig

ROOT = "alphafold/alphafold_iteration/"


@pytest.mark.parametrize("templates", [False, True])
def test_a_saved_network_reads_back_equal(tmp_path, templates):
    network = tiny(templates=templates).network
    parameters.save(network, tmp_path / "parameters.npz")
    again = parameters.load(tmp_path / "parameters.npz")
    assert again.config == network.config
    for (name, expected), (_, actual) in zip(network.named_parameters(), again.named_parameters()):
        assert torch.equal(actual, expected), name


def test_every_size_is_read_from_the_shapes():
    config = tiny(templates=True).network.config
    arrays = parameters.to_arrays(AlphaFoldIteration(config))
    assert NetworkConfig.from_parameters(arrays) == config


def test_missing_unused_and_misshapen_arrays_are_all_named():
    network = tiny().network
    arrays = parameters.to_arrays(network)
    del arrays[ROOT + "evoformer/left_single//bias"]
    arrays["alphafold/other//weights"] = np.zeros(3, np.float32)
    arrays[ROOT + "distogram_head/half_logits//bias"] = np.zeros((2, 5), np.float32)
    with pytest.raises(ValueError) as error:
        parameters.from_arrays(network, arrays)
    message = str(error.value)
    assert "missing alphafold/alphafold_iteration/evoformer/left_single//bias (10,)" in message
    assert "unused alphafold/other//weights (3,)" in message
    assert "half_logits//bias has shape (2, 5), expected (64,)" in message


def test_a_file_without_the_embedder_says_what_is_missing():
    with pytest.raises(ValueError, match="no parameter .*preprocess_1d"):
        NetworkConfig.from_parameters({})


def test_coevolution_and_secondary_structure_are_the_only_names_that_alphafold_does_not_have():
    arrays = parameters.to_arrays(tiny().network)
    ours = {name: array.shape for name, array in arrays.items() if "coevolution" in name or "secondary" in name}
    stack = {
        "convolution//weights": (5, 6, 6, 3, 3),
        "coevolution//bias": (6,),
        "coevolution//weights": (7, 6),
        "layer_norm//offset": (5, 6),
        "layer_norm//scale": (5, 6),
        "left_single//bias": (6,),
        "left_single//weights": (71, 6),
        "output_layer_norm//offset": (6,),
        "output_layer_norm//scale": (6,),
        "output_projection//bias": (10,),
        "output_projection//weights": (6, 10),
        "relative_position//bias": (6,),
        "relative_position//weights": (65, 6),
        "right_single//bias": (6,),
        "right_single//weights": (71, 6),
    }
    assert ours == {
        **{ROOT + "evoformer/coevolution_stack/" + name: shape for name, shape in stack.items()},
        ROOT + "evoformer/coevolution_embedding//bias": (10,),
        ROOT + "evoformer/coevolution_embedding//weights": (7, 10),
        ROOT + "secondary_structure_head/act_0//bias": (14,),
        ROOT + "secondary_structure_head/act_0//weights": (13, 14),
        ROOT + "secondary_structure_head/act_1//bias": (14,),
        ROOT + "secondary_structure_head/act_1//weights": (9 * 14, 14),
        ROOT + "secondary_structure_head/input_layer_norm//offset": (13,),
        ROOT + "secondary_structure_head/input_layer_norm//scale": (13,),
        ROOT + "secondary_structure_head/logits//bias": (3,),
        ROOT + "secondary_structure_head/logits//weights": (14, 3),
    }


@needs_reference
@pytest.mark.parametrize("model", [1, 3])
def test_the_full_network_has_exactly_the_published_keys_and_shapes(model):
    rows = (DIRECTORY / f"keys_model_{model}_ptm.tsv").read_text(encoding="utf-8").splitlines()[1:]
    published = {}
    for row in rows:
        name, shape = row.split("\t")[:2]
        published[name] = tuple(int(size) for size in shape.split(","))
    # Shapes only: broadcasting keeps 93 million values out of memory.
    arrays = {name: np.broadcast_to(np.float32(0), shape) for name, shape in published.items()}
    config = NetworkConfig.from_parameters(arrays)
    expected = NetworkConfig(predicted_aligned_error=True, template_blocks=2 if model == 1 else 0)
    assert config == expected
    # Two blocks for 48 and 4: the other shapes do not depend on it.
    small = {name: array[:2] if stacked(name) else array for name, array in arrays.items()}
    network = AlphaFoldIteration(NetworkConfig.from_parameters(small))
    ours = {name: array.shape for name, array in parameters.to_arrays(network).items()}
    assert ours == {name: (2, *shape[1:]) if stacked(name) else shape for name, shape in published.items()}


def stacked(name: str) -> bool:
    return any(scope in name for scope in ("evoformer_iteration/", "extra_msa_stack/", "__layer_stack_no_state/"))


@pytest.mark.parametrize("stack", ["evoformer_blocks", "extra_msa_blocks", "coevolution_blocks"])
def test_a_deeper_network_begins_with_what_a_shallower_one_computes(stack):
    shallow = tiny().network
    deep = AlphaFoldIteration(dataclasses.replace(shallow.config, **{stack: getattr(shallow.config, stack) + 2}))
    deep.eval()
    parameters.from_arrays(deep, parameters.initial_arrays(deep, parameters.to_arrays(shallow)))
    features = tiny().features
    with torch.no_grad():
        assert torch.allclose(deep(features)["distogram_logits"], shallow(features)["distogram_logits"], atol=1e-5)
    assert sum(p.numel() for p in deep.parameters()) > sum(p.numel() for p in shallow.parameters())


def test_a_network_with_a_coevolution_stack_begins_with_what_one_without_computes():
    whole = tiny().network
    plain = AlphaFoldIteration(dataclasses.replace(whole.config, coevolution_blocks=0)).eval()
    arrays = {name: array for name, array in parameters.to_arrays(whole).items() if "/coevolution_stack/" not in name}
    parameters.from_arrays(plain, arrays)
    begun = AlphaFoldIteration(whole.config).eval()
    parameters.from_arrays(begun, parameters.initial_arrays(begun, arrays))
    features = tiny().features
    with torch.no_grad():
        assert torch.equal(begun(features)["distogram_logits"], plain(features)["distogram_logits"])


def test_a_head_that_a_training_does_not_have_is_left_out():
    whole = tiny().network
    plain = AlphaFoldIteration(dataclasses.replace(whole.config, c_secondary_structure=0))
    initial = parameters.initial_arrays(plain, parameters.to_arrays(whole))
    parameters.from_arrays(plain, initial)
    assert not any("secondary_structure" in name for name in initial)
