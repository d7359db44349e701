"""Shared data is read in place where it is present; tests that need it say what they did not check."""

import os
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from anfinsen.data.structures import Chain, ideal_cb, residue_index


@pytest.fixture
def shared() -> Path:
    """The shared data directory: $ANFINSEN_SHARED, else ../shared beside the project."""
    path = Path(os.environ.get("ANFINSEN_SHARED", Path(__file__).parents[4] / "shared"))
    if not path.is_dir():
        pytest.skip(f"{path} is absent: not compared with the shared data")
    return path


def folded_chain(n_res: int, seed: int = 0, cluster: int = 0, identifier: str = "chain") -> Chain:
    """A compact chain of strands side by side: N, CA, C, O, CB with plausible bonds, CA neighbours 3.6-4.4 Å apart."""
    rng = np.random.default_rng(seed)
    turn = np.arange(n_res)
    strand, step = turn // 12, turn % 12
    height = np.where(strand % 2 == 0, step, 11 - step) * 3.5
    ca = np.stack([height, strand * 4.1, 0.7 * (-1.0) ** turn], -1)
    towards = np.array([[0.9, 0.9, 0.7]]) / np.linalg.norm([0.9, 0.9, 0.7])
    positions = np.zeros((n_res, 14, 3), np.float32)
    positions[:, 1] = ca
    positions[:, 0] = ca - 1.46 * towards
    positions[:, 2] = ca + 1.52 * (np.array([[0.9, -0.2, -0.4]]) / np.linalg.norm([0.9, -0.2, -0.4]))
    positions[:, 3] = positions[:, 2] + [0, 0, 1.23]
    positions[:, 4] = ideal_cb(positions)
    aatype = rng.integers(20, size=n_res).astype(np.uint8)
    mask = np.zeros((n_res, 14), bool)
    mask[:, :5] = True
    mask[aatype == 7, 4] = False
    positions[~mask] = 0
    return Chain(
        identifier, "made", cluster, seed, 0, aatype, residue_index(np.arange(n_res), positions[:, 1]), positions, mask)


@pytest.fixture
def make_chain() -> Callable[..., Chain]:
    return folded_chain


@pytest.fixture
def chain() -> Chain:
    return folded_chain(60)
