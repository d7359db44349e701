"""Scores of structures and contacts against cases done by hand, and against published scores where those are present."""

import csv
import os
import tarfile
from pathlib import Path

import numpy as np
import pytest

from anfinsen.scores import contact_precision, lddt_ca, rmsd, similarity

SHARED = Path(os.environ.get("ANFINSEN_SHARED", Path(__file__).parents[4] / "shared"))
N = 60


def walk(seed: int) -> np.ndarray:
    steps = np.random.default_rng(seed).normal(size=(N, 3))
    return np.cumsum(3.8 * steps / np.linalg.norm(steps, axis=-1, keepdims=True), 0)


def rotated(points: np.ndarray, seed: int) -> np.ndarray:
    rng = np.random.default_rng(seed)
    rotation, _ = np.linalg.qr(rng.normal(size=(3, 3)))
    rotation *= np.sign(np.linalg.det(rotation))
    return points @ rotation.T + rng.normal(size=3) * 20


def test_a_moved_structure_is_the_same_structure():
    native = walk(1)
    alike = similarity(rotated(native, 2), native)
    assert (alike.tm_score, alike.gdt_ts, alike.rmsd) == pytest.approx((1.0, 1.0, 0.0), abs=1e-6)
    assert lddt_ca(rotated(native, 2), native) == pytest.approx(np.ones(N))


def test_a_mirror_image_is_not():
    native = walk(3)
    assert similarity(native * [1, 1, -1], native).tm_score < 0.6


def test_finds_the_half_that_agrees():
    native = walk(4)
    predicted = rotated(native, 5)
    predicted[N // 2 :] = walk(6)[N // 2 :] + 300
    alike = similarity(predicted, native)
    assert alike.tm_score == pytest.approx(0.5, abs=0.03)
    assert alike.gdt_ts == pytest.approx(0.5, abs=0.03)


def test_rmsd_of_a_stretched_pair():
    native = np.array([[0.0, 0, 0], [2, 0, 0], [0, 1, 0], [2, 1, 0]])
    predicted = native * [1.5, 1, 1]
    assert rmsd(predicted, native) == pytest.approx(0.5)


def test_counts_contacts_among_the_best_pairs_that_are_far_apart_in_sequence():
    beta = np.zeros((50, 3))
    beta[:, 0] = 100.0 * np.arange(50)
    beta[40] = beta[10] + [5.0, 0.0, 0.0]
    score = np.zeros((50, 50))
    score[10, 40] = score[40, 10] = 2.0  # a contact
    score[0, 30] = score[30, 0] = 1.5  # none
    score[0, 1] = score[1, 0] = 9.0  # too near in sequence to count
    assert contact_precision(score, beta, np.arange(50), 25) == pytest.approx(0.5)
    assert contact_precision(score, beta, np.arange(50), 50) == pytest.approx(1.0)
    assert np.isnan(contact_precision(score[:20, :20], beta[:20], np.arange(20), 1))


def test_agrees_with_published_scores(tmp_path):
    archive = SHARED / "data" / "scoring.tar.gz"
    if not archive.exists():
        pytest.skip(f"published scores not compared: {archive} is absent")
    with tarfile.open(archive) as tar:
        tar.extractall(tmp_path)
    folder = tmp_path / "scoring"
    rows = list(csv.DictReader((folder / "eigenfold.tsv").read_text().splitlines(), delimiter="\t"))
    compared = 0
    for row in rows:
        predicted, native = ca_positions(folder / row["prediction"]), ca_positions(folder / row["native"])
        if predicted.keys() != native.keys() or len(native) > 120:
            continue  # numbered otherwise: residues would have to be matched first
        alike = similarity(*(np.array([atoms[k] for k in native]) for atoms in (predicted, native)))
        if abs(alike.rmsd - float(row["rmsd"])) > 0.01:
            continue  # the numbers agree but the residues they name do not
        compared += 1
        # Maxima over superpositions: the more thorough search may find a little more.
        assert -0.002 < alike.tm_score - float(row["tm"]) < 0.01, row
        assert -0.005 < alike.gdt_ts - float(row["gdt_ts"]) < 0.02, row
    assert compared >= 8


def ca_positions(path: Path) -> dict[int, list[float]]:
    atoms: dict[int, list[float]] = {}
    for line in path.read_text().splitlines():
        if line.startswith("ENDMDL"):
            break
        if line.startswith("ATOM") and line[12:16].strip() == "CA" and line[16] in " A":
            atoms.setdefault(int(line[22:26]), [float(line[at : at + 8]) for at in (30, 38, 46)])
    return atoms
