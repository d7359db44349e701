"""Widths, depths and options of the network."""

from dataclasses import dataclass
from typing import Mapping

from numpy import ndarray

_ROOT = "alphafold/alphafold_iteration/"
_BLOCK = _ROOT + "evoformer/evoformer_iteration/"
_EXTRA = _ROOT + "evoformer/extra_msa_stack/"
_TEMPLATE = _ROOT + "evoformer/template_embedding/"
_TEMPLATE_PAIR = _TEMPLATE + "single_template_embedding/template_pair_stack/__layer_stack_no_state/"
_FOLD = _ROOT + "structure_module/fold_iteration/"


@dataclass(frozen=True)
class NetworkConfig:
    """The defaults are the published monomer network without templates."""

    c_m: int = 256  # MSA representation
    c_z: int = 128  # pair representation
    c_s: int = 384  # single representation
    c_e: int = 64  # extra MSA representation
    evoformer_blocks: int = 48
    extra_msa_blocks: int = 4
    msa_heads: int = 8
    pair_heads: int = 4
    c_outer_product: int = 32
    c_triangle: int = 128  # triangle multiplication
    transition_factor: int = 4

    c_ipa: int = 16
    ipa_heads: int = 12
    ipa_query_points: int = 4
    ipa_value_points: int = 8
    structure_iterations: int = 8  # shared weights: the parameters do not tell it
    c_angle: int = 128
    c_plddt: int = 128

    template_blocks: int = 0  # 0: no template embedding
    c_t: int = 64  # template pair representation
    template_heads: int = 4
    c_template_attention: int = 16
    c_template_triangle: int = 64
    template_transition_factor: int = 2
    template_pointwise_heads: int = 4
    c_template_pointwise: int = 16

    predicted_aligned_error: bool = False
    c_coevolution: int = 0  # 0: no coevolution input, as in the supplement
    coevolution_blocks: int = 0  # 0: no convolutions over the coevolution input, as in the supplement
    c_coevolution_stack: int = 64
    c_secondary_structure: int = 0  # 0: no secondary structure head, as in the supplement

    # How it is trained; not in the parameters.
    msa_dropout: float = 0.15
    pair_dropout: float = 0.25
    structure_dropout: float = 0.1
    stop_rotation_gradient: bool = True
    convolutions_in_bf16: bool = False  # those of the coevolution stack: twice as fast where the processor has it
    checkpoint: bool = False  # compute the blocks again in the backward pass, to save memory

    def __post_init__(self):
        for name, channels, heads in (
            ("c_m", self.c_m, self.msa_heads),
            ("c_e", self.c_e, self.msa_heads),
            ("c_z", self.c_z, self.pair_heads),
        ):
            if channels % heads:
                raise ValueError(f"{name} is {channels}, not a multiple of {heads} heads")

    @staticmethod
    def from_parameters(parameters: Mapping[str, ndarray], **training_options) -> "NetworkConfig":
        """Reads every size from the shapes of published parameters.

        :raises ValueError: naming a parameter that is missing
        """

        def size(name: str, axis: int) -> int:
            if name not in parameters:
                raise ValueError(f"no parameter {name}")
            return parameters[name].shape[axis]

        sizes = dict(
            c_m=size(_ROOT + "evoformer/preprocess_1d//weights", 1),
            c_z=size(_ROOT + "evoformer/left_single//weights", 1),
            c_s=size(_ROOT + "evoformer/single_activations//weights", 1),
            c_e=size(_ROOT + "evoformer/extra_msa_activations//weights", 1),
            evoformer_blocks=size(_BLOCK + "outer_product_mean//output_b", 0),
            extra_msa_blocks=size(_EXTRA + "outer_product_mean//output_b", 0),
            msa_heads=size(_BLOCK + "msa_row_attention_with_pair_bias//feat_2d_weights", 2),
            pair_heads=size(_BLOCK + "triangle_attention_starting_node//feat_2d_weights", 2),
            c_outer_product=size(_BLOCK + "outer_product_mean/left_projection//bias", 1),
            c_triangle=size(_BLOCK + "triangle_multiplication_outgoing/left_projection//bias", 1),
            c_angle=size(_FOLD + "rigid_sidechain/input_projection//bias", 0),
            c_plddt=size(_ROOT + "predicted_lddt_head/act_0//bias", 0),
            predicted_aligned_error=_ROOT + "predicted_aligned_error_head/logits//weights" in parameters,
        )
        sizes["transition_factor"] = size(_BLOCK + "pair_transition/transition1//bias", 1) // sizes["c_z"]
        coevolution = _ROOT + "evoformer/coevolution_embedding//weights"
        sizes["c_coevolution"] = size(coevolution, 0) if coevolution in parameters else 0
        stack = _ROOT + "evoformer/coevolution_stack/"
        if stack + "convolution//weights" in parameters:
            sizes["coevolution_blocks"] = size(stack + "convolution//weights", 0)
            sizes["c_coevolution_stack"] = size(stack + "convolution//weights", 1)
        secondary_structure = _ROOT + "secondary_structure_head/act_0//bias"
        sizes["c_secondary_structure"] = size(secondary_structure, 0) if secondary_structure in parameters else 0
        sizes.update(_invariant_point_attention_sizes(size))
        if _TEMPLATE + "attention//query_w" in parameters:
            sizes.update(_template_sizes(size))
        return NetworkConfig(**sizes, **training_options)


def _invariant_point_attention_sizes(size) -> dict:
    attention = _FOLD + "invariant_point_attention/"
    heads = size(_FOLD + "invariant_point_attention//trainable_point_weights", 0)
    query_points = size(attention + "q_point_local//bias", 0) // (3 * heads)
    return dict(
        ipa_heads=heads,
        c_ipa=size(attention + "q_scalar//bias", 0) // heads,
        ipa_query_points=query_points,
        ipa_value_points=size(attention + "kv_point_local//bias", 0) // (3 * heads) - query_points,
    )


def _template_sizes(size) -> dict:
    c_t = size(_TEMPLATE + "attention//key_w", 0)
    return dict(
        c_t=c_t,
        template_blocks=size(_TEMPLATE_PAIR + "triangle_attention_starting_node//feat_2d_weights", 0),
        template_heads=size(_TEMPLATE_PAIR + "triangle_attention_starting_node//feat_2d_weights", 2),
        c_template_attention=size(_TEMPLATE_PAIR + "triangle_attention_starting_node/attention//key_w", 3),
        c_template_triangle=size(_TEMPLATE_PAIR + "triangle_multiplication_outgoing/left_projection//bias", 1),
        template_transition_factor=size(_TEMPLATE_PAIR + "pair_transition/transition1//bias", 1) // c_t,
        template_pointwise_heads=size(_TEMPLATE + "attention//key_w", 1),
        c_template_pointwise=size(_TEMPLATE + "attention//key_w", 2),
    )
