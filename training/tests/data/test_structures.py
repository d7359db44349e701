import dataclasses

import numpy as np
import pytest

from anfinsen.data.structures import (
    CA, CB, ChainFile, backbone_mask, ideal_cb, pseudo_beta, residue_index, screened)


def trace(*distances: float) -> np.ndarray:
    return np.stack([np.concatenate([[0], np.cumsum(distances)]), *np.zeros((2, len(distances) + 1))], -1)


@pytest.mark.parametrize("numbers, distances, expected", [
    ([5, 6, 7], [3.8, 3.8], [0, 1, 2]),
    ([5, 6, 16], [3.8, 12.0], [0, 1, 11]),  # a gap in the file and in space is kept
    ([5, 6, 16], [3.8, 3.8], [0, 1, 2]),  # family numbering: bonded residues are neighbours
    ([5, 5, 6], [3.8, 3.8], [0, 1, 2]),  # insertion code
    ([5, 6, 7], [3.8, 20.0], [0, 1, 7]),  # a gap that the numbering hides
    ([5, 6, 2], [3.8, 6.0], [0, 1, 3]),  # never backwards
])
def test_residue_index_keeps_gaps_and_always_grows(numbers, distances, expected):
    assert residue_index(np.array(numbers), trace(*distances)).tolist() == expected


def test_pseudo_beta_is_ca_for_glycine_and_ideal_where_cb_is_missing(chain):
    aatype = chain.aatype.copy()
    aatype[3] = 7
    mask = chain.mask.copy()
    mask[5, CB] = False
    mask[9] = False
    positions = np.where(mask[..., None], chain.positions, 0)
    beta, known = pseudo_beta(aatype, positions, mask)
    np.testing.assert_array_equal(beta[3], chain.positions[3, CA])
    np.testing.assert_allclose(beta[5], ideal_cb(positions)[5], atol=1e-5)
    assert not known[9] and not beta[9].any() and known.sum() == len(chain) - 1


def test_chain_with_only_alpha_and_beta_carbons_has_no_backbone(chain):
    mask = chain.mask.copy()
    mask[:, [0, 2, 3]] = False
    beta, known = pseudo_beta(chain.aatype, chain.positions, mask)
    assert known.all() and not backbone_mask(mask).any()


def test_keeps_a_sound_chain(chain):
    pieces, reason = screened(chain)
    assert reason == "kept" and len(pieces) == 1
    np.testing.assert_array_equal(pieces[0].positions, chain.positions)


def test_rejects_a_mirror_image(chain):
    mirrored = dataclasses.replace(chain, positions=chain.positions * np.float32([1, 1, -1]))
    assert screened(mirrored) == ([], "impossible geometry")


def test_masks_a_single_impossible_residue(chain):
    positions = chain.positions.copy()
    positions[20, 0] += 3
    pieces, reason = screened(dataclasses.replace(chain, positions=positions))
    assert reason == "kept" and not pieces[0].mask[20].any() and pieces[0].mask[21, :3].all()


def test_cuts_a_riddled_chain_to_its_longest_stretch(chain):
    jumps = np.zeros(60, np.int32)
    jumps[[5, 10, 15, 20]] = 7
    riddled = dataclasses.replace(chain, residue_index=np.arange(60, dtype=np.int32) + np.cumsum(jumps))
    pieces, reason = screened(riddled)
    assert reason == "cut at breaks" and len(pieces) == 1
    assert (pieces[0].start, len(pieces[0])) == (20, 40)


def test_no_piece_is_longer_than_the_limit(monkeypatch, chain):
    monkeypatch.setattr("anfinsen.data.structures.N_RES_MAX", 25)
    pieces, reason = screened(chain)
    assert reason == "cut to length" and [(p.start, len(p)) for p in pieces] == [(0, 20), (20, 20), (40, 20)]


def test_rejects_short_chains(chain):
    assert screened(chain.piece(0, 19)) == ([], "too short")


def test_ideal_beta_carbon_is_close_to_the_observed_one(shared):
    file = ChainFile(shared)
    distances = []
    for k in range(40):
        chain = screened(file.chain(k))[0][0]
        observed = backbone_mask(chain.mask) & chain.mask[:, CB]
        distances.append(np.linalg.norm(ideal_cb(chain.positions) - chain.positions[:, CB], axis=-1)[observed])
    assert np.median(np.concatenate(distances)) < 0.1
