"""The template baseline: what is carried over by an alignment, and how a part of a structure is scored."""

import math
import shutil

import numpy as np
import pytest

from anfinsen.data.structures import CA, Chain
from anfinsen.scores import similarity
from anfinsen.targets import Domain
from anfinsen.template_baseline import NO_HIT, Hit, carried_over, nearest, paired_places, score

RESIDUES = "ACDEFGHIKLMNPQRSTVWY"


def chain(ca: np.ndarray) -> Chain:
    n_res = len(ca)
    positions = np.zeros((n_res, 14, 3), np.float32)
    positions[:, CA] = ca
    mask = np.zeros((n_res, 14), bool)
    mask[:, CA] = True
    codes = np.zeros(n_res, np.uint8)
    return Chain("chain", "test", 0, 0, 0, codes, np.arange(n_res, dtype=np.int32), positions, mask)


def domain(ca: np.ndarray, residues: np.ndarray) -> Domain:
    atoms = np.full((len(ca), 5, 3), np.nan)
    atoms[:, CA] = ca
    return Domain("domain", residues, atoms, ca)


def walk(n_res: int, seed: int) -> np.ndarray:
    steps = np.random.default_rng(seed).normal(size=(n_res, 3))
    return np.cumsum(3.8 * steps / np.linalg.norm(steps, axis=-1, keepdims=True), 0)


def test_pairs_what_stands_above_each_other_and_skips_gaps():
    target, template = paired_places("3", "11", "AC-DE", "ACC-E")
    assert target.tolist() == [2, 3, 5]
    assert template.tolist() == [10, 11, 13]


def test_carries_coordinates_to_the_paired_residues_only():
    known = chain(walk(6, 1))
    known.mask[4, CA] = False
    positions = carried_over(Hit(0, 1e-9, 1.0, np.array([1, 2, 3]), np.array([3, 4, 5])), known, 5)
    assert positions[[1, 3]] == pytest.approx(known.positions[[3, 5], CA])
    assert np.isnan(positions[[0, 2, 4]]).all()


def test_half_a_perfect_template_scores_half():
    native = walk(80, 2)
    half = Hit(0, 1e-9, 1.0, np.arange(40), np.arange(40))
    scores = score("casp", domain(native, np.arange(80)), carried_over(half, chain(native), 80), half, "chain")
    assert (scores.covered, scores.tm_score, scores.gdt_ts) == pytest.approx((0.5, 0.5, 0.5), abs=1e-5)
    assert scores.rmsd == pytest.approx(0.0, abs=1e-5)
    assert 0.3 < scores.lddt < 0.5


def test_the_native_length_sets_the_scale_of_a_partial_prediction():
    native = walk(200, 3)
    moved = native[:50] + np.random.default_rng(4).normal(size=(50, 3))
    assert similarity(moved, native[:50], 200).tm_score < similarity(moved, native[:50]).tm_score / 3
    assert similarity(native[:50], native[:50], 200).tm_score == pytest.approx(0.25)


def test_a_target_without_any_hit_scores_nothing():
    native = walk(30, 5)
    scores = score("casp", domain(native, np.arange(30)), carried_over(NO_HIT, None, 30), NO_HIT, None)
    assert (scores.covered, scores.tm_score, scores.gdt_ts, scores.lddt) == (0.0, 0.0, 0.0, 0.0)
    assert math.isnan(scores.rmsd)


@pytest.mark.skipif(shutil.which("mmseqs") is None, reason="MMseqs2 is not installed: its search was not checked")
def test_finds_the_chain_a_target_was_made_from():
    rng = np.random.default_rng(6)
    chains = ["".join(rng.choice(list(RESIDUES), size=120)) for _ in range(4)]
    target = chains[2][20:60] + chains[2][65:110]
    hit = nearest({"target": target}, chains)["target"]
    assert hit.chain == 2
    assert hit.e_value < 1e-20
    agreeing = [target[i] == chains[2][j] for i, j in zip(hit.target_places, hit.chain_places)]
    assert len(agreeing) > 75
    assert np.mean(agreeing) > 0.95
