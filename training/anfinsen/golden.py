"""Writes the golden files that the Java network must reproduce: ``python3 -m anfinsen.golden``, run in ``training/``.

One npz for each algorithm, with tiny sizes that are all different, so that a swapped axis cannot pass. Members:
``param/<published name>`` (arrays of a stack keep their block axis), ``in/<name>``, ``out/<name>``, and ``meta``, the
bytes of a JSON object with seed, format version and command. Parameters are random, none left at its initial value.
The inputs have masked places; no mask empties a whole column, whose values would dwarf all others.
"""

import argparse
import json
from pathlib import Path
from typing import Callable, Dict, Iterator, Tuple

import numpy as np
import torch
from torch import Tensor

from anfinsen import parameters
from anfinsen.geometry.all_atom_coordinates import all_atom_coordinates
from anfinsen.geometry.rigid import Rigid
from anfinsen.geometry.rigid_from_three_points import rigid_from_three_points
from anfinsen.network.alphafold_iteration import AlphaFoldIteration, pairs_of, recycled
from anfinsen.network.backbone_update import quaternion_to_rotation
from anfinsen.network.config import NetworkConfig
from anfinsen.network.recycling_embedder import BINS, FIRST_EDGE_ANGSTROM, LAST_EDGE_ANGSTROM
from anfinsen.residue_constants import UNKNOWN

FORMAT_VERSION = 1
DIRECTORY = Path(__file__).resolve().parents[2] / "network/src/test/resources/golden"
NEAREST_EDGE_ANGSTROM = 1e-3
N_SEQ, N_RES, N_EXTRA, N_TEMPL = 5, 11, 6, 3

_SIZES = dict(
    c_m=12, c_z=10, c_s=13, c_e=9, evoformer_blocks=2, extra_msa_blocks=1, msa_heads=3, pair_heads=2,
    c_outer_product=4, c_triangle=17, transition_factor=2, c_ipa=6, ipa_heads=4, ipa_query_points=3,
    ipa_value_points=5, c_angle=15, c_plddt=16, predicted_aligned_error=True, c_coevolution=7,
    c_secondary_structure=14,
)  # fmt: skip
# A network has either of these.
_COEVOLUTION_STACK_SIZES = dict(coevolution_blocks=5, c_coevolution_stack=6)
_TEMPLATE_SIZES = dict(
    template_blocks=2, c_t=8, template_heads=2, c_template_attention=3, c_template_triangle=18,
    template_transition_factor=3, template_pointwise_heads=4, c_template_pointwise=5,
)  # fmt: skip

_EVOFORMER = "evoformer/evoformer_iteration/"
_EXTRA = "evoformer/extra_msa_stack/"
_FOLD = "structure_module/fold_iteration/"
_PAIR_SCOPES = ("evoformer/left_single", "evoformer/right_single", "evoformer/pair_activiations")
_TEMPLATE = "evoformer/template_embedding/"
_TEMPLATE_STACK = _TEMPLATE + "single_template_embedding/template_pair_stack"

Tensors = Dict[str, Tensor]


class Golden:
    """A network with random parameters, and the inputs and outputs of each of its algorithms."""

    def __init__(self, seed: int, templates: bool = False):
        self.random = torch.Generator().manual_seed(seed)
        # These draw from generators of their own, so that a new one leaves all other values as they were.
        self._random_of_options = {
            "secondary_structure_head": torch.Generator().manual_seed(seed + 1000),
            "coevolution_stack": torch.Generator().manual_seed(seed + 2000),
        }
        config = NetworkConfig(**_SIZES, **(_TEMPLATE_SIZES if templates else _COEVOLUTION_STACK_SIZES))
        self.network = AlphaFoldIteration(config).eval()
        self.config = config
        self._randomize_parameters()
        self.features = self._features(templates)
        quaternions = self.normal(N_RES, 4)
        self.quaternions = quaternions / quaternions.norm(dim=-1, keepdim=True)  # [N_RES, 4]
        self.frames = Rigid(quaternion_to_rotation(self.quaternions), self.normal(N_RES, 3))

    def normal(self, *shape: int) -> Tensor:
        return torch.randn(shape, generator=self.random)

    def mask(self, *shape: int) -> Tensor:
        """About a fifth masked; the first row and the first column are not."""
        mask = (torch.rand(shape, generator=self.random) > 0.2).float()
        mask[..., 0] = 1.0
        mask[..., 0, :] = 1.0
        return mask

    def _randomize_parameters(self) -> None:
        for name, parameter in self.network.named_parameters():
            leaf = name.rpartition(".")[2]
            random = self._random_of_options.get(name.partition(".")[0], self.random)
            noise = torch.randn(parameter.shape, generator=random)
            if leaf == "scale":
                value = 1.0 + 0.2 * noise
            elif leaf in ("bias", "offset", "gating_b", "output_b", "trainable_point_weights"):
                value = 0.3 * noise
            else:
                inputs = parameter[..., 0].numel() if leaf == "output_w" else parameter.shape[0]
                if parameter.dim() == 4:  # a convolution
                    inputs = parameter[0].numel()
                value = noise / inputs**0.5
            parameter.data.copy_(value)

    def _features(self, templates: bool) -> Tensors:
        aatype = torch.randperm(UNKNOWN, generator=self.random)[:N_RES]
        aatype[3] = UNKNOWN
        residue_index = torch.arange(N_RES)
        residue_index[6:] += 40  # A chain break longer than the clipped range.
        seq_mask = torch.ones(N_RES)
        seq_mask[-1] = 0.0
        features = {
            "target_feat": self.normal(N_RES, 22),
            "residue_index": residue_index,
            "aatype": aatype,
            "seq_mask": seq_mask,
            "msa_feat": self.normal(N_SEQ, N_RES, 49),
            "msa_mask": self.mask(N_SEQ, N_RES),
            "extra_msa_feat": self.normal(N_EXTRA, N_RES, 25),
            "extra_msa_mask": self.mask(N_EXTRA, N_RES),
            "coevolution": self.normal(N_RES, N_RES, self.config.c_coevolution),
        }
        if templates:
            features.update(self._template_features())
        return features

    def _template_features(self) -> Tensors:
        sites = (N_TEMPL, N_RES)
        atom_mask = torch.ones(*sites, 37)
        atom_mask[0, 2, 1] = 0.0  # A residue without C-alpha.
        return {
            "template_aatype": torch.randint(0, 22, sites, generator=self.random),
            "template_all_atom_mask": atom_mask,
            "template_mask": torch.tensor([1.0, 1.0, 0.0]),
            "template_pseudo_beta": 8.0 * self.normal(*sites, 3),
            "template_pseudo_beta_mask": self.mask(*sites),
            "template_torsion_angles_sin_cos": self.angles(*sites),
            "template_alt_torsion_angles_sin_cos": self.angles(*sites),
            "template_torsion_angles_mask": self.mask(*sites, 7),
        }

    def angles(self, *shape: int) -> Tensor:
        raw = self.normal(*shape, 7, 2)
        return raw / raw.norm(dim=-1, keepdim=True)

    def representations(self) -> Tensors:
        """Inputs of the operations inside the network."""
        config, seq_mask = self.config, self.features["seq_mask"]
        return {
            "m": self.normal(N_SEQ, N_RES, config.c_m),
            "a": self.normal(N_EXTRA, N_RES, config.c_e),
            "z": self.normal(N_RES, N_RES, config.c_z),
            "s": self.normal(N_RES, config.c_s),
            "msa_mask": self.features["msa_mask"],
            "extra_msa_mask": self.features["extra_msa_mask"],
            "pair_mask": pairs_of(seq_mask),
            "seq_mask": seq_mask,
        }


Entry = Tuple[str, Tuple[str, ...], Tensors, Callable[..., object], Tuple[str, ...]]


def _entries(golden: Golden) -> Iterator[Entry]:
    """Name, scopes of its parameters, inputs, the function of the inputs, names of the outputs."""
    values, features = golden.representations(), golden.features
    yield from _embedding_entries(golden, values, features)
    yield from _evoformer_entries(golden.network, values, features)
    yield from _structure_entries(golden, values, features)
    yield from _head_entries(golden.network, values)


def _pick(tensors: Tensors, *names: str) -> Tensors:
    return {name: tensors[name] for name in names}


def _embedding_entries(golden: Golden, values: Tensors, features: Tensors) -> Iterator[Entry]:
    network = golden.network
    yield (
        "input_embedder",
        (*_PAIR_SCOPES, "evoformer/preprocess_1d", "evoformer/preprocess_msa"),
        _pick(features, "target_feat", "residue_index", "msa_feat"),
        network.input_embedder,
        ("m", "z"),
    )
    yield (
        "relative_position",
        ("evoformer/pair_activiations",),
        _pick(features, "residue_index"),
        network.input_embedder.relative_position,
        ("z",),
    )
    yield (
        "coevolution_embedding",
        ("evoformer/coevolution_embedding",),
        _pick(features, "coevolution"),
        network.coevolution_embedding,
        ("update",),
    )
    yield (
        "coevolution_stack",
        ("evoformer/coevolution_stack",),
        _pick({**features, **values}, "coevolution", "target_feat", "residue_index", "msa_feat", "msa_mask", "pair_mask"),
        network.coevolution_stack,
        ("update",),
    )
    recycled_inputs = {"m_first_row": golden.normal(N_RES, golden.config.c_m), "z": values["z"]}
    recycled_inputs["pseudo_beta"] = 6.0 * golden.normal(N_RES, 3)
    _require_clear_bins(recycled_inputs["pseudo_beta"])
    yield (
        "recycling_embedder",
        ("evoformer/prev_",),
        recycled_inputs,
        network.recycling_embedder,
        ("m_update", "z_update"),
    )


def _evoformer_entries(network: AlphaFoldIteration, values: Tensors, features: Tensors) -> Iterator[Entry]:
    block = network.evoformer_stack.blocks[0]
    for name, inputs in {
        "msa_row_attention_with_pair_bias": ("m", "z", "msa_mask"),
        "msa_column_attention": ("m", "msa_mask"),
        "msa_transition": ("m",),
        "outer_product_mean": ("m", "msa_mask"),
        "triangle_multiplication_outgoing": ("z", "pair_mask"),
        "triangle_multiplication_incoming": ("z", "pair_mask"),
        "triangle_attention_starting_node": ("z", "pair_mask"),
        "triangle_attention_ending_node": ("z", "pair_mask"),
        "pair_transition": ("z",),
    }.items():
        yield name, (_EVOFORMER + name,), _pick(values, *inputs), getattr(block, name), ("update",)
    yield (
        "msa_column_global_attention",
        (_EXTRA + "msa_column_global_attention",),
        {"m": values["a"], "msa_mask": values["extra_msa_mask"]},
        network.extra_msa_stack.blocks[0].msa_column_attention,
        ("update",),
    )
    yield (
        "extra_msa_stack",
        (_EXTRA, "evoformer/extra_msa_activations"),
        {**_pick(features, "extra_msa_feat"), **_pick(values, "z", "extra_msa_mask", "pair_mask")},
        network.extra_msa_stack,
        ("z",),
    )
    yield (
        "evoformer_stack",
        (_EVOFORMER, "evoformer/single_activations"),
        _pick(values, "m", "z", "msa_mask", "pair_mask"),
        network.evoformer_stack,
        ("m", "z", "s"),
    )


def _structure_entries(golden: Golden, values: Tensors, features: Tensors) -> Iterator[Entry]:
    module, frames = golden.network.structure_module, golden.frames
    attention = module.invariant_point_attention
    yield (
        "invariant_point_attention",
        (_FOLD + "invariant_point_attention",),
        {**_pick(values, "s", "z", "seq_mask"), **frames._asdict()},
        lambda s, z, mask, *frames: attention(s, Rigid(*frames), attention.prepare(z, mask)),
        ("update",),
    )
    yield (
        "backbone_update",
        (_FOLD + "affine_update",),
        {**_pick(values, "s"), "quaternions": golden.quaternions, "translations": frames.translations},
        lambda s, quaternions, translations: _flat(
            module.backbone_update(s, quaternions, Rigid(quaternion_to_rotation(quaternions), translations))
        ),
        ("quaternions", "rotations", "translations"),
    )
    yield (
        "angle_network",
        (_FOLD + "rigid_sidechain",),
        {"s": values["s"], "s_initial": golden.normal(*values["s"].shape)},
        module.angle_network,
        ("unnormalized_angles", "angles"),
    )
    yield (
        "structure_module",
        ("structure_module",),
        {**_pick(values, "s", "z"), **_pick(features, "aatype", "seq_mask")},
        module,
        (),
    )
    yield (
        "all_atom_coordinates",
        (),
        {**frames._asdict(), "angles": golden.angles(N_RES), "aatype": features["aatype"]},
        lambda rotations, translations, angles, aatype: _flat(
            all_atom_coordinates(Rigid(rotations, translations), angles, aatype)
        ),
        ("sidechain_rotations", "sidechain_translations", "atom14_positions"),
    )
    yield (
        "rigid_from_three_points",
        (),
        {name: 2.0 * golden.normal(N_RES, 3) for name in ("x1", "x2", "x3")},
        rigid_from_three_points,
        ("rotations", "translations"),
    )


def _head_entries(network: AlphaFoldIteration, values: Tensors) -> Iterator[Entry]:
    for name, scope, representation in (
        ("plddt_head", "predicted_lddt_head", "s"),
        ("distogram_head", "distogram_head", "z"),
        ("masked_msa_head", "masked_msa_head", "m"),
        ("experimentally_resolved_head", "experimentally_resolved_head", "s"),
        ("predicted_aligned_error_head", "predicted_aligned_error_head", "z"),
        ("secondary_structure_head", "secondary_structure_head", "s"),
    ):
        yield name, (scope,), _pick(values, representation), getattr(network, name), ("logits",)


def _template_entries(golden: Golden) -> Iterator[Entry]:
    embedding, values, config = golden.network.template_embedding, golden.representations(), golden.config
    names = [name for name in golden.features if name.startswith("template_")]
    t = golden.normal(N_TEMPL, N_RES, N_RES, config.c_t)
    yield (
        "template_pair_stack",
        (_TEMPLATE_STACK, _TEMPLATE + "single_template_embedding/output_layer_norm"),
        {"t": t, "pair_mask": values["pair_mask"]},
        lambda t, mask: embedding.template_pair_stack(t, mask.expand(t.shape[:-1])),
        ("t",),
    )
    yield (
        "template_pointwise_attention",
        (_TEMPLATE + "attention",),
        {"z": values["z"], "t": t, "template_mask": golden.features["template_mask"]},
        embedding.attention,
        ("update",),
    )
    yield (
        "template_embedding",
        ("evoformer/template_",),
        {**_pick(golden.features, *names), **_pick(values, "z", "pair_mask")},
        lambda *inputs: (
            embedding(dict(zip(names, inputs)), *inputs[len(names) :]),
            *embedding.rows(dict(zip(names, inputs))),
        ),
        ("update", "rows", "rows_mask"),
    )


def _flat(result: object) -> Tuple[Tensor, ...]:
    """Nested tuples in one."""
    if isinstance(result, Tensor):
        return (result,)
    return tuple(tensor for part in result for tensor in _flat(part))


def _named(result: object, names: Tuple[str, ...]) -> Tensors:
    if not isinstance(result, dict):
        return dict(zip(names, _flat(result)))
    outputs = dict(result)
    frames = outputs.pop("sidechain_frames")
    return {**outputs, "sidechain_rotations": frames.rotations, "sidechain_translations": frames.translations}


_LEFT_OUT = ("atom14_positions", "sidechain_rotations", "sidechain_translations", "unnormalized_angles")


def _two_passes(golden: Golden) -> Tensors:
    """Outputs of the first iteration, named ``pass0/``, and of the second, which recycles them, named ``pass1/``.

    Side chains and unnormalised angles, which Java's iteration does not give or the structure module's file holds, stay out.
    """
    first = golden.network(golden.features)
    second = golden.network(golden.features, recycled(first))
    _require_clear_bins(first["pseudo_beta"])
    named = {"pass0/": _named(first, ()), "pass1/": _named(second, ())}
    return {
        prefix + name: value
        for prefix, outputs in named.items()
        for name, value in outputs.items()
        if name not in _LEFT_OUT
    }


def _require_clear_bins(positions: Tensor) -> None:
    """No distance may be so near a bin's edge that rounding moves it into the other bin."""
    edges = torch.linspace(FIRST_EDGE_ANGSTROM, LAST_EDGE_ANGSTROM, BINS)
    nearest = float((torch.pdist(positions).unsqueeze(-1) - edges).abs().min())
    if nearest < NEAREST_EDGE_ANGSTROM:
        raise ValueError(f"a distance is {nearest} Angstrom from a bin's edge, choose another seed")


def _write(directory: Path, name: str, seed: int, arrays: Dict[str, np.ndarray], inputs: Tensors, outputs: Tensors):
    meta = {"format_version": FORMAT_VERSION, "seed": seed, "command": f"python3 -m anfinsen.golden --seed {seed}"}
    members = {f"param/{key}": value for key, value in arrays.items()}
    members.update({f"in/{key}": value.detach().numpy() for key, value in inputs.items()})
    members.update({f"out/{key}": value.detach().contiguous().numpy() for key, value in outputs.items()})
    members["meta"] = np.frombuffer(json.dumps(meta, sort_keys=True).encode(), dtype=np.uint8)
    np.savez(directory / f"{name}.npz", **members)


def write(directory: Path, seed: int) -> None:
    """Writes all files; the same seed gives the same values."""
    directory.mkdir(parents=True, exist_ok=True)
    plain, templates = Golden(seed), Golden(seed + 1, templates=True)
    with torch.no_grad():
        for golden, entries in ((plain, _entries(plain)), (templates, _template_entries(templates))):
            arrays = parameters.to_arrays(golden.network)
            for name, scopes, inputs, function, output_names in entries:
                prefixes = tuple("alphafold/alphafold_iteration/" + scope for scope in scopes)
                of_scope = {key: value for key, value in arrays.items() if prefixes and key.startswith(prefixes)}
                outputs = _named(function(*inputs.values()), output_names)
                _write(directory, name, seed, of_scope, inputs, outputs)
        for name, golden in (("iteration", plain), ("iteration_with_templates", templates)):
            arrays = parameters.to_arrays(golden.network)
            _write(directory, name, seed, arrays, golden.features, _two_passes(golden))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--directory", type=Path, default=DIRECTORY)
    parser.add_argument("--seed", type=int, default=20)
    arguments = parser.parse_args()
    write(arguments.directory, arguments.seed)


if __name__ == "__main__":
    main()
