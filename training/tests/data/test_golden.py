import numpy as np

from anfinsen.data.alignment import parse_a3m, row_weights
from anfinsen.data.golden import DIRECTORY, write


def test_golden_files_are_what_this_code_computes(tmp_path):
    write(tmp_path, seed=7)
    assert (DIRECTORY / "coevolution.a3m").read_text() == (tmp_path / "coevolution.a3m").read_text()
    for name in ["coevolution.tsv", "coevolution-weights.tsv"]:
        np.testing.assert_allclose(np.loadtxt(DIRECTORY / name), np.loadtxt(tmp_path / name), atol=2e-5)


def test_golden_alignment_has_shared_weights_and_signal():
    alignment = parse_a3m((DIRECTORY / "coevolution.a3m").read_text())
    weights = row_weights(alignment.msa)
    assert weights.min() < 0.5 and weights.max() == 1 and alignment.deletions.any()
    table = np.loadtxt(DIRECTORY / "coevolution.tsv").reshape(11, 11, 9)
    assert table[1, 5, 2:5].min() > 2 and np.array_equal(table[..., :2], np.stack(np.indices((11, 11)), -1))
