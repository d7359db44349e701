"""The other losses: numbers done by hand, masks, and the samples that lack labels."""

import math

import pytest
import torch

from anfinsen.geometry.rigid import Rigid
from anfinsen.loss.distogram_loss import distogram_bins, distogram_loss
from anfinsen.loss.experimentally_resolved_loss import experimentally_resolved_loss
from anfinsen.loss.ground_truth import ground_truth
from anfinsen.loss.masked_msa_loss import masked_msa_loss
from anfinsen.loss.plddt_loss import lddt_ca, plddt_loss
from anfinsen.loss.predicted_aligned_error_loss import aligned_error, predicted_aligned_error_loss
from anfinsen.loss.structural_violation_loss import structural_violation_loss
from anfinsen.loss.symmetric_ground_truth import symmetric_ground_truth
from anfinsen.loss.torsion_angle_loss import torsion_angle_loss
from anfinsen.residue_constants import ATOM14_INDEX, RESIDUES
from tests.loss.test_ground_truth import N_RES, random_protein


def line(*x: float) -> torch.Tensor:
    """Points on the x axis."""
    return torch.tensor([[value, 0.0, 0.0] for value in x])


class TestTorsionAngleLoss:
    def test_takes_the_nearer_of_two_names(self):
        target = torch.tensor([0.0, 1.0]).expand(1, 7, 2)
        predicted = -target.unsqueeze(0)
        mask = torch.ones(1, 7)
        assert torsion_angle_loss(predicted, predicted, target, -target, mask) == pytest.approx(0.0, abs=1e-6)
        assert torsion_angle_loss(predicted, predicted, target, target, mask) == pytest.approx(4.0)

    def test_adds_two_hundredths_of_the_distance_from_the_circle(self):
        target = torch.tensor([0.0, 1.0]).expand(1, 7, 2)
        loss = torsion_angle_loss(target.unsqueeze(0), 3 * target.unsqueeze(0), target, target, torch.ones(1, 7))
        assert loss == pytest.approx(0.02 * 2.0)

    def test_ignores_unknown_angles(self):
        target = torch.tensor([0.0, 1.0]).expand(1, 7, 2)
        mask = torch.zeros(1, 7)
        assert torsion_angle_loss(-target.unsqueeze(0), target.unsqueeze(0), target, target, mask) == 0.0


class TestDistogramLoss:
    def test_puts_distances_between_the_breaks(self):
        bins = distogram_bins(line(0.0, 2.3, 2.33, 21.6, 40.0))
        assert bins[0].tolist() == [0, 0, 1, 62, 63]

    def test_is_the_logarithm_of_the_bins_without_knowledge(self):
        loss = distogram_loss(torch.zeros(2, 5, 5, 64), torch.randn(2, 5, 3), torch.ones(2, 5))
        torch.testing.assert_close(loss, torch.full((2,), math.log(64.0)))

    def test_ignores_pairs_with_an_unknown_residue(self):
        generator = torch.Generator().manual_seed(1)
        logits, beta = torch.randn(5, 5, 64, generator=generator), 9 * torch.randn(5, 3, generator=generator)
        mask = torch.tensor([1.0, 1.0, 0.0, 1.0, 0.0])
        kept = mask.bool()
        expected = distogram_loss(logits[kept][:, kept], beta[kept], torch.ones(3))
        torch.testing.assert_close(distogram_loss(logits, beta, mask), expected)


class TestMaskedMsaLoss:
    def test_asks_only_for_what_was_hidden(self):
        logits = torch.zeros(2, 3, 23)
        logits[0, 0, 4] = 100.0
        hidden = torch.zeros(2, 3)
        hidden[0, 0] = hidden[1, 2] = 1.0
        true_msa = torch.full((2, 3), 4)
        assert masked_msa_loss(logits, true_msa, hidden) == pytest.approx(math.log(23.0) / 2)


class TestPlddtLoss:
    def test_lddt_of_a_moved_residue(self):
        native = line(0.0, 4.0, 8.0, 40.0)
        predicted = line(0.0, 4.0, 9.5, 40.0)
        # The last residue has no partner within 15 Å; an error of 1.5 Å is kept by 2 of 4 tolerances.
        expected = [(1.0 + 0.5) / 2, (1.0 + 0.5) / 2, 0.5, 0.0]
        assert lddt_ca(predicted, native, torch.ones(4)).tolist() == pytest.approx(expected)

    def test_does_not_change_when_the_structure_moves(self):
        _, motion, _, _, atom14, _ = random_protein(2)
        ca = atom14[:, 1] / 2  # so that every residue has a partner within 15 Å
        moved = torch.matmul(ca, motion.rotations[0].T) + motion.translations[0]
        torch.testing.assert_close(lddt_ca(moved, ca, torch.ones(N_RES)), torch.ones(N_RES))

    def test_rewards_the_right_bin(self):
        native = line(0.0, 4.0, 8.0)
        logits = torch.zeros(3, 50)
        logits[:, 49] = 100.0
        assert plddt_loss(logits, native, native, torch.ones(3)) == pytest.approx(0.0, abs=1e-5)


class TestPredictedAlignedErrorLoss:
    def test_error_of_one_shifted_residue(self):
        rotations = torch.eye(3).expand(3, 3, 3)
        target = Rigid(rotations, line(0.0, 4.0, 8.0))
        predicted = Rigid(rotations, line(0.0, 4.0, 10.0))
        expected = torch.tensor([[0.0, 0.0, 2.0], [0.0, 0.0, 2.0], [2.0, 2.0, 0.0]])
        torch.testing.assert_close(aligned_error(predicted, target), expected)

    def test_rewards_the_right_bin(self):
        rotations = torch.eye(3).expand(2, 3, 3)
        target, predicted = Rigid(rotations, line(0.0, 4.0)), Rigid(rotations, line(0.0, 6.2))
        logits = torch.zeros(2, 2, 64)
        logits[0, 1, 5] = logits[1, 0, 5] = logits[0, 0, 0] = logits[1, 1, 0] = 100.0  # 2.0 to 2.5 Å is bin 5 of edges 0, 0.5
        assert predicted_aligned_error_loss(logits, predicted, target, torch.ones(2)) == pytest.approx(0.0, abs=1e-5)


class TestExperimentallyResolvedLoss:
    def test_asks_only_for_atoms_that_the_residue_has(self):
        exists = torch.zeros(1, 37)
        exists[0, :4] = 1.0
        logits = torch.full((1, 37), 100.0)
        assert experimentally_resolved_loss(logits, exists, exists) == pytest.approx(0.0)
        logits[0, 3] = 0.0
        assert experimentally_resolved_loss(logits, exists, exists) == pytest.approx(math.log(2.0) / 4)


class TestSymmetricGroundTruth:
    def test_finds_the_naming_of_the_prediction(self):
        aatype, _, _, _, atom14, mask = random_protein(3)
        truth = ground_truth(aatype, torch.arange(N_RES), atom14, mask)
        positions, _ = symmetric_ground_truth(truth.alternative_atom14, truth)
        torch.testing.assert_close(positions * mask[..., None], truth.alternative_atom14 * mask[..., None])
        positions, _ = symmetric_ground_truth(truth.atom14, truth)
        torch.testing.assert_close(positions, truth.atom14)

    def test_renames_residue_by_residue(self):
        aatype, _, _, _, atom14, mask = random_protein(4)
        truth = ground_truth(aatype, torch.arange(N_RES), atom14, mask)
        predicted = atom14.clone()
        phe = RESIDUES.index("PHE")
        predicted[phe] = truth.alternative_atom14[phe]
        positions, _ = symmetric_ground_truth(predicted.unsqueeze(0), _batched(truth))
        changed = ((positions[0] - atom14).abs().amax(-1) > 0.5).nonzero().tolist()
        names = ATOM14_INDEX["PHE"]
        assert changed == [[phe, names[name]] for name in ("CD1", "CD2", "CE1", "CE2")]


class TestStructuralViolationLoss:
    def test_is_zero_for_an_ideal_dipeptide(self):
        atom14 = ideal_peptide()
        violations = structural_violation_loss(atom14, present(), torch.zeros(2).long(), torch.arange(2), torch.ones(2))
        assert violations.total() == 0.0

    def test_measures_a_stretched_bond_beyond_twelve_deviations(self):
        atom14 = ideal_peptide(bond=1.8)
        violations = structural_violation_loss(atom14, present(), torch.zeros(2).long(), torch.arange(2), torch.ones(2))
        assert violations.bond == pytest.approx(1.8 - 1.329 - 12 * 0.014, abs=1e-4)
        assert violations.angle == pytest.approx(0.0, abs=1e-5)

    def test_asks_nothing_across_a_break(self):
        atom14 = ideal_peptide(bond=8.0)
        index = torch.tensor([0, 7])
        assert structural_violation_loss(atom14, present(), torch.zeros(2).long(), index, torch.ones(2)).total() == 0.0

    def test_measures_overlap_of_two_residues(self):
        atom14, exists = torch.zeros(3, 14, 3), torch.zeros(3, 14)
        exists[:, 1] = 1.0
        atom14[:, 1] = line(0.0, 30.0, 1.2)  # two C-alphas 1.2 Å apart: radii 3.4 Å less 1.5 Å allow 1.9 Å
        violations = structural_violation_loss(atom14, exists, torch.zeros(3).long(), torch.tensor([0, 20, 40]), torch.ones(3))
        assert violations.clash == pytest.approx(0.7 / 3, abs=1e-4)

    def test_lets_two_cysteines_bond(self):
        cysteine, sulphur = RESIDUES.index("CYS"), ATOM14_INDEX["CYS"]["SG"]
        atom14, exists = torch.zeros(2, 14, 3), torch.zeros(2, 14)
        exists[:, sulphur] = 1.0
        atom14[:, sulphur] = line(0.0, 2.0)
        aatype = torch.full((2,), cysteine)
        assert structural_violation_loss(atom14, exists, aatype, torch.tensor([0, 9]), torch.ones(2)).clash == 0.0

    def test_keeps_samples_of_a_batch_apart(self):
        atom14 = torch.stack([ideal_peptide(), ideal_peptide(bond=1.8)])
        args = present().expand(2, 2, 14), torch.zeros(2, 2).long(), torch.arange(2).expand(2, 2), torch.ones(2, 2)
        total = structural_violation_loss(atom14, *args).total()
        assert total[0] == 0.0 and total[1] > 0.2

    def test_pulls_a_stretched_bond_together(self):
        atom14 = ideal_peptide(bond=1.8).requires_grad_()
        structural_violation_loss(
            atom14, present(), torch.zeros(2).long(), torch.arange(2), torch.ones(2)
        ).total().backward()
        assert torch.isfinite(atom14.grad).all()
        apart = atom14[1, 0].detach() - atom14[0, 2].detach()
        assert (atom14.grad[1, 0] @ apart) > 0  # descent shortens it


def ideal_peptide(bond: float = 1.329) -> torch.Tensor:
    """N, CA, C, O of two residues, planar, trans, at the ideal angles."""
    angle_ca_c_n, angle_c_n_ca = math.acos(-0.4473), math.acos(-0.5203)
    atom14 = torch.zeros(2, 14, 3)
    ca = torch.tensor([0.0, 0.0, 0.0])
    c = torch.tensor([1.525, 0.0, 0.0])
    direction = torch.tensor([-math.cos(angle_ca_c_n), math.sin(angle_ca_c_n), 0.0])
    n = c + bond * direction
    turn = math.pi - angle_c_n_ca
    bent = torch.tensor(
        [
            math.cos(-turn) * direction[0] - math.sin(-turn) * direction[1],
            math.sin(-turn) * direction[0] + math.cos(-turn) * direction[1],
            0.0,
        ]
    )
    next_ca = n + 1.459 * bent
    atom14[0, 0], atom14[0, 1], atom14[0, 2] = torch.tensor([-0.5, 1.38, 0.0]), ca, c
    atom14[1, 0], atom14[1, 1] = n, next_ca
    atom14[1, 2] = next_ca + torch.tensor([1.0, 0.0, 1.15])
    return atom14


def present() -> torch.Tensor:
    exists = torch.zeros(2, 14)
    exists[:, :3] = 1.0
    return exists


def _batched(truth):
    fields = {}
    for name, value in vars(truth).items():
        fields[name] = value.map(lambda x: x.unsqueeze(0)) if isinstance(value, Rigid) else value.unsqueeze(0)
    return type(truth)(**fields)
