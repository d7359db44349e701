from pathlib import Path

import numpy as np

from anfinsen.data.split import NAMES, aligned_chains, read_split, split
from anfinsen.data.structures import CB, ChainFile, backbone_mask

SPLITS = Path(__file__).parents[2] / "splits"


def complete_chains(make_chain, n: int):
    chains = []
    for k in range(n):
        chain = make_chain(45, seed=k, cluster=k // 2, identifier=f"c{k}")
        chain.mask[:, CB + 1] = True
        chains.append(chain)
    return chains


def test_a_cluster_lies_on_one_side_only(monkeypatch, make_chain):
    monkeypatch.setattr("anfinsen.data.split.N_VALIDATION", 6)
    monkeypatch.setattr("anfinsen.data.split.N_HELDOUT", 3)
    chains = complete_chains(make_chain, 80)
    lists = split(chains, aligned={k for k in range(80) if k % 4 < 2}, seed=1)
    cluster = {chain.id: chain.cluster for chain in chains}
    assert {name: len(lists[name]) for name in NAMES} == {"train": 80 - 2 * 9, "validation": 6, "heldout": 3}
    sides = [{cluster[i] for i in lists[name]} for name in NAMES]
    assert sum(map(len, sides)) == len(set.union(*sides))
    assert sum(int(i[1:]) % 4 < 2 for i in lists["validation"]) == 4
    assert lists == split(chains, aligned={k for k in range(80) if k % 4 < 2}, seed=1)
    assert lists != split(chains, aligned={k for k in range(80) if k % 4 < 2}, seed=2)


def test_the_committed_lists_obey_the_rules(shared):
    lists = read_split(SPLITS)
    file = ChainFile(shared)
    chains = [file.chain(k) for k in range(len(file))]
    clusters = {name: {c.cluster for c in chains if c.id in set(lists[name])} for name in NAMES}
    assert len(lists["validation"]) == len(clusters["validation"]) == 150
    assert len(lists["heldout"]) == len(clusters["heldout"]) == 100
    assert sum(map(len, clusters.values())) == len(set.union(*clusters.values()))
    evaluated = [c for c in chains if c.id in set(lists["validation"] + lists["heldout"])]
    assert all(backbone_mask(c.mask).all() and 40 <= len(c) <= 250 for c in evaluated)
    aligned = aligned_chains(shared)
    assert np.isclose(np.mean([c.chain_index in aligned for c in evaluated]), 2 / 3, atol=0.02)
