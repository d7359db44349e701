import numpy as np
import pytest

from anfinsen.data.alignment import row_weights
from anfinsen.data.coevolution import (
    SHRINKAGES, average_product_correction, block_norms, centred_one_hot, coevolution)

N_ROWS, N_RES = 17, 9


@pytest.fixture
def msa() -> np.ndarray:
    rng = np.random.default_rng(5)
    msa = rng.integers(22, size=(N_ROWS, N_RES)).astype(np.uint8)
    msa[:, 4] = 3  # a conserved column
    msa[:, 7] = 21  # a column of gaps
    msa[5:9] = msa[4]  # rows that share a weight
    return msa


def plain_maps(msa: np.ndarray) -> list[np.ndarray]:
    """The definition, word for word: dense one-hot, direct inverse, loops."""
    n_rows, n_res = msa.shape
    share = row_weights(msa) / row_weights(msa).sum()
    x = (msa[..., None] == np.arange(20)).reshape(n_rows, -1).astype(float)
    a = np.sqrt(share)[:, None] * (x - share @ x)
    covariance = a.T @ a
    maps = []
    for shrinkage in SHRINKAGES:
        shrinkage /= np.sqrt(row_weights(msa).sum())
        maps.append(np.linalg.inv(covariance + shrinkage * np.eye(20 * n_res)))
    maps.append(covariance)
    corrected = []
    for m in maps:
        f = np.zeros((n_res, n_res))
        for i in range(n_res):
            for j in range(n_res):
                if i != j:
                    f[i, j] = np.linalg.norm(m[20 * i:20 * i + 20, 20 * j:20 * j + 20])
        rows = f.sum(1) / (n_res - 1)
        g = f - np.outer(rows, rows) / (f.sum() / (n_res * (n_res - 1)))
        np.fill_diagonal(g, 0)
        corrected.append(g)
    return corrected


def test_row_space_algebra_gives_the_direct_inverse(msa):
    result = coevolution(msa).features()
    off = ~np.eye(N_RES, dtype=bool)
    for k, expected in enumerate(plain_maps(msa)):
        deviation = expected[off].std()
        np.testing.assert_allclose(result[..., k], expected / deviation, atol=2e-5)
        np.testing.assert_allclose(result[..., 3 + k], np.log(deviation + 1e-6), atol=1e-4)
    np.testing.assert_allclose(result[..., 6], np.log(row_weights(msa).sum()), rtol=1e-6)


def test_maps_are_symmetric_with_unit_deviation_and_empty_diagonal(msa):
    maps = coevolution(msa).maps
    assert np.array_equal(maps, maps.transpose(0, 2, 1))
    assert not maps[:, np.arange(N_RES), np.arange(N_RES)].any()
    np.testing.assert_allclose(maps[:, ~np.eye(N_RES, dtype=bool)].std(-1), 1, atol=1e-5)


def test_correction_removes_a_product_of_site_effects_and_keeps_a_coupling():
    rng = np.random.default_rng(2)
    site = rng.uniform(1, 1.02, 300)
    norms = np.outer(site, site)
    norms[10, 200] = norms[200, 10] = 3
    np.fill_diagonal(norms, 0)
    corrected = average_product_correction(norms)
    assert corrected[10, 200] > 1.9
    corrected[10, 200] = corrected[200, 10] = 0
    assert np.abs(corrected).max() < 0.03
    assert not average_product_correction(np.zeros((4, 4))).any()


def test_block_norms_do_not_depend_on_the_blocks(monkeypatch, msa):
    a, residue = centred_one_hot(msa, row_weights(msa))
    whole = block_norms(a, residue, N_RES)
    monkeypatch.setattr("anfinsen.data.coevolution._BLOCK_COLUMNS", 5)
    np.testing.assert_allclose(block_norms(a, residue, N_RES), whole, atol=1e-14)
    assert not whole[4].any() and whole[0, 1] > 0


def test_order_of_rows_does_not_matter(msa):
    rng = np.random.default_rng(0)
    np.testing.assert_allclose(coevolution(msa[rng.permutation(N_ROWS)]).maps, coevolution(msa).maps, atol=1e-4)


def test_uses_the_first_1024_rows_only():
    rng = np.random.default_rng(1)
    msa = rng.integers(20, size=(1100, 3)).astype(np.uint8)
    np.testing.assert_array_equal(coevolution(msa).maps, coevolution(msa[:1024]).maps)


@pytest.mark.parametrize("shape", [(1, 5), (4, 1)])
def test_too_little_to_compare_gives_zeros(shape):
    features = coevolution(np.zeros(shape, np.uint8)).features()
    assert features.shape == (shape[1], shape[1], 7) and not features.any()


def test_identical_rows_give_empty_maps():
    features = coevolution(np.tile(np.arange(6, dtype=np.uint8), (4, 1))).features()
    assert not features[..., :3].any()
    np.testing.assert_allclose(features[..., 3:6], np.log(1e-6), rtol=1e-6)
    np.testing.assert_allclose(features[..., 6], 0, atol=1e-6)
