"""Targets from coordinates: what the network builds from torsions must be found again in the coordinates."""

import torch

from anfinsen.geometry.all_atom_coordinates import all_atom_coordinates
from anfinsen.geometry.rigid import Rigid
from anfinsen.loss.ground_truth import dihedral_sin_cos, ground_truth, rigid_group_frames
from anfinsen.loss.residue_tables import loss_tables
from anfinsen.network.backbone_update import quaternion_to_rotation

N_RES = 40


def random_protein(seed: int):
    """A chain of all residue types with random frames and torsions; not a compact one, but exactly built."""
    generator = torch.Generator().manual_seed(seed)
    aatype = torch.arange(N_RES) % 20
    quaternions = torch.nn.functional.normalize(torch.randn(N_RES, 4, generator=generator), dim=-1)
    backbone = Rigid(quaternion_to_rotation(quaternions), 10 * torch.randn(N_RES, 3, generator=generator))
    angles = torch.nn.functional.normalize(torch.randn(N_RES, 7, 2, generator=generator), dim=-1)
    frames, atom14 = all_atom_coordinates(backbone, angles, aatype)
    return aatype, backbone, angles, frames, atom14, loss_tables(torch.device("cpu")).atom14_exists[aatype]


def test_finds_the_side_chain_torsions_that_the_atoms_were_built_from():
    aatype, _, angles, _, atom14, mask = random_protein(1)
    truth = ground_truth(aatype, torch.arange(N_RES), atom14, mask)
    known = truth.torsion_mask[:, 3:].bool()
    assert known.sum() == 2 * (4 + 2 + 2 + 1 + 3 + 3 + 2 + 2 + 2 + 4 + 3 + 2 + 2 + 1 + 1 + 2 + 2 + 1)
    torch.testing.assert_close(truth.torsions[:, 3:][known], angles[:, 3:][known], atol=2e-2, rtol=0)


def test_finds_psi_from_the_oxygen():
    aatype, _, angles, _, atom14, mask = random_protein(2)
    truth = ground_truth(aatype, torch.arange(N_RES), atom14, mask)
    assert truth.torsion_mask[:, 2].all()
    torch.testing.assert_close(truth.torsions[:, 2], angles[:, 2], atol=2e-2, rtol=0)


def test_takes_psi_from_the_next_nitrogen_without_an_oxygen():
    aatype, _, _, _, atom14, mask = random_protein(3)
    mask = mask.clone()
    mask[:, 3:] = 0.0
    truth = ground_truth(aatype, torch.arange(N_RES), atom14, mask)
    n, ca, c = atom14[:, 0], atom14[:, 1], atom14[:, 2]
    torch.testing.assert_close(truth.torsions[:-1, 2], dihedral_sin_cos(n[:-1], ca[:-1], c[:-1], n[1:]))
    assert truth.torsion_mask[:-1, 2].all() and truth.torsion_mask[-1, 2] == 0


def test_knows_no_torsion_across_a_break_in_the_chain():
    aatype, _, _, _, atom14, mask = random_protein(4)
    residue_index = torch.arange(N_RES) + 5 * (torch.arange(N_RES) >= 10)
    truth = ground_truth(aatype, residue_index, atom14, mask)
    assert truth.torsion_mask[10, :2].sum() == 0
    assert truth.torsion_mask[9, :2].sum() == 2 and truth.torsion_mask[11, :2].sum() == 2


def test_finds_the_rigid_groups_that_the_atoms_were_built_in():
    aatype, _, _, frames, atom14, mask = random_protein(5)
    found, known = rigid_group_frames(aatype, atom14, mask)
    assert known[:, 0].all() and known[:, 1:3].sum() == 0 and known[:, 3].all()
    known = known.bool()
    torch.testing.assert_close(found.rotations[known], frames.rotations[known], atol=3e-2, rtol=0)
    torch.testing.assert_close(found.translations[known], frames.translations[known], atol=3e-2, rtol=0)


def test_measures_a_torsion_of_ninety_degrees():
    a, b, c, d = (torch.tensor(point) for point in ([1.0, 0, 0], [0.0, 0, 0], [0.0, 0, 1], [0.0, 1, 1]))
    # Looking from b to c, a turns clockwise onto d: positive.
    torch.testing.assert_close(dihedral_sin_cos(a, b, c, d), torch.tensor([1.0, 0.0]))
    torch.testing.assert_close(dihedral_sin_cos(d, c, b, a), torch.tensor([1.0, 0.0]))


def test_the_other_name_of_a_symmetric_group_is_half_a_turn_away():
    aatype, _, _, _, atom14, mask = random_protein(6)
    truth = ground_truth(aatype, torch.arange(N_RES), atom14, mask)
    swapped = ground_truth(aatype, torch.arange(N_RES), truth.alternative_atom14, truth.alternative_atom14_mask)
    known = truth.torsion_mask.bool()
    torch.testing.assert_close(truth.alternative_torsions[known], swapped.torsions[known], atol=3e-2, rtol=0)
    assert truth.ambiguous.sum() == 2 * (2 + 2 + 4 + 4)  # Asp, Glu, Phe, Tyr, twice each
