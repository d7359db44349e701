"""Folding from a distogram, and the heads that judge it."""

import numpy as np
import pytest
import torch

from anfinsen.confidence import ConfidenceHeads, Judged, scaled, teach
from anfinsen.data.structures import GLYCINE
from anfinsen.distogram_folding import (
    FIRST_POINT_ANGSTROM,
    N_BINS,
    STEP_ANGSTROM,
    Descent,
    Folding,
    beta_positions,
    place,
    torsions,
)
from anfinsen.expected_lddt import expected_lddt
from anfinsen.loss.residue_tables import PROLINE
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig

N_RES = 24
DESCENT = Descent(2, 3, 150, 0.2, 0.1, 1.0, 2.0, 5.0)


def hairpin():
    """phi and psi [1, N_RES] of two helices and a loop."""
    phi, psi = np.full((1, N_RES), np.radians(-62.0)), np.full((1, N_RES), np.radians(-43.0))
    phi[0, 10:14] = np.radians([-90, 60, -75, -65])
    psi[0, 10:14] = np.radians([5, 35, 140, 150])
    return phi, psi


def backbone_of(phi, psi):
    return np.stack([atoms[0] for atoms in place(phi, psi)], 1)


def distogram_of(backbone, spread=2.0):
    beta = beta_positions(backbone[:, 0], backbone[:, 1], backbone[:, 2])
    distance = np.linalg.norm(beta[:, None] - beta[None], axis=-1)
    off = (FIRST_POINT_ANGSTROM + STEP_ANGSTROM * np.arange(N_BINS) - distance[..., None]) / spread
    density = np.exp(-0.5 * off**2) + 1e-6
    return density / density.sum(-1, keepdims=True)


def test_a_backbone_has_the_torsions_that_it_was_placed_with():
    phi, psi = hairpin()
    measured_phi, measured_psi = torsions(backbone_of(phi, psi))
    np.testing.assert_allclose(measured_phi[1:], phi[0, 1:], atol=1e-6)
    np.testing.assert_allclose(measured_psi[:-1], psi[0, :-1], atol=1e-6)


def test_bonds_are_whole():
    backbone = backbone_of(*hairpin())
    np.testing.assert_allclose(np.linalg.norm(backbone[1:, 0] - backbone[:-1, 2], axis=-1), 1.329, atol=1e-6)
    np.testing.assert_allclose(np.linalg.norm(np.diff(backbone[:, 1], axis=0), axis=-1), 3.8, atol=0.05)


def test_the_derivatives_are_those_of_the_cost():
    rng = np.random.default_rng(3)
    backbone = backbone_of(*hairpin())
    aatype = rng.choice([0, GLYCINE, PROLINE], N_RES, p=[0.8, 0.1, 0.1])
    folding = Folding(distogram_of(backbone), backbone, aatype, DESCENT)
    angles = rng.uniform(-np.pi, np.pi, (2, 2, N_RES))
    _, gradient = folding.cost(angles, 0.5)
    step = 3e-4
    for start, torsion, residue in [(0, 0, 4), (0, 1, 11), (1, 0, 12), (1, 1, 1), (1, 1, 20)]:
        there, back = angles.copy(), angles.copy()
        there[start, torsion, residue] += step
        back[start, torsion, residue] -= step
        slope = (folding.cost(there, 0.5)[0] - folding.cost(back, 0.5)[0])[start] / (2 * step)
        assert gradient[start, torsion, residue] == pytest.approx(slope, rel=0.05, abs=0.3)


def test_finds_the_fold_of_a_distogram():
    native = backbone_of(*hairpin())
    phi, psi = hairpin()
    phi[0, 10:14], psi[0, 10:14] = np.radians(-120), np.radians(130)
    start = backbone_of(phi, psi)
    folded = Folding(distogram_of(native), start, np.zeros(N_RES, int), DESCENT).fold(seed=1)
    assert _distance_rms(start, native) > 3.0
    assert _distance_rms(folded, native) < 1.0
    again = Folding(distogram_of(native), start, np.zeros(N_RES, int), DESCENT).fold(seed=1)
    np.testing.assert_array_equal(folded, again)


def test_the_card_names_what_the_descent_has():
    assert Descent.of_card(Descent(rounds=7).card()) == Descent(rounds=7)
    assert Descent().card()["restartNoiseRadians"] == 0.1


def test_heads_learn_what_is_wrong():
    """Half of the chains are right and half are not, and s says which: pLDDT has to tell them apart."""
    torch.manual_seed(0)
    network = AlphaFoldIteration(NetworkConfig(evoformer_blocks=1, extra_msa_blocks=1, predicted_aligned_error=True))
    config = network.config
    native = torch.from_numpy(backbone_of(*hairpin()).astype(np.float32))
    stretched = torch.from_numpy(backbone_of(np.full((1, N_RES), -2.1), np.full((1, N_RES), 2.3)).astype(np.float32))
    distogram, chains = distogram_of(native.numpy()), []
    for k in range(8):
        s = torch.randn(N_RES, config.c_s) + (1.0 if k % 2 else -1.0)
        z = torch.randn(N_RES, N_RES, config.c_z) + (1.0 if k % 2 else -1.0)
        backbone = native if k % 2 else stretched
        expected = expected_lddt(distogram, backbone.numpy(), np.zeros(N_RES, int))
        chains.append(Judged(s, z, backbone, native, torch.ones(N_RES), expected))
    heads = ConfidenceHeads(network)
    teach(heads, chains, epochs=40, seed=1)
    after = heads.figures(chains)
    assert after["r over chains"] > 0.9
    assert abs(after["mean pLDDT"] - after["mean lDDT"]) < 5.0
    assert abs(after["mean PAE"] - after["mean error"]) < 2.0
    folds = heads.figures(chains, scaled(chains, DESCENT))
    assert folds["r over chains"] > 0.9
    assert abs(folds["mean pLDDT"] - folds["mean lDDT"]) < 1.0


def test_expected_lddt_is_that_of_the_distances_in_the_distogram():
    """All mass in the bin of the fold's own distance, then 1.5 Å off: kept within 2 and 4 Å."""
    backbone = backbone_of(*hairpin())
    beta = beta_positions(backbone[:, 0], backbone[:, 1], backbone[:, 2])
    distance = np.linalg.norm(beta[:, None] - beta[None], axis=-1)
    for off, share in ((0.0, 1.0), (1.5, 0.5), (3.0, 0.25), (5.0, 0.0)):
        bins = np.clip(np.rint((distance + off - FIRST_POINT_ANGSTROM) / STEP_ANGSTROM), 0, N_BINS - 1).astype(int)
        certain = np.eye(N_BINS)[bins]
        np.testing.assert_allclose(expected_lddt(certain, backbone, np.zeros(N_RES, int)), share, atol=1e-6)


def test_a_folds_plddt_is_scaled_and_stays_within_its_range():
    descent = Descent(plddt_scale=0.9, plddt_offset=0.05)
    np.testing.assert_allclose(descent.plddt(np.array([0.0, 0.5, 1.0])), [5.0, 50.0, 95.0])
    assert Descent(plddt_offset=-1.0).plddt(np.zeros(1)) == 0.0


def _distance_rms(a, b):
    distances = [np.linalg.norm(x[:, None, 1] - x[None, :, 1], axis=-1) for x in (a, b)]
    return float(np.sqrt(((distances[0] - distances[1]) ** 2).mean()))
