import numpy as np
import pytest

from anfinsen.data.alignment import Alignment
from anfinsen.data.alphabet import HHBLITS_TO_CODE, MASK
from anfinsen.data.featurise import (
    MaskingConfig, masked_msa, msa_features, nearest_centres, profile, target_features)


@pytest.fixture
def alignment() -> Alignment:
    rng = np.random.default_rng(4)
    msa = rng.integers(22, size=(11, 7)).astype(np.uint8)
    return Alignment(msa, rng.integers(4, size=msa.shape).astype(np.uint8))


@pytest.mark.parametrize("case", ["case_A_L23_masked_r0", "case_B_L37_r0", "case_C_L29_templates_r0"])
def test_agrees_with_the_published_pipeline(shared, case):
    with np.load(shared / "reference" / "alphafold2" / f"{case}.npz") as file:
        raw = {name[4:]: file[name] for name in file.files if name.startswith("raw/")}
        expected = {name[5:]: file[name] for name in file.files if name.startswith("feat/")}
    alignment = Alignment(HHBLITS_TO_CODE[raw["msa"]], raw["deletion_matrix_int"].astype(np.uint8))
    n_seq, n_res = expected["msa_mask"].shape
    n_extra = len(expected["extra_msa_mask"])
    actual = msa_features(alignment, n_seq, n_extra, rng=None)
    length = len(raw["aatype"])
    actual["target_feat"] = target_features(raw["aatype"].argmax(-1), raw["between_segment_residues"])
    for name in ["msa_feat", "msa_mask", "true_msa", "bert_mask", "extra_msa_mask"]:
        np.testing.assert_allclose(actual[name], expected[name][:, :length], atol=1e-6, err_msg=name)
    np.testing.assert_allclose(actual["target_feat"], expected["target_feat"][:length], atol=1e-6)
    extra = np.concatenate([
        np.eye(23)[expected["extra_msa"]], expected["extra_has_deletion"][..., None],
        expected["extra_deletion_value"][..., None]], -1)[:, :length]
    present = expected["extra_msa_mask"][:, :length, None]
    np.testing.assert_allclose(actual["extra_msa_feat"], extra * present, atol=1e-6)


def test_query_stays_in_row_zero(alignment):
    for seed in range(5):
        features = msa_features(alignment, 4, 3, np.random.default_rng(seed))
        assert np.array_equal(features["true_msa"][0], alignment.msa[0])


def test_every_row_is_counted_once(alignment):
    features = msa_features(alignment, 4, 20, np.random.default_rng(1))
    rows = np.concatenate([features["true_msa"], features["extra_msa_feat"][:7, :, :23].argmax(-1)])
    assert sorted(map(tuple, rows)) == sorted(map(tuple, alignment.msa))
    assert features["extra_msa_mask"].sum() == 7 * 7


def test_cluster_profiles_sum_to_one_and_hold_all_rows(alignment):
    profiles = msa_features(alignment, 4, 3, None)["msa_feat"][..., 25:48]
    np.testing.assert_allclose(profiles.sum(-1), 1, atol=1e-5)
    assignment = nearest_centres(alignment.msa[:4], alignment.msa[4:])
    sizes = 1 + np.bincount(assignment, minlength=4)
    whole = (profiles[..., :22] * sizes[:, None, None]).sum(0)
    np.testing.assert_allclose(whole, 11 * profile(alignment.msa), atol=1e-4)


def test_a_lone_query_is_its_own_extra_row(alignment):
    lone = alignment.rows(slice(1))
    features = msa_features(lone, 4, 3, np.random.default_rng(0))
    assert features["extra_msa_mask"].any(-1).tolist() == [True, False, False]
    assert np.array_equal(features["extra_msa_feat"][0, :, :23].argmax(-1), lone.msa[0])
    assert not msa_features(lone, 4, 3, None, query_as_extra=False)["extra_msa_mask"].any()


def test_masking_keeps_its_odds():
    rng = np.random.default_rng(0)
    msa = np.zeros((100, 1000), np.uint8)
    column_profile = np.zeros((1000, 22), np.float32)
    column_profile[:, 5] = 1
    masked, chosen = masked_msa(msa, column_profile, MaskingConfig(), rng)
    assert chosen.mean() == pytest.approx(0.15, abs=0.005)
    assert not masked[~chosen].any()
    values = masked[chosen]
    assert (values == MASK).mean() == pytest.approx(0.7, abs=0.02)
    assert (values == 0).mean() == pytest.approx(0.1 + 0.1 / 20, abs=0.01)
    assert (values == 5).mean() == pytest.approx(0.1 + 0.1 / 20, abs=0.01)


def test_features_show_the_masked_rows_and_labels_the_true_ones(alignment):
    features = msa_features(alignment, 11, 3, np.random.default_rng(0), MaskingConfig(replace_fraction=0.5))
    shown = features["msa_feat"][..., :23].argmax(-1)
    hidden = features["bert_mask"] > 0
    assert (shown == MASK)[hidden].any() and np.array_equal(shown[~hidden], features["true_msa"][~hidden])
    assert features["true_msa"].max() < MASK
