import numpy as np
import pytest

from anfinsen.data.alignment import Alignment
from anfinsen.data.alphabet import GAP
from anfinsen.data.coevolution import coevolution
from anfinsen.data.dataset import REAL, SYNTHETIC, Dataset
from anfinsen.data.packing import open_directory, pack_chains, write_directory
from anfinsen.data.prepare import prepare_real, prepare_synthetic, real_entries, shards
from anfinsen.data.statistics import Statistics


def alignment_of(chain, n_rows: int) -> Alignment:
    msa = np.random.default_rng(0).integers(20, size=(n_rows, len(chain))).astype(np.uint8)
    msa[0] = chain.aatype
    return Alignment(msa, np.zeros_like(msa))


def test_evaluation_chains_come_first_then_short_ones_and_every_chain_once():
    names = np.array(["train"] * 150 + ["validation"] * 10 + ["heldout"] * 5)
    n_res = np.random.default_rng(0).integers(20, 500, size=165)
    parts = shards(names, n_res, seed=3)
    order = np.concatenate(parts)
    assert sorted(order) == list(range(165)) and set(names[order[:15]]) == {"validation", "heldout"}
    assert list(np.searchsorted([128, 256], n_res[order[15:]])) == sorted(np.searchsorted([128, 256], n_res[:150]))
    assert list(order) != sorted(order) and np.array_equal(order, np.concatenate(shards(names, n_res, seed=3)))


def test_real_alignment_follows_the_piece_and_loses_empty_rows(chain):
    whole = alignment_of(chain, 20)
    whole.msa[3, 10:50] = GAP
    entries = real_entries(7, chain.piece(10, 50), whole, np.random.default_rng(0))
    assert [entry.alignment.msa.shape[0] for entry in entries][0] == 19 and len(entries) == 2
    assert entries[1].alignment.msa.shape[0] < 19
    for entry in entries:
        assert np.array_equal(entry.alignment.msa[0], chain.aatype[10:50])
        np.testing.assert_array_equal(entry.coevolution.maps, coevolution(entry.alignment.msa).maps)


def test_refuses_the_alignment_of_another_sequence(chain):
    whole = alignment_of(chain, 5)
    whole.msa[0, 0] += 1
    with pytest.raises(ValueError, match="another sequence"):
        real_entries(0, chain, whole, np.random.default_rng(0))


def test_too_few_rows_make_no_entry(chain):
    assert real_entries(0, chain, alignment_of(chain, 2), np.random.default_rng(0)) == []
    assert real_entries(0, chain, None, np.random.default_rng(0)) == []


def test_preparation_goes_on_where_it_stopped_and_feeds_the_dataset(tmp_path, make_chain):
    chains = [make_chain(40, seed=k, cluster=k, identifier=f"c{k}") for k in range(3)]
    write_directory(tmp_path / "chains", pack_chains(chains, ["train"] * 3))
    prepare_real(tmp_path, {0: alignment_of(chains[0], 6)}, seed=1)
    tables = Statistics(np.full(20, 0.05), 2 * np.eye(20) - 0.1, np.zeros((20, 20)))
    prepare_synthetic(tmp_path, tables, seed=1, n_rounds=1)
    written = {path: path.stat().st_mtime_ns for path in (tmp_path / "shards").iterdir()}
    prepare_real(tmp_path, {}, seed=1)
    prepare_synthetic(tmp_path, tables, seed=1, n_rounds=2)
    assert all(path.stat().st_mtime_ns == written[path] for path in written)
    dataset = Dataset(tmp_path, "train")
    assert all(dataset.has(k, SYNTHETIC) for k in range(3)) and dataset.has(0, REAL)
    one, two = (open_directory(tmp_path / "shards" / f"synthetic-{turn}-00000")["msa"] for turn in (0, 1))
    assert len(one) != len(two) or not np.array_equal(one, two)


def test_shards_of_another_format_are_refused(tmp_path, monkeypatch):
    write_directory(tmp_path / "a", {"x": np.arange(3)})
    monkeypatch.setattr("anfinsen.data.packing.FORMAT_VERSION", 99)
    with pytest.raises(ValueError, match="format 1, this code reads 99"):
        open_directory(tmp_path / "a")
