"""Times OpenFold's Evoformer and extra-MSA stacks at AlphaFold's published widths, with random weights, on the CPU.

usage: python3 openfold_peer.py --openfold CHECKOUT [--n-res 128] [--n-seq 128] [--n-extra 512]
           [--evoformer-blocks 48] [--extra-blocks 4] [--threads 2] [--repetitions 3]

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
        c_z=128, c_hidden_opm=32, c_hidden_mul=128, c_hidden_pair_att=32, no_heads_msa=8, no_heads_pair=4,
        transition_n=4, msa_dropout=0.15, pair_dropout=0.25, opm_first=False, fuse_projection_weights=False,
        inf=1e9, eps=1e-8)
    evoformer = EvoformerStack(
        c_m=256, c_hidden_msa_att=32, c_s=384, no_blocks=args.evoformer_blocks, no_column_attention=False,
        blocks_per_ckpt=None, **shared).eval()
    extra = ExtraMSAStack(c_m=64, c_hidden_msa_att=8, no_blocks=args.extra_blocks, ckpt=False, **shared).eval()

    n_res = args.n_res
    wall, cpu = [], []
    for _ in range(args.repetitions):
        m = torch.randn(args.n_seq, n_res, 256)
        a = torch.randn(args.n_extra, n_res, 64)
        z = torch.randn(n_res, n_res, 128)
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
