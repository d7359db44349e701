import dataclasses

import numpy as np
import pytest

from anfinsen.data.alignment import Alignment
from anfinsen.data.alphabet import GAP, N_RESTYPES
from anfinsen.data.coevolution import coevolution
from anfinsen.data.statistics import Statistics, contact_pairs, log_odds, statistics
from anfinsen.data.structures import pseudo_beta
from anfinsen.data.synthetic import (
    GibbsSampler, Potts, SyntheticConfig, colour_classes, draw_categorical, evolve, fresh_gaps, gap_segments,
    potts_model, smooth_random_matrices, synthetic_alignment, zero_sum)

CONFIG = SyntheticConfig(
    n_rows=200, beta=2, sigma=1, strength=0.8, gain=0.8, branch_sweeps=1.0, growth=3, gap_rate=0.4, fresh_gap_rate=0.4,
    ragged_share=0.05)


@pytest.fixture
def tables() -> Statistics:
    rng = np.random.default_rng(0)
    contact = rng.normal(0, 0.4, (20, 20))
    substitution = rng.normal(-0.5, 0.5, (20, 20)) + 2.5 * np.eye(20)
    return Statistics(np.full(20, 0.05), (substitution + substitution.T) / 2, (contact + contact.T) / 2)


def test_log_odds_of_independent_pairs_is_zero():
    background = np.random.default_rng(0).dirichlet(np.ones(20))
    np.testing.assert_allclose(log_odds(1e6 * np.outer(background, background), background), 0, atol=1e-6)


def test_statistics_see_conserved_pairs(make_chain):
    chains = [make_chain(50, seed=k) for k in range(3)]
    msa = np.tile(chains[0].aatype, (5, 1))
    msa[1:, :20] = (msa[1:, :20] + 1) % 20
    tables = statistics(chains, [Alignment(msa, np.zeros_like(msa))])
    assert tables.background.sum() == pytest.approx(1)
    assert np.trace(tables.substitution) > 0
    np.testing.assert_allclose(tables.contact, tables.contact.T)


def test_contact_pairs_agree_with_looking_at_every_pair(chain):
    beta, known = pseudo_beta(chain.aatype, chain.positions, chain.mask)
    assert known.all()
    expected = [[i, j] for i in range(60) for j in range(i + 3, 60) if np.linalg.norm(beta[i] - beta[j]) < 8]
    assert contact_pairs(chain).tolist() == expected and len(expected) > 60


def test_no_edge_lies_within_a_colour_class(chain):
    edges = contact_pairs(chain)
    classes = colour_classes(60, edges)
    assert sorted(np.concatenate(classes).tolist()) == list(range(60))
    for sites in classes:
        assert not (np.isin(edges[:, 0], sites) & np.isin(edges[:, 1], sites)).any()


def test_couplings_are_zero_sum_and_smooth_in_similarity(tables):
    matrices = smooth_random_matrices(50, tables.substitution, np.random.default_rng(0))
    np.testing.assert_allclose(matrices.sum(-1), 0, atol=1e-4)
    np.testing.assert_allclose(matrices.sum(-2), 0, atol=1e-4)
    np.testing.assert_allclose(zero_sum(matrices), matrices, atol=1e-5)


def test_gibbs_moves_reach_the_boltzmann_distribution():
    rng = np.random.default_rng(0)
    fields = np.full((3, N_RESTYPES), -20, np.float32)
    fields[:, :2] = [[0.0, 0.3], [0.0, -0.2], [0.0, 0.5]]
    couplings = np.zeros((2, N_RESTYPES, N_RESTYPES), np.float32)
    couplings[0, :2, :2] = [[0.8, -0.3], [0.1, 0.4]]
    couplings[1, :2, :2] = [[-0.5, 0.6], [0.9, 0.0]]
    edges = np.array([[0, 1], [1, 2]])
    sequences = np.zeros((40_000, 3), np.int64)
    sampler = GibbsSampler(Potts(fields, edges, couplings))
    for _ in range(12):
        sampler.sweep(sequences, np.ones(len(sequences)), rng)
    states = np.array([[a, b, c] for a in (0, 1) for b in (0, 1) for c in (0, 1)])
    a, b, c = states.T
    energy = fields[[0, 1, 2], states].sum(-1) + couplings[0][a, b] + couplings[1][b, c]
    expected = np.exp(energy) / np.exp(energy).sum()
    observed = [(sequences == state).all(-1).mean() for state in states]
    np.testing.assert_allclose(observed, expected, atol=0.012)


def test_sites_that_do_not_move_stay(tables, chain):
    potts = potts_model(chain, np.ones(60), tables, CONFIG, np.random.default_rng(0))
    sequences = np.tile(chain.aatype.astype(np.int64), (30, 1))
    before = sequences.copy()
    share = np.zeros(30)
    share[10:] = 0.5
    GibbsSampler(potts).sweep(sequences, share, np.random.default_rng(1))
    changed = (sequences != before).mean(-1)
    assert not changed[:10].any() and 0.1 < changed[10:].mean() < 0.5


def test_draws_follow_the_softmax():
    drawn = draw_categorical(np.log(np.tile([[0.1, 0.0001, 0.6, 0.2999]], (20_000, 1))), np.random.default_rng(0))
    np.testing.assert_allclose(np.bincount(drawn, minlength=4) / 20_000, [0.1, 0, 0.6, 0.3], atol=0.015)


def test_short_branches_stay_closer_to_the_native_sequence(tables, chain):
    def identity(branch_sweeps: float) -> float:
        config = dataclasses.replace(CONFIG, branch_sweeps=branch_sweeps)
        rng = np.random.default_rng(2)
        potts = potts_model(chain, np.ones(60), tables, config, rng)
        rows, _ = evolve(potts, chain.aatype, np.full(60, 1 / 60), config, rng)
        return (rows == chain.aatype).mean()

    assert identity(0.1) > identity(1.5) + 0.1


def test_gaps_come_at_their_rate_and_never_take_a_whole_row():
    rng = np.random.default_rng(0)
    odds = np.full(100, 0.01)
    assert not gap_segments(50, 100, odds, 0.0, rng).any()
    assert gap_segments(2000, 100, odds, 0.5, rng).mean() == pytest.approx(0.5 * 4 / 100, rel=0.15)
    ragged = dataclasses.replace(CONFIG, ragged_share=3.0, fresh_gap_rate=0.0)
    assert (~fresh_gaps(500, 100, odds, ragged, rng)).sum(-1).min() >= 33


def test_alignment_has_the_native_row_first_and_only_valid_codes(tables, chain):
    alignment = synthetic_alignment(chain, tables, CONFIG, np.random.default_rng(3))
    assert alignment.msa.shape == (200, 60) and np.array_equal(alignment.msa[0], chain.aatype)
    codes = set(np.unique(alignment.msa).tolist())
    assert GAP in codes and codes <= set(range(20)) | {GAP}
    assert not alignment.deletions[0].any()


def test_coevolution_of_a_synthetic_alignment_finds_the_contacts(tables, chain):
    scores = coevolution(synthetic_alignment(chain, tables, CONFIG, np.random.default_rng(3)).msa).maps[0]
    contacts = np.zeros((60, 60), bool)
    contacts[tuple(contact_pairs(chain).T)] = True
    i, j = np.triu_indices(60, 6)
    best = np.argsort(-scores[i, j])[:12]
    assert contacts[i, j][best].mean() > 0.5 > 3 * contacts[i, j].mean()
