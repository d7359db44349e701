import dataclasses

import numpy as np
import pytest

from anfinsen.data.structures import N, CA, C, ChainFile
from report.measures import (
    COIL, HELIX, STRAND, contact_precision, missing_atoms, relative_contact_order, secondary_structure, torsion)


def backbone(make_chain, phi: float, psi: float, n_res: int = 12):
    """A chain with these torsions throughout, bonds and angles ideal, omega 180."""
    atoms = [np.array([0.0, 0, 0]), np.array([1.46, 0, 0]), np.array([2.0, 1.42, 0])]
    while len(atoms) < 3 * n_res:
        bond, angle, turn = [(1.33, 116.6, psi), (1.46, 121.7, 180.0), (1.52, 111.0, phi)][len(atoms) % 3]
        a, b, c = atoms[-3:]
        axis = (c - b) / np.linalg.norm(c - b)
        normal = np.cross(b - a, axis)
        normal /= np.linalg.norm(normal)
        angle, turn = np.radians(angle), np.radians(turn)
        local = np.array([-np.cos(angle), np.sin(angle) * np.cos(turn), np.sin(angle) * np.sin(turn)])
        atoms.append(c + bond * (local[0] * axis + local[1] * np.cross(normal, axis) + local[2] * normal))
    chain = make_chain(n_res)
    positions = chain.positions.copy()
    positions[:, [N, CA, C]] = np.array(atoms).reshape(n_res, 3, 3)
    return dataclasses.replace(chain, positions=positions, residue_index=np.arange(n_res))


def test_torsion_has_the_iupac_sign():
    points = np.array([[1.0, 0, 0], [0, 0, 0], [0, 0, 1]])
    assert torsion(*points, np.array([0.0, 1, 1])) == pytest.approx(90)
    assert torsion(*points, np.array([1.0, 0, 1])) == pytest.approx(0)


@pytest.mark.parametrize("phi, psi, state", [(-60, -45, HELIX), (-120, 130, STRAND), (60, 45, COIL)])
def test_secondary_structure_of_ideal_backbones(make_chain, phi, psi, state):
    assert set(secondary_structure(backbone(make_chain, phi, psi))[1:-1]) == {state}


def test_a_break_ends_a_helix(make_chain):
    chain = backbone(make_chain, -60, -45)
    broken = dataclasses.replace(chain, residue_index=chain.residue_index + 9 * (np.arange(12) >= 4))
    assert secondary_structure(broken).tolist() == [COIL] * 5 + [HELIX] * 6 + [COIL]


def test_contact_order_grows_with_separation(make_chain):
    chain = make_chain(48)
    swapped = dataclasses.replace(chain, positions=np.concatenate([chain.positions[0::2], chain.positions[1::2]]),
                                  mask=np.concatenate([chain.mask[0::2], chain.mask[1::2]]))
    assert 0 < relative_contact_order(chain) < relative_contact_order(swapped) < 1


def test_precision_is_one_for_the_true_distances_and_zero_for_their_opposite(make_chain):
    chain = make_chain(60)
    squeezed = dataclasses.replace(chain, positions=chain.positions * np.float32([1, 0.5, 1]))
    distance = np.linalg.norm(squeezed.positions[:, None, 1] - squeezed.positions[:, 1], axis=-1)
    assert contact_precision(-distance, squeezed) > 0.9
    assert contact_precision(distance, squeezed) == 0
    assert np.isnan(contact_precision(-distance, chain.piece(0, 30)))


def test_missing_atoms_are_those_that_others_of_the_type_have(make_chain):
    chains = [make_chain(40, seed=k) for k in range(5)]
    assert missing_atoms(chains)["whole"] == 1
    chains[0].mask[:10, 4] = False
    chains[1].mask[:4, 0] = False
    shares = missing_atoms(chains)
    assert shares["backbone incomplete"] == 4 / 200
    assert shares["side chain cut short"] == (chains[0].aatype[:10] != 7).sum() / 200


def test_real_domains_span_from_hardly_any_helix_to_mostly_helix(shared):
    file = ChainFile(shared)
    helix = [(secondary_structure(file.chain(k)) == HELIX).mean() for k in range(60)]
    assert min(helix) < 0.1 and max(helix) > 0.6
