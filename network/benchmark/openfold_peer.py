"""Times OpenFold's Evoformer and extra-MSA stacks with random weights on the CPU, at AlphaFold's published widths or others.

usage: python3 openfold_peer.py --openfold CHECKOUT [--n-res 128] [--n-seq 128] [--n-extra 512]
           [--evoformer-blocks 48] [--extra-blocks 4] [--threads 2] [--repetitions 3]
           [--c-m 256] [--c-e 64] [--c-z 128] [--c-outer-product 32] [--c-triangle 128]
           [--msa-heads 8] [--pair-heads 4] [--transition-factor 4]

CHECKOUT is a checkout of github.com/aqlaboratory/openfold. Its embedders, structure module and heads are left out:
they take about one percent of a pass. Prints one line of JSON: wall and CPU seconds of each repetition, peak memory.
"""

import argparse
import json
import sys
import time
import types


def stand_in_for_cuda_kernel():
    """OpenFold always imports its CUDA softmax, which works in place; on the CPU torch's own does the same."""
    import torch

    def forward_(logits, rows, columns):
        torch.softmax(logits, dim=-1, out=logits)

    kernel = types.ModuleType("attn_core_inplace_cuda")
    kernel.forward_ = forward_
    sys.modules["attn_core_inplace_cuda"] = kernel


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--openfold", required=True)
    parser.add_argument("--n-res", type=int, default=128)
    parser.add_argument("--n-seq", type=int, default=128)
    parser.add_argument("--n-extra", type=int, default=512)
    parser.add_argument("--evoformer-blocks", type=int, default=48)
    parser.add_argument("--extra-blocks", type=int, default=4)
    parser.add_argument("--c-m", type=int, default=256)
    parser.add_argument("--c-e", type=int, default=64)
    parser.add_argument("--c-z", type=int, default=128)
    parser.add_argument("--c-outer-product", type=int, default=32)
    parser.add_argument("--c-triangle", type=int, default=128)
    parser.add_argument("--msa-heads", type=int, default=8)
    parser.add_argument("--pair-heads", type=int, default=4)
    parser.add_argument("--transition-factor", type=int, default=4)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--repetitions", type=int, default=3)
    args = parser.parse_args()

    stand_in_for_cuda_kernel()
    sys.path.insert(0, args.openfold)
    import torch
    from openfold.model.evoformer import EvoformerStack, ExtraMSAStack

    torch.set_num_threads(args.threads)
    torch.manual_seed(0)
    shared = dict(
        c_z=args.c_z, c_hidden_opm=args.c_outer_product, c_hidden_mul=args.c_triangle,
        c_hidden_pair_att=args.c_z // args.pair_heads, no_heads_msa=args.msa_heads, no_heads_pair=args.pair_heads,
        transition_n=args.transition_factor, msa_dropout=0.15, pair_dropout=0.25, opm_first=False, fuse_projection_weights=False,
        inf=1e9, eps=1e-8)
    evoformer = EvoformerStack(
        c_m=args.c_m, c_hidden_msa_att=args.c_m // args.msa_heads, c_s=384, no_blocks=args.evoformer_blocks, no_column_attention=False,
        blocks_per_ckpt=None, **shared).eval()
    extra = ExtraMSAStack(
        c_m=args.c_e, c_hidden_msa_att=args.c_e // args.msa_heads, no_blocks=args.extra_blocks, ckpt=False, **shared).eval()

    n_res = args.n_res
    wall, cpu = [], []
    for _ in range(args.repetitions):
        m = torch.randn(args.n_seq, n_res, args.c_m)
        a = torch.randn(args.n_extra, n_res, args.c_e)
        z = torch.randn(n_res, n_res, args.c_z)
        pair_mask = torch.ones(n_res, n_res)
        start_wall, start_cpu = time.perf_counter(), time.process_time()
        with torch.no_grad():
            z = extra(a, z, msa_mask=torch.ones(args.n_extra, n_res), chunk_size=None, pair_mask=pair_mask)
            evoformer(m, z, msa_mask=torch.ones(args.n_seq, n_res), pair_mask=pair_mask, chunk_size=None)
        wall.append(time.perf_counter() - start_wall)
        cpu.append(time.process_time() - start_cpu)
    print(json.dumps(dict(torch=torch.__version__, wall_s=wall, cpu_s=cpu, peak_bytes=peak_resident_bytes())))


def peak_resident_bytes():
    """Linux only; ru_maxrss would begin with what the process that started this one had."""
    with open("/proc/self/status") as status:
        return next(1024 * int(line.split()[1]) for line in status if line.startswith("VmHWM:"))


if __name__ == "__main__":
    main()
