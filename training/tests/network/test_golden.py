"""The golden files that Java reads are what the modules compute today."""

import numpy as np
import pytest
import torch

from anfinsen import golden, openfold_checkpoint

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


def test_the_openfold_checkpoint_holds_the_counting_arrays():
    state = torch.load(golden.DIRECTORY / "openfold.pt", weights_only=True)
    arrays = openfold_checkpoint.counting_arrays()
    for of_openfold, of_alphafold in (
        ("input_embedder.linear_relpos.weight", "evoformer/pair_activiations//weights"),
        ("structure_module.bb_update.linear.weight", "structure_module/fold_iteration/affine_update//weights"),
    ):
        expected = arrays["alphafold/alphafold_iteration/" + of_alphafold].T
        assert np.array_equal(state[of_openfold].float().numpy(), expected), of_openfold
    assert sum(value.numel() for value in state.values()) == sum(array.size for array in arrays.values())


def test_the_files_stay_small():
    assert sum(path.stat().st_size for path in golden.DIRECTORY.glob("*.npz")) < 2_000_000


def test_a_distance_on_the_edge_of_a_bin_is_refused():
    with pytest.raises(ValueError, match="choose another seed"):
        golden._require_clear_bins(torch.tensor([[0.0, 0.0, 0.0], [3.25, 0.0, 0.0]]))
