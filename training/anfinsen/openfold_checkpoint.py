"""Writes the OpenFold checkpoint that Java must read: ``python3 -m anfinsen.openfold_checkpoint --openfold CHECKOUT``.

A tiny network's arrays are put into OpenFold's network by OpenFold's own reader of AlphaFold's parameters, and saved
by PyTorch, so that the names and layouts are OpenFold's and not our idea of them. Whoever has AlphaFold's names and
shapes can tell the values: all arrays, sorted by name, count up together, modulo ``MODULUS``. These numbers are exact
in every number type; the pLDDT head is saved in half precision and the structure module in bfloat16. Arrays in blocks
share one storage.

CHECKOUT is a checkout of github.com/aqlaboratory/openfold; what it requires must be installed. ``--parameters``
writes the arrays of a file of AlphaFold's instead.
"""

import argparse
import sys
import tempfile
from pathlib import Path
from typing import Dict

import numpy as np
import torch

from anfinsen import parameters
from anfinsen.golden import DIRECTORY
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig

MODULUS = 251  # prime, and the largest below 256, up to which bfloat16 has all integers

SIZES = NetworkConfig(
    c_m=12, c_z=10, c_s=13, c_e=6, evoformer_blocks=2, extra_msa_blocks=1, msa_heads=3, pair_heads=2,
    c_outer_product=4, c_triangle=7, transition_factor=2, c_ipa=6, ipa_heads=4, ipa_query_points=3, ipa_value_points=5,
    c_angle=11, c_plddt=9,
    template_blocks=1, c_t=8, template_heads=2, c_template_attention=3, c_template_triangle=5,
    template_transition_factor=3, template_pointwise_heads=2, c_template_pointwise=4, predicted_aligned_error=True,
)  # fmt: skip


def counting_arrays() -> Dict[str, np.ndarray]:
    arrays, start = {}, 0
    for name, array in parameters.to_arrays(AlphaFoldIteration(SIZES)).items():
        arrays[name] = (np.arange(start, start + array.size) % MODULUS).astype(np.float32).reshape(array.shape)
        start += array.size
    return arrays


def openfold_sizes(model, sizes: NetworkConfig) -> None:
    """Sets the widths and depths in OpenFold's configuration of a network."""
    model.input_embedder.update(c_m=sizes.c_m, c_z=sizes.c_z)
    model.recycling_embedder.update(c_m=sizes.c_m, c_z=sizes.c_z)
    model.extra_msa.extra_msa_embedder.update(c_out=sizes.c_e)
    stacks = ((model.evoformer_stack, sizes.c_m, sizes.evoformer_blocks),)
    stacks += ((model.extra_msa.extra_msa_stack, sizes.c_e, sizes.extra_msa_blocks),)
    for stack, c_m, blocks in stacks:
        stack.update(
            c_m=c_m, c_z=sizes.c_z, no_blocks=blocks, no_heads_msa=sizes.msa_heads, no_heads_pair=sizes.pair_heads,
            c_hidden_msa_att=c_m // sizes.msa_heads, c_hidden_pair_att=sizes.c_z // sizes.pair_heads,
            c_hidden_opm=sizes.c_outer_product, c_hidden_mul=sizes.c_triangle, transition_n=sizes.transition_factor,
        )  # fmt: skip
    model.evoformer_stack.update(c_s=sizes.c_s)
    model.structure_module.update(
        c_s=sizes.c_s, c_z=sizes.c_z, c_ipa=sizes.c_ipa, no_heads_ipa=sizes.ipa_heads,
        no_qk_points=sizes.ipa_query_points, no_v_points=sizes.ipa_value_points, c_resnet=sizes.c_angle,
    )  # fmt: skip
    model.heads.lddt.update(c_in=sizes.c_s, c_hidden=sizes.c_plddt)
    model.heads.distogram.update(c_z=sizes.c_z)
    model.heads.tm.update(c_z=sizes.c_z, enabled=sizes.predicted_aligned_error)
    model.heads.masked_msa.update(c_m=sizes.c_m)
    model.heads.experimentally_resolved.update(c_s=sizes.c_s)
    model.template.enabled = sizes.template_blocks > 0
    model.template.template_pair_embedder.update(c_out=sizes.c_t)
    model.template.template_single_embedder.update(c_out=sizes.c_m)
    model.template.template_pair_stack.update(
        c_t=sizes.c_t, no_blocks=sizes.template_blocks, no_heads=sizes.template_heads,
        c_hidden_tri_att=sizes.c_template_attention, c_hidden_tri_mul=sizes.c_template_triangle,
        pair_transition_n=sizes.template_transition_factor,
    )  # fmt: skip
    model.template.template_pointwise_attention.update(
        c_t=sizes.c_t, c_z=sizes.c_z, no_heads=sizes.template_pointwise_heads, c_hidden=sizes.c_template_pointwise
    )


def openfold_network(arrays: Dict[str, np.ndarray]) -> torch.nn.Module:
    """OpenFold's network with these arrays."""
    from openfold.config import model_config
    from openfold.model.model import AlphaFold
    from openfold.utils.import_weights import import_jax_weights_

    sizes = NetworkConfig.from_parameters(arrays)
    version = ("model_1" if sizes.template_blocks else "model_3") + ("_ptm" if sizes.predicted_aligned_error else "")
    config = model_config(version)
    openfold_sizes(config.model, sizes)
    network = AlphaFold(config)
    for parameter in network.parameters():
        parameter.data.fill_(torch.nan)  # What the reader leaves out shows.
    with tempfile.TemporaryDirectory() as folder:
        npz = Path(folder) / "parameters.npz"
        np.savez(npz, **arrays)
        import_jax_weights_(network, str(npz), version=version)
    return network


def with_shared_storage(state: Dict[str, torch.Tensor], part: str) -> Dict[str, torch.Tensor]:
    """The same arrays; those with `part` in their names lie one behind the other in memory, and so in the file."""
    names = [name for name in state if part in name]
    joined = torch.cat([state[name].flatten() for name in names])
    pieces = joined.split([state[name].numel() for name in names])
    state.update({name: piece.view(state[name].shape) for name, piece in zip(names, pieces)})
    return state


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--openfold", type=Path, required=True, metavar="CHECKOUT")
    parser.add_argument("--parameters", type=Path, help="AlphaFold's; a tiny network that counts if not given")
    parser.add_argument("--output", type=Path, default=DIRECTORY / "openfold.pt")
    arguments = parser.parse_args()
    sys.path.insert(0, str(arguments.openfold))
    arrays = parameters.read_arrays(arguments.parameters) if arguments.parameters else counting_arrays()
    network = openfold_network(arrays)
    if arguments.parameters:
        state = network.state_dict()
    else:
        network.aux_heads.plddt.half()
        network.structure_module.bfloat16()
        state = with_shared_storage(network.state_dict(), ".blocks.")
    torch.save(state, arguments.output)


if __name__ == "__main__":
    main()
