"""The reference tensors of AlphaFold 2, not part of the project: found through ANFINSEN_SHARED or ../shared."""

import os
from pathlib import Path

import numpy as np
import pytest
import torch

from anfinsen import parameters
from anfinsen.network.alphafold_iteration import AlphaFoldIteration

ROOT = Path(__file__).resolve().parents[3]
DIRECTORY = Path(os.environ.get("ANFINSEN_SHARED", ROOT.parent / "shared")) / "reference/alphafold2"
CASES = ("case_A_L23_masked", "case_B_L37", "case_C_L29_templates")
TOLERANCE = 1e-4  # relative to the tensor's largest value: fp32 sums in another order, a factor 10 to spare

needs_reference = pytest.mark.skipif(
    not DIRECTORY.is_dir(), reason=f"no reference tensors in {DIRECTORY}: agreement with AlphaFold 2 was not checked"
)


class Case:
    """One recorded run: tensors of the pipeline and of the network, and the parameters that made them."""

    def __init__(self, name: str):
        with np.load(DIRECTORY / f"{name}.npz") as file:
            self.arrays = {key: file[key] for key in file.files}
        model = 1 if "templates" in name else 3
        self.network: AlphaFoldIteration = parameters.load(DIRECTORY / f"params_tiny_model_{model}_ptm.npz").eval()
        self.passes = 4 if name.endswith("_r3") else 1

    def out(self, name: str) -> torch.Tensor:
        return torch.from_numpy(self.arrays[f"out/{name}"])

    def feature(self, name: str) -> torch.Tensor:
        changed = self.arrays.get(f"in/{name}")
        return torch.from_numpy(changed if changed is not None else self.arrays[f"feat/{name}"])

    def features(self) -> dict:
        names = ["target_feat", "residue_index", "aatype", "seq_mask", "msa_feat", "msa_mask", "extra_msa_mask"]
        if self.network.template_embedding is not None:
            names += [key.partition("/")[2] for key in self.arrays if key.startswith("feat/template_")]
        features = {name: self.feature(name) for name in names}
        # extra MSA 25 = 23 one-hot, has-deletion, deletion value
        one_hot = torch.nn.functional.one_hot(self.feature("extra_msa"), 23).float()
        deletions = [self.feature(name).unsqueeze(-1) for name in ("extra_has_deletion", "extra_deletion_value")]
        features["extra_msa_feat"] = torch.cat([one_hot, *deletions], dim=-1)
        return features


def assert_close(actual: torch.Tensor, expected: torch.Tensor, what: str, tolerance: float = TOLERANCE) -> None:
    """Compares relative to the largest expected value; a failure says where the largest difference is."""
    assert actual.shape == expected.shape, f"{what}: shape {tuple(actual.shape)}, expected {tuple(expected.shape)}"
    difference = (actual.detach() - expected).abs()
    worst = int(difference.argmax())
    index = tuple(int(i) for i in np.unravel_index(worst, expected.shape))
    limit = tolerance * max(float(expected.abs().max()), 1e-6)
    assert difference.flatten()[worst] <= limit, (
        f"{what}: largest difference {float(difference.flatten()[worst]):.3g} at {index}, limit {limit:.3g}"
    )
