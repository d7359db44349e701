"""Where the time of a training step goes: ``python3 -m anfinsen.network.profile``, milliseconds on one CPU thread.

Each part runs alone, forward and backward, on random values; the least CPU time of several runs is printed, because
other work on the machine only ever adds to it. The last column is that times how often the network has the part.
"""

import argparse
import time
from typing import Callable, Dict, Iterable, Tuple

import torch
from torch import Tensor

from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig

N_SEQ, N_EXTRA = 24, 48
NARROW = NetworkConfig(
    c_m=48, c_z=32, c_s=96, c_e=24, evoformer_blocks=6, extra_msa_blocks=1, msa_heads=4, pair_heads=4,
    c_outer_product=12, c_triangle=32, transition_factor=4, c_ipa=16, ipa_heads=4, c_angle=64, c_plddt=64,
    c_coevolution=7, msa_dropout=0.0, pair_dropout=0.0, structure_dropout=0.0,
)  # fmt: skip


def random_features(n_res: int, config: NetworkConfig) -> Dict[str, Tensor]:
    return {
        "target_feat": torch.randn(n_res, 22),
        "residue_index": torch.arange(n_res),
        "aatype": torch.randint(0, 20, (n_res,)),
        "seq_mask": torch.ones(n_res),
        "msa_feat": torch.randn(N_SEQ, n_res, 49),
        "msa_mask": torch.ones(N_SEQ, n_res),
        "extra_msa_feat": torch.randn(N_EXTRA, n_res, 25),
        "extra_msa_mask": torch.ones(N_EXTRA, n_res),
        "coevolution": torch.randn(n_res, n_res, config.c_coevolution),
    }


def parts(network: AlphaFoldIteration, n_res: int) -> Iterable[Tuple[str, int, Callable[[], Tensor]]]:
    """Name, how often it occurs in the network, and the computation."""
    config, features = network.config, random_features(n_res, network.config)
    m = torch.randn(N_SEQ, n_res, config.c_m, requires_grad=True)
    a = torch.randn(N_EXTRA, n_res, config.c_e, requires_grad=True)
    z = torch.randn(n_res, n_res, config.c_z, requires_grad=True)
    s = torch.randn(n_res, config.c_s, requires_grad=True)
    msa_mask, extra_mask, pair_mask = features["msa_mask"], features["extra_msa_mask"], torch.ones(n_res, n_res)
    blocks, extra = config.evoformer_blocks, config.extra_msa_blocks
    block, extra_block = network.evoformer_stack.blocks[0], network.extra_msa_stack.blocks[0]
    yield "msa_row_attention", blocks, lambda: block.msa_row_attention_with_pair_bias(m, z, msa_mask)
    yield "msa_column_attention", blocks, lambda: block.msa_column_attention(m, msa_mask)
    yield "msa_transition", blocks, lambda: block.msa_transition(m)
    yield "outer_product_mean", blocks, lambda: block.outer_product_mean(m, msa_mask)
    both = blocks + extra
    yield "multiplication_outgoing", both, lambda: block.triangle_multiplication_outgoing(z, pair_mask)
    yield "multiplication_incoming", both, lambda: block.triangle_multiplication_incoming(z, pair_mask)
    yield "attention_starting_node", both, lambda: block.triangle_attention_starting_node(z, pair_mask)
    yield "attention_ending_node", both, lambda: block.triangle_attention_ending_node(z, pair_mask)
    yield "pair_transition", both, lambda: block.pair_transition(z)
    yield "extra_row_attention", extra, lambda: extra_block.msa_row_attention_with_pair_bias(a, z, extra_mask)
    yield "extra_column_attention", extra, lambda: extra_block.msa_column_attention(a, extra_mask)
    yield "extra_transition", extra, lambda: extra_block.msa_transition(a)
    yield "extra_outer_product", extra, lambda: extra_block.outer_product_mean(a, extra_mask)
    yield "structure_module", 1, lambda: _sum(network.structure_module(s, z, features["aatype"], features["seq_mask"]))
    yield "embedders", 1, lambda: sum(x.sum() for x in network.embed(features, None))
    yield "distogram_head", 1, lambda: network.distogram_head(z)
    yield "masked_msa_head", 1, lambda: network.masked_msa_head(m)
    yield "whole iteration", 1, lambda: _sum(network(features))


def _sum(outputs: Dict[str, object]) -> Tensor:
    return sum(value.sum() for value in outputs.values() if isinstance(value, Tensor))


def least_milliseconds(compute: Callable[[], Tensor], repeats: int) -> Tuple[float, float]:
    """Forward alone, then forward and backward."""
    forward, both = [], []
    for _ in range(repeats):
        start = time.thread_time()
        output = compute()
        forward.append(time.thread_time() - start)
        output.sum().backward()
        both.append(time.thread_time() - start)
    return 1e3 * min(forward), 1e3 * min(both)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--n-res", type=int, nargs="+", default=[64, 96])
    parser.add_argument("--repeats", type=int, default=10)
    arguments = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    network = AlphaFoldIteration(NARROW)
    for n_res in arguments.n_res:
        print(f"N_res {n_res}, N_seq {N_SEQ}, N_extra {N_EXTRA}: forward, with backward, times count (ms)")
        for name, count, compute in parts(network, n_res):
            forward, both = least_milliseconds(compute, arguments.repeats)
            print(f"{name:26s} {forward:8.2f} {both:8.2f} {count * both:8.1f}")


if __name__ == "__main__":
    main()
