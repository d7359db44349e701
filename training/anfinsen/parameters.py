"""The network's parameters under the names that AlphaFold publishes.

A parameter file is an npz of float32 arrays, ``<scope>//<leaf>``. Arrays of a stack of blocks have the block as an
extra first axis. The tables below say which module of ours holds the arrays of which scope; leaves have one name.
"""

from typing import Dict, Iterator, List, Mapping, Tuple

import numpy as np
import torch
from torch import nn

from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig

_ROOT = "alphafold/alphafold_iteration/"

_CONVOLUTION = _ROOT + "evoformer/coevolution_stack/convolution//weights"

# Module below AlphaFoldIteration -> scope below the root. "[]" stands for the blocks of a stack.
_SCOPES: Dict[str, str] = {
    "input_embedder.left_single": "evoformer/left_single",
    "input_embedder.right_single": "evoformer/right_single",
    "input_embedder.relative_position.pair_activations": "evoformer/pair_activiations",  # spelled so as published
    "input_embedder.preprocess_1d": "evoformer/preprocess_1d",
    "input_embedder.preprocess_msa": "evoformer/preprocess_msa",
    "coevolution_embedding.coevolution_embedding": "evoformer/coevolution_embedding",
    "coevolution_stack": "evoformer/coevolution_stack",
    "coevolution_stack.relative_position.pair_activations": "evoformer/coevolution_stack/relative_position",
    "coevolution_stack.blocks.[]": "evoformer/coevolution_stack",
    "recycling_embedder.prev_msa_first_row_norm": "evoformer/prev_msa_first_row_norm",
    "recycling_embedder.prev_pair_norm": "evoformer/prev_pair_norm",
    "recycling_embedder.prev_pos_linear": "evoformer/prev_pos_linear",
    "template_embedding.embedding2d": "evoformer/template_embedding/single_template_embedding/embedding2d",
    "template_embedding.template_pair_stack.output_layer_norm": (
        "evoformer/template_embedding/single_template_embedding/output_layer_norm"
    ),
    "template_embedding.template_pair_stack.blocks.[]": (
        "evoformer/template_embedding/single_template_embedding/template_pair_stack/__layer_stack_no_state"
    ),
    "template_embedding.attention": "evoformer/template_embedding/attention",
    "template_embedding.template_single_embedding": "evoformer/template_single_embedding",
    "template_embedding.template_projection": "evoformer/template_projection",
    "extra_msa_stack.extra_msa_activations": "evoformer/extra_msa_activations",
    "extra_msa_stack.blocks.[]": "evoformer/extra_msa_stack",
    "extra_msa_stack.blocks.[].msa_column_attention": "evoformer/extra_msa_stack/msa_column_global_attention",
    "evoformer_stack.blocks.[]": "evoformer/evoformer_iteration",
    "evoformer_stack.single_activations": "evoformer/single_activations",
    "structure_module": "structure_module",
    "structure_module.invariant_point_attention": "structure_module/fold_iteration/invariant_point_attention",
    "structure_module.attention_layer_norm": "structure_module/fold_iteration/attention_layer_norm",
    "structure_module.transition": "structure_module/fold_iteration/transition",
    "structure_module.transition_1": "structure_module/fold_iteration/transition_1",
    "structure_module.transition_2": "structure_module/fold_iteration/transition_2",
    "structure_module.transition_layer_norm": "structure_module/fold_iteration/transition_layer_norm",
    "structure_module.backbone_update": "structure_module/fold_iteration",
    "structure_module.angle_network": "structure_module/fold_iteration/rigid_sidechain",
    "plddt_head": "predicted_lddt_head",
    "distogram_head": "distogram_head",
    "masked_msa_head": "masked_msa_head",
    "experimentally_resolved_head": "experimentally_resolved_head",
    "predicted_aligned_error_head": "predicted_aligned_error_head",
    "secondary_structure_head": "secondary_structure_head",
}


def published_name(name: str) -> Tuple[str, bool]:
    """``evoformer_stack.blocks.[].pair_transition.transition1.bias`` -> its published name, and if it is stacked.

    The longest module of the table that holds the parameter decides; what follows it is the same on both sides.
    """
    module, _, leaf = name.rpartition(".")
    below: List[str] = []
    while module not in _SCOPES:
        module, dot, last = module.rpartition(".")
        if not dot:
            raise ValueError(f"no published scope for {name}")
        below.insert(0, last)
    return _ROOT + "/".join([_SCOPES[module], *below]) + "//" + leaf, "[]" in name


def _grouped(network: nn.Module) -> Iterator[Tuple[str, bool, List[nn.Parameter]]]:
    """Published name, stacked or not, and the parameters that make the array up, one for each block."""
    groups: Dict[str, List[nn.Parameter]] = {}
    for name, parameter in network.named_parameters():
        generic = ".".join("[]" if part.isdigit() else part for part in name.split("."))
        groups.setdefault(generic, []).append(parameter)
    for generic, parameters in groups.items():
        name, stacked = published_name(generic)
        yield name, stacked, parameters


def to_arrays(network: AlphaFoldIteration) -> Dict[str, np.ndarray]:
    """All parameters as float32 arrays under their published names, sorted."""
    arrays = {}
    for name, stacked, parameters in _grouped(network):
        values = [parameter.detach().cpu().float().numpy() for parameter in parameters]
        arrays[name] = np.stack(values) if stacked else values[0].copy()
    return dict(sorted(arrays.items()))


def from_arrays(network: AlphaFoldIteration, arrays: Mapping[str, np.ndarray]) -> None:
    """Copies arrays into the network.

    :raises ValueError: all missing, unused and wrongly shaped arrays, the latter with both shapes
    """
    faults, known = [], set()
    for name, stacked, parameters in _grouped(network):
        known.add(name)
        expected = ((len(parameters),) if stacked else ()) + tuple(parameters[0].shape)
        if name not in arrays:
            faults.append(f"missing {name} {expected}")
        elif arrays[name].shape != expected:
            faults.append(f"{name} has shape {arrays[name].shape}, expected {expected}")
    faults += [f"unused {name} {arrays[name].shape}" for name in arrays if name not in known]
    if faults:
        raise ValueError("; ".join(faults))
    with torch.no_grad():
        for name, stacked, parameters in _grouped(network):
            values = arrays[name] if stacked else [arrays[name]]
            for parameter, value in zip(parameters, values):
                parameter.copy_(torch.from_numpy(np.array(value, dtype=np.float32)))


def initial_arrays(network: AlphaFoldIteration, arrays: Mapping[str, np.ndarray]) -> Dict[str, np.ndarray]:
    """A trained network's arrays for one that may be deeper, which then computes the same.

    Stacks with fewer blocks are filled up with this network's own last blocks, whose branches begin as zero (those of the
    coevolution stack are made so), and a coevolution stack that the trained network did not have begins with a zero output.
    A secondary structure head that this network does not have is left out.
    """
    own = to_arrays(network)
    stacks = {name for name, stacked, _ in _grouped(network) if stacked}
    initial = {name: array for name, array in own.items() if "/coevolution_stack/" in name}
    for name, array in arrays.items():
        if name in stacks and len(own[name]) > len(array):
            added = own[name][len(array) :]
            array = np.concatenate([array, np.zeros_like(added) if name == _CONVOLUTION else added])
        initial[name] = array
    if network.secondary_structure_head is None:
        initial = {name: array for name, array in initial.items() if "/secondary_structure_head" not in name}
    return initial


def read_arrays(path) -> Dict[str, np.ndarray]:
    """All members of an npz."""
    with np.load(path) as file:
        return {name: file[name] for name in file.files}


def load(path, **training_options) -> AlphaFoldIteration:
    """A network of the size that the parameter file has."""
    arrays = read_arrays(path)
    network = AlphaFoldIteration(NetworkConfig.from_parameters(arrays, **training_options))
    from_arrays(network, arrays)
    return network


def save(network: AlphaFoldIteration, path) -> None:
    """Writes an uncompressed npz."""
    np.savez(path, **to_arrays(network))
