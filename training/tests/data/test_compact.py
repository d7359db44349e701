import numpy as np
import pytest
from tests.data.test_dataset import LENGTHS, prepared_alignment

from anfinsen.batches import Batches
from anfinsen.configuration import DataConfig
from anfinsen.data import compact
from anfinsen.data.alphabet import N_RESTYPES
from anfinsen.data.coevolution import coevolution
from anfinsen.data.dataset import DEEP, QUERY, REAL, SYNTHETIC, Dataset, SampleConfig
from anfinsen.data.packing import pack_alignments, pack_chains, write_directory
from anfinsen.data.statistics import Statistics

DEEP_ROWS = 120


@pytest.fixture
def prepared(tmp_path, make_chain):
    chains = [make_chain(n, seed=n, cluster=n, identifier=f"c{n}") for n in LENGTHS]
    write_directory(tmp_path / "chains", pack_chains(chains, ["train", "validation", "train"]))
    real = [prepared_alignment(k, chain, n) for k, chain in enumerate(chains) for n in (20, 8)]  # with a subset each
    write_directory(tmp_path / "shards" / "real-00000", pack_alignments(real))
    deep = [prepared_alignment(2, chains[2], n) for n in (DEEP_ROWS, 50, 40)]
    write_directory(tmp_path / "shards" / "deep-00000", pack_alignments(deep))
    odds = np.zeros((N_RESTYPES, N_RESTYPES)) + 0.1 * np.eye(N_RESTYPES)
    Statistics(np.full(N_RESTYPES, 1 / N_RESTYPES), odds, odds).save(tmp_path / "statistics.npz")
    return tmp_path


def written(prepared, n_rows_max: int = 512):
    np.savez(prepared / "compact.npz", **compact.compact(prepared, n_rows_max))
    return prepared / "compact.npz"


def test_training_chains_come_back_rounded_and_moved(prepared):
    original, small = Dataset(prepared), compact.CompactDataset(written(prepared))
    assert len(small) == 2
    for k in range(2):
        a, b = original.chain(k), small.chain(k)
        for name in ("aatype", "residue_index", "mask", "cluster"):
            np.testing.assert_array_equal(getattr(a, name), getattr(b, name))
        moved = a.positions - b.positions
        shift = moved[0, 1]
        assert np.abs((moved - shift)[:, :4][a.mask[:, :4]]).max() < 0.06
        assert np.abs((moved - shift)[a.mask]).max() < 0.14
        assert not b.positions[~b.mask].any()


def test_whole_alignments_come_back_and_subsets_are_drawn_anew(prepared):
    original, small = Dataset(prepared), compact.CompactDataset(written(prepared))
    rng = np.random.default_rng(1)
    whole = original.alignment(1, DEEP).alignment
    rows = {row.tobytes(): deletions.tobytes() for row, deletions in zip(whole.msa, whole.deletions)}
    depths = set()
    for _ in range(30):
        drawn = small.alignment(1, DEEP, rng)
        np.testing.assert_array_equal(drawn.alignment.msa[0], whole.msa[0])
        assert all(rows[row.tobytes()] == d.tobytes() for row, d in zip(drawn.alignment.msa, drawn.alignment.deletions))
        np.testing.assert_array_equal(drawn.coevolution.maps, coevolution(drawn.alignment.msa).maps)
        depths.add(len(drawn.alignment.msa))
    assert DEEP_ROWS in depths and len(depths) > 10 and min(depths) >= 31
    real = {len(small.alignment(0, REAL, rng).alignment.msa) for _ in range(30)}
    assert max(real) == 20 and len(real) > 5


def test_deep_alignments_are_cut_to_random_rows(prepared):
    small = compact.CompactDataset(written(prepared, n_rows_max=50))
    rng = np.random.default_rng(1)
    assert max(len(small.alignment(1, DEEP, rng).alignment.msa) for _ in range(20)) == 50


def test_every_chain_has_its_query_and_synthetic_alignments(prepared):
    small = compact.CompactDataset(written(prepared))
    rng = np.random.default_rng(1)
    assert len(small.alignment(0, QUERY, rng).alignment.msa) == 1
    first, second = (small.alignment(0, SYNTHETIC, rng).alignment for _ in range(2))
    assert len(first.msa) >= 64 and first.msa.shape != second.msa.shape
    assert small.has(1, DEEP) and not small.has(0, DEEP)
    with pytest.raises(KeyError):
        small.alignment(0, DEEP, rng)
    with pytest.raises(ValueError, match="at random"):
        small.full_chain(0, REAL, SampleConfig())


def test_similar_rows_stand_together():
    msa = np.array([[0, 0, 0, 0], [1, 1, 1, 1], [0, 0, 0, 1], [1, 1, 1, 0]], np.uint8)
    assert compact.similar_together(msa).tolist() == [0, 2, 1, 3]


def test_an_atom_far_from_its_c_alpha_is_refused(prepared):
    arrays = dict(compact.open_directory(prepared / "chains"))
    position = np.array(arrays["atom14_centiangstrom"])
    position[5, 0] += 1000
    with pytest.raises(ValueError, match="C-alpha"):
        compact.compact_chains(arrays | {"atom14_centiangstrom": position}, np.array([0, 2]))


def test_batches_come_from_a_file_too(prepared):
    features, labels = Batches(written(prepared), DataConfig(n_seq=8, deep=0.5), (1,)).draw(32, 3)
    assert features["coevolution"].shape == (3, 32, 32, 7)
    assert labels["atom14_positions"].abs().max() > 1
