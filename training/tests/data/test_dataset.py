import numpy as np
import pytest

from anfinsen.data.alignment import Alignment
from anfinsen.data.coevolution import coevolution
from anfinsen.data.dataset import QUERY, REAL, RESIDUE_AXES, SYNTHETIC, Dataset, SampleConfig, contact_windows, crop
from anfinsen.data.packing import PreparedAlignment, pack_alignments, pack_chains, write_directory
from anfinsen.data.structures import pseudo_beta

LENGTHS = (60, 25, 90)


def prepared_alignment(place: int, chain, n_rows: int) -> PreparedAlignment:
    rng = np.random.default_rng(place)
    msa = np.where(rng.random((n_rows, len(chain))) < 0.3, rng.integers(22, size=(n_rows, len(chain))), chain.aatype)
    msa[0] = chain.aatype
    alignment = Alignment(msa.astype(np.uint8), rng.integers(3, size=msa.shape).astype(np.uint8))
    return PreparedAlignment(place, alignment, coevolution(alignment.msa))


@pytest.fixture
def chains(make_chain):
    return [make_chain(n, seed=n, cluster=n, identifier=f"c{n}") for n in LENGTHS]


@pytest.fixture
def prepared(tmp_path, chains):
    write_directory(tmp_path / "chains", pack_chains(chains, ["train", "validation", "train"]))
    entries = [prepared_alignment(k, chain, 12) for k, chain in enumerate(chains)]
    write_directory(tmp_path / "shards" / "real-00000", pack_alignments(entries[:2]))
    return tmp_path


def test_packing_keeps_chains(prepared, chains):
    packed = Dataset(prepared, "train").chain(1)
    assert (packed.id, packed.cluster) == ("c90", 90)
    np.testing.assert_allclose(packed.positions, chains[2].positions, atol=0.006)
    for name in ["aatype", "residue_index", "mask"]:
        np.testing.assert_array_equal(getattr(packed, name), getattr(chains[2], name))


@pytest.mark.parametrize("spatial_probability", [0.0, 1.0])
def test_crop_keeps_labels_aligned_with_features(prepared, spatial_probability):
    dataset = Dataset(prepared, "train")
    config = SampleConfig(
        n_res=24, n_seq=5, n_extra=9, spatial_probability=spatial_probability, kind_probability={REAL: 1.0})
    whole = dataset.full_chain(0, REAL, SampleConfig(n_seq=12))
    for seed in range(10):
        sample = dataset.sample(0, np.random.default_rng(seed), config)
        at = np.searchsorted(whole["residue_index"], sample["residue_index"])
        for name in (name for name, axes in RESIDUE_AXES.items() if axes == (0,)):
            np.testing.assert_array_equal(sample[name], whole[name][at], err_msg=name)
        np.testing.assert_array_equal(sample["coevolution"], whole["coevolution"][at][:, at])
        rows = {tuple(row) for row in whole["label/true_msa"][:, at]}
        assert all(tuple(row) in rows for row in sample["label/true_msa"])
        assert np.array_equal(sample["label/true_msa"][0], sample["aatype"])


def test_sizes_are_fixed_and_padding_is_zero(prepared):
    dataset = Dataset(prepared, "validation")
    config = SampleConfig(n_res=40, n_seq=6, n_extra=8)
    sample = dataset.sample(0, np.random.default_rng(0), config)
    sizes = {"msa_feat": (6, 40, 49), "extra_msa_feat": (8, 40, 25), "coevolution": (40, 40, 7),
             "label/atom14_positions": (40, 14, 3), "label/true_msa": (6, 40), "target_feat": (40, 22)}
    assert {name: sample[name].shape for name in sizes} == sizes and set(sample) == set(RESIDUE_AXES)
    assert sample["seq_mask"].sum() == 25
    for name, axes in RESIDUE_AXES.items():
        for axis in axes:
            assert not np.take(sample[name], range(25, 40), axis).any(), name


def test_spatial_crop_holds_a_contact_between_its_windows(chains):
    chain = chains[2]
    beta, _ = pseudo_beta(chain.aatype, chain.positions, chain.mask)
    for seed in range(20):
        first, second = contact_windows(chain, 10, np.random.default_rng(seed))
        assert 0 <= first and first + 10 <= second and second + 10 <= len(chain)
        between = beta[first:first + 10, None] - beta[second:second + 10]
        assert np.linalg.norm(between, axis=-1).min() < 8


def test_crop_of_a_short_chain_is_the_chain(chains):
    assert np.array_equal(crop(chains[1], 25, 1.0, np.random.default_rng(0)), np.arange(25))


def test_falls_back_when_a_kind_is_absent(prepared):
    dataset = Dataset(prepared, "train")
    assert dataset.has(0, REAL) and not dataset.has(1, REAL) and dataset.has(1, QUERY)
    only_real = SampleConfig(n_res=16, n_seq=4, n_extra=4, kind_probability={REAL: 1.0})
    sample = dataset.sample(1, np.random.default_rng(0), only_real)
    assert sample["msa_mask"].any(-1).sum() == 1 and not sample["coevolution"].any()
    with pytest.raises(KeyError, match="no synthetic"):
        dataset.full_chain(0, SYNTHETIC)


def test_picks_up_shards_that_finish_later_and_no_unfinished_ones(prepared, chains):
    dataset = Dataset(prepared, "train")
    (prepared / "shards" / ".synthetic-00000.unfinished").mkdir()
    dataset.refresh()
    assert not dataset.has(1, SYNTHETIC)
    write_directory(prepared / "shards" / "synthetic-00000", pack_alignments([prepared_alignment(2, chains[2], 7)]))
    dataset.refresh()
    assert dataset.has(1, SYNTHETIC) and dataset.full_chain(1, SYNTHETIC)["msa_mask"].any(-1).sum() == 7


def test_same_seed_gives_the_same_sample(prepared):
    dataset = Dataset(prepared, "train")
    one, two = (dataset.sample(0, np.random.default_rng(7), SampleConfig(n_res=16)) for _ in range(2))
    assert all(np.array_equal(one[name], two[name]) for name in one)
