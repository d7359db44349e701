"""The golden files that Java reads are what the modules compute today."""

import numpy as np
import pytest

from anfinsen import golden

TOLERANCE = 2e-5  # fp32 sums in another order, relative to the largest value; whole iterations have the most


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    directory = tmp_path_factory.mktemp("golden")
    golden.write(directory, seed=20)
    return directory


def test_the_committed_files_are_those_that_the_command_writes(written):
    names = sorted(path.name for path in written.iterdir())
    assert names == sorted(path.name for path in golden.DIRECTORY.glob("*.npz"))
    for name in names:
        with np.load(written / name) as ours, np.load(golden.DIRECTORY / name) as committed:
            assert sorted(ours.files) == sorted(committed.files), name
            for member in ours.files:
                expected = committed[member].astype(np.float64)
                difference = np.abs(ours[member] - expected).max()
                assert difference <= TOLERANCE * max(1.0, np.abs(expected).max()), f"{name} {member}: {difference}"


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in golden.DIRECTORY.glob("*.npz")) < 2_000_000


def test_a_distance_on_the_edge_of_a_bin_is_refused():
    import torch

    with pytest.raises(ValueError, match="choose another seed"):
        golden._require_clear_bins(torch.tensor([[0.0, 0.0, 0.0], [3.25, 0.0, 0.0]]))
