import numpy as np
import pytest

from anfinsen.batches import Batches
from anfinsen.configuration import DataConfig
from anfinsen.data.alphabet import GAP, decode
from anfinsen.data.dataset import DEEP, Dataset, SampleConfig
from anfinsen.data.deep import deep_entries
from anfinsen.data.packing import open_directory, pack_chains, write_directory
from anfinsen.data.prepare import prepare_deep

N_ROWS = 150


def write_a3m(path, query: np.ndarray, n_rows: int = N_ROWS) -> np.ndarray:
    """Random rows below the query, of which the last is mostly gaps."""
    msa = np.random.default_rng(len(query)).integers(20, size=(n_rows, len(query))).astype(np.uint8)
    msa[0] = query
    msa[-1, 5:] = GAP
    path.write_text("".join(f">{k}\n{decode(row)}\n" for k, row in enumerate(msa)))
    return msa


def test_has_all_rows_that_cover_the_chain_and_random_ones_of_them(tmp_path, chain):
    msa = write_a3m(tmp_path / "0.a3m", chain.aatype)
    whole, *subsets = deep_entries(7, chain, tmp_path / "0.a3m", np.random.default_rng(0))
    assert np.array_equal(whole.alignment.msa, msa[:-1]) and whole.chain == 7
    assert len(subsets) == 2
    for subset in subsets:
        assert 32 <= len(subset.alignment.msa) < N_ROWS - 1
        assert np.array_equal(subset.alignment.msa[0], chain.aatype)
        assert len(np.unique(subset.alignment.msa, axis=0)) == len(subset.alignment.msa)


def test_shallow_alignments_and_those_of_another_sequence_give_nothing(tmp_path, chain):
    write_a3m(tmp_path / "0.a3m", chain.aatype, n_rows=99)
    assert deep_entries(0, chain, tmp_path / "0.a3m", np.random.default_rng(0)) == []
    write_a3m(tmp_path / "0.a3m", (chain.aatype + 1) % 20)
    with pytest.raises(ValueError, match="0.a3m is of another sequence than chain"):
        deep_entries(0, chain, tmp_path / "0.a3m", np.random.default_rng(0))


def test_packs_a_chain_from_each_directory_that_has_it(tmp_path, make_chain):
    chains = [make_chain(40 + k, seed=k, cluster=k, identifier=f"c{k}") for k in range(2)]
    write_directory(tmp_path / "chains", pack_chains(chains, ["train", "train"]))
    for name, indices in (("a", (0, 1)), ("b", (1,))):
        (tmp_path / name).mkdir()
        for k in indices:
            write_a3m(tmp_path / name / f"{k}.a3m", chains[k].aatype)
    prepare_deep(tmp_path, [tmp_path / "a", tmp_path / "b"], seed=1)
    (shard,) = (tmp_path / "shards").glob("deep-*")
    assert sorted(open_directory(shard)["chain"].tolist()) == [0] * 3 + [1] * 6


def test_feeds_batches_with_training_chains_only(tmp_path, make_chain):
    chains = [make_chain(40 + k, seed=k, cluster=k, identifier=f"c{k}") for k in range(4)]
    write_directory(tmp_path / "chains", pack_chains(chains, ["train", "train", "validation", "train"]))
    (tmp_path / "deep").mkdir()
    for k in (1, 2):
        write_a3m(tmp_path / "deep" / f"{k}.a3m", chains[k].aatype)
    prepare_deep(tmp_path, [tmp_path / "deep"], seed=1)

    training = Dataset(tmp_path, "train")
    assert [training.has(k, DEEP) for k in range(3)] == [False, True, False]
    assert not Dataset(tmp_path, "validation").has(0, DEEP)
    rng = np.random.default_rng(0)
    assert {training.draw_index(rng, DEEP) for _ in range(20)} == {1}
    sample = training.sample(1, rng, SampleConfig(n_res=64, n_seq=200, kind_probability={DEEP: 1.0}))
    assert sample["msa_mask"].any(-1).sum() > 30
    features, _ = Batches(tmp_path, DataConfig(n_seq=30, deep=1.0), (1,)).draw(64, 2)
    assert features["msa_mask"].any(-1).sum(-1).tolist() == [30, 30]
    with pytest.raises(ValueError, match="no chain in .* has an alignment of kind 'deep'"):
        Dataset(tmp_path, "validation").draw_index(rng, DEEP)
