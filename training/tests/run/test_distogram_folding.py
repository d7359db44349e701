"""Folding from a distogram, and the heads that judge it."""

import numpy as np
import pytest
import torch

from anfinsen.confidence import ConfidenceHeads, Judged, scaled, teach
from anfinsen.data.structures import GLYCINE
from anfinsen.distogram_folding import (
    C_N_ANGSTROM,
    FIRST_POINT_ANGSTROM,
    N_BINS,
    STEP_ANGSTROM,
    Descent,
    Folding,
    beta_positions,
    embedding,
    torsions,
)
from anfinsen.expected_lddt import expected_lddt
from anfinsen.loss.residue_tables import PROLINE
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig
from anfinsen.scores import similarity
from tests.run.ideal_backbone import backbone_of

N_RES = 24
DESCENT = Descent(2, 3, 300, 1.0, 10.0, 2.0, 5.0, 500.0)


def hairpin(loop_phi=(-90, 60, -75, -65), loop_psi=(5, 35, 140, 150)):
    """phi and psi [N_RES] of two helices and a loop."""
    phi, psi = np.full(N_RES, np.radians(-62.0)), np.full(N_RES, np.radians(-43.0))
    phi[10:14], psi[10:14] = np.radians(loop_phi), np.radians(loop_psi)
    return phi, psi


def beta_of(backbone):
    return beta_positions(backbone[:, 0], backbone[:, 1], backbone[:, 2])


def distogram_of(backbone, spread=2.0):
    distance = distances(beta_of(backbone))
    off = (FIRST_POINT_ANGSTROM + STEP_ANGSTROM * np.arange(N_BINS) - distance[..., None]) / spread
    density = np.exp(-0.5 * off**2) + 1e-6
    return density / density.sum(-1, keepdims=True)


def test_a_backbone_has_the_torsions_that_it_was_placed_with():
    phi, psi = hairpin()
    measured_phi, measured_psi = torsions(backbone_of(phi, psi))
    np.testing.assert_allclose(measured_phi[1:], phi[1:], atol=1e-6)
    np.testing.assert_allclose(measured_psi[:-1], psi[:-1], atol=1e-6)


def test_springs_and_hydrogen_bonds_are_content_with_an_ideal_helix():
    phi, psi = np.full(N_RES, np.radians(-62.0)), np.full(N_RES, np.radians(-43.0))
    helix = backbone_of(phi, psi)[None]
    level = np.full((N_RES, N_RES, N_BINS), 1 / N_BINS)
    alone = Folding(level, helix[0], np.zeros(N_RES, int), Descent(hydrogen_bond_weight=0.0))
    bound = Folding(level, helix[0], np.zeros(N_RES, int), Descent(hydrogen_bond_weight=1.0))
    without, _ = alone.cost(helix, 1.0)
    springs, _ = alone.cost(helix * 1.01, 1.0)
    assert springs - without > 20
    assert -30 < bound.cost(helix, 1.0)[0] - without < -N_RES + 4


@pytest.mark.parametrize("kind", ["cost", "point_cost"])
def test_the_derivatives_are_those_of_the_cost(kind):
    rng = np.random.default_rng(3)
    backbone = backbone_of(*hairpin())
    aatype = rng.choice([0, GLYCINE, PROLINE], N_RES, p=[0.8, 0.1, 0.1])
    folding = Folding(distogram_of(backbone), backbone, aatype, Descent(bond_weight=3.0))
    x = backbone + rng.standard_normal((2, N_RES, 3, 3)) if kind == "cost" else beta_of(backbone) + rng.standard_normal((2, N_RES, 3))
    cost = getattr(folding, kind)
    _, gradient = cost(x, 0.5)
    step = 1e-3
    for k in rng.choice(x.size, 40, replace=False):
        place = np.unravel_index(k, x.shape)
        there, back = x.copy(), x.copy()
        there[place] += step
        back[place] -= step
        slope = (cost(there, 0.5)[0] - cost(back, 0.5)[0])[place[0]] / (2 * step)
        assert gradient[place] == pytest.approx(slope, rel=0.05, abs=0.5)


def test_an_embedding_has_the_distances_of_points_or_of_their_mirror_image():
    points = beta_of(backbone_of(*hairpin()))
    np.testing.assert_allclose(distances(embedding(distances(points), 1e3)), distances(points), atol=1e-6)
    folded_up = distances(embedding(distances(points), 12.0)) - distances(points)
    assert 0.1 < np.abs(folded_up).mean() < 2.0
    assert embedding(np.array([[0.0, 5.0], [5.0, 0.0]]), 18.0).shape == (2, 3)


def test_finds_the_fold_of_a_distogram_and_not_its_mirror_image():
    native = backbone_of(*hairpin())
    start = backbone_of(*hairpin((-120,) * 4, (130,) * 4))
    folding = Folding(distogram_of(native), start, np.zeros(N_RES, int), DESCENT)
    folded = folding.fold(seed=1)
    assert _distance_rms(start, native) > 3.0
    assert _distance_rms(folded, native) < 1.0
    assert similarity(folded[:, 1], native[:, 1]).rmsd < 1.5
    np.testing.assert_array_equal(folded, folding.fold(seed=1))


def test_bonds_of_a_fold_are_whole():
    native = backbone_of(*hairpin())
    folded = Folding(distogram_of(native), native, np.zeros(N_RES, int), DESCENT).fold(seed=2)
    np.testing.assert_allclose(np.linalg.norm(folded[1:, 0] - folded[:-1, 2], axis=-1), C_N_ANGSTROM, atol=0.05)
    np.testing.assert_allclose(np.linalg.norm(np.diff(folded[:, 1], axis=0), axis=-1), 3.8, atol=0.1)
    off = torsions(folded)[0][1:] - torsions(native)[0][1:]
    assert np.cos(off).mean() > 0.8


def test_atoms_of_a_fold_keep_apart():
    native = backbone_of(*hairpin())
    through, apart = (
        Folding(distogram_of(0.5 * native), native, np.zeros(N_RES, int), Descent(1, 1, 300, clash_weight=weight)).fold(seed=1)
        for weight in (0.0, 100.0))
    pairs = np.triu_indices(N_RES, 3)
    assert distances(through[:, 1])[pairs].min() < 3.3
    assert distances(apart[:, 1])[pairs].min() > 3.7
    assert distances(apart[:, 2])[pairs].min() > 2.7


def test_the_card_names_what_the_descent_has():
    assert Descent.of_card(Descent(rounds=7).card()) == Descent(rounds=7)
    assert Descent().card()["restartNoiseAngstrom"] == 1.0


def test_heads_learn_what_is_wrong():
    """Half of the chains are right and half are not, and s says which: pLDDT has to tell them apart."""
    torch.manual_seed(0)
    network = AlphaFoldIteration(NetworkConfig(evoformer_blocks=1, extra_msa_blocks=1, predicted_aligned_error=True))
    config = network.config
    native = torch.from_numpy(backbone_of(*hairpin()).astype(np.float32))
    stretched = torch.from_numpy(backbone_of(np.full(N_RES, -2.1), np.full(N_RES, 2.3)).astype(np.float32))
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
    distance = distances(beta_of(backbone))
    for off, share in ((0.0, 1.0), (1.5, 0.5), (3.0, 0.25), (5.0, 0.0)):
        bins = np.clip(np.rint((distance + off - FIRST_POINT_ANGSTROM) / STEP_ANGSTROM), 0, N_BINS - 1).astype(int)
        certain = np.eye(N_BINS)[bins]
        np.testing.assert_allclose(expected_lddt(certain, backbone, np.zeros(N_RES, int)), share, atol=1e-6)


def test_a_folds_plddt_is_scaled_and_stays_within_its_range():
    descent = Descent(plddt_scale=0.9, plddt_offset=0.05)
    np.testing.assert_allclose(descent.plddt(np.array([0.0, 0.5, 1.0])), [5.0, 50.0, 95.0])
    assert Descent(plddt_offset=-1.0).plddt(np.zeros(1)) == 0.0


def distances(points):
    return np.linalg.norm(points[:, None] - points[None], axis=-1)


def _distance_rms(a, b):
    return float(np.sqrt(((distances(a[:, 1]) - distances(b[:, 1])) ** 2).mean()))
