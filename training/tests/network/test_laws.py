"""What must hold whatever the parameters are."""

import pytest
import torch
from tests.network.tiny import largest_difference, random_motion, tiny

from anfinsen import residue_constants
from anfinsen.geometry.all_atom_coordinates import all_atom_coordinates
from anfinsen.geometry.rigid import Rigid
from anfinsen.geometry.rigid_from_three_points import rigid_from_three_points
from anfinsen.geometry.rotation_about_x import rotation_about_x
from anfinsen.network.alphafold_iteration import AlphaFoldIteration, recycled
from anfinsen.network.backbone_update import quaternion_to_rotation


def moved(motion: Rigid, frames: Rigid) -> Rigid:
    return Rigid(motion.rotations.unsqueeze(0), motion.translations.unsqueeze(0)).compose(frames)


def test_a_rigid_motion_leaves_invariant_point_attention_unchanged():
    golden = tiny()
    values, attention = golden.representations(), golden.network.structure_module.invariant_point_attention
    prepared = attention.prepare(values["z"], values["seq_mask"])
    updates = [
        attention(values["s"], frames, prepared)
        for frames in (golden.frames, moved(random_motion(5), golden.frames))
    ]
    assert largest_difference(*updates) < 1e-4 * float(updates[0].detach().abs().max())
    other = attention(values["s"], Rigid(*reversed_frames(golden.frames)), prepared)
    assert largest_difference(other, updates[0]) > 1e-2  # The frames do matter.


def reversed_frames(frames: Rigid):
    return frames.rotations.flip(0), frames.translations


def test_atoms_move_with_the_backbone():
    golden, motion = tiny(), random_motion(6)
    angles, aatype = golden.angles(11), golden.features["aatype"]
    _, atoms = all_atom_coordinates(golden.frames, angles, aatype)
    _, atoms_moved = all_atom_coordinates(moved(motion, golden.frames), angles, aatype)
    expected = motion.apply(atoms) * (atoms.abs().sum(-1, keepdim=True) > 0)
    assert largest_difference(atoms_moved, expected) < 1e-4


def test_a_quaternion_and_its_negative_are_one_rotation():
    quaternions = tiny().quaternions
    assert torch.equal(quaternion_to_rotation(quaternions), quaternion_to_rotation(-quaternions))


def test_rotations_are_orthonormal_and_right_handed():
    rotations = tiny().frames.rotations
    product = rotations @ rotations.transpose(-1, -2)
    assert largest_difference(product, torch.eye(3).expand_as(product)) < 1e-5
    assert largest_difference(torch.linalg.det(rotations), torch.ones(11)) < 1e-5


def test_a_frame_composed_with_its_inverse_is_the_identity():
    frames = tiny().frames
    identity = frames.compose(frames.inverse())
    assert largest_difference(identity.rotations, torch.eye(3).expand(11, 3, 3)) < 1e-5
    assert float(identity.translations.abs().max()) < 1e-5


def test_three_points_of_an_ideal_residue_give_back_its_frame():
    golden = tiny()
    _, atoms = all_atom_coordinates(golden.frames, golden.angles(11), golden.features["aatype"])
    known = golden.features["aatype"] != residue_constants.UNKNOWN
    frames = rigid_from_three_points(atoms[known, 0], atoms[known, 1], atoms[known, 2])
    assert largest_difference(frames.rotations, golden.frames.rotations[known]) < 2e-3  # the table has 3 decimals
    assert largest_difference(frames.translations, golden.frames.translations[known]) < 1e-5


def test_three_points_at_one_place_have_finite_gradients():
    points = torch.zeros(3, 1, 3, requires_grad=True)
    rigid_from_three_points(*points).rotations.sum().backward()
    assert torch.isfinite(points.grad).all()


def test_angle_zero_does_not_turn_and_a_quarter_turns_y_to_z():
    assert torch.equal(rotation_about_x(torch.tensor([0.0, 1.0])), torch.eye(3))
    y = torch.tensor([0.0, 1.0, 0.0])
    assert torch.equal(rotation_about_x(torch.tensor([1.0, 0.0])) @ y, torch.tensor([0.0, 0.0, 1.0]))


def test_a_turn_by_pi_swaps_exactly_the_atoms_that_the_swap_table_names():
    phe = residue_constants.RESIDUES.index("PHE")
    aatype = torch.tensor([phe, phe])
    angles = torch.tensor([0.6, 0.8]).repeat(2, 7, 1)
    angles[1, 4] *= -1.0  # chi2
    _, (atoms, turned) = all_atom_coordinates(
        Rigid(torch.eye(3).expand(2, 3, 3), torch.zeros(2, 3)), angles, aatype
    )
    swap = torch.from_numpy(residue_constants.ATOM14_SWAP[phe])
    assert swap.tolist() != list(range(14))
    assert largest_difference(turned[swap], atoms) < 0.1  # the ring of the table is not quite symmetric
    assert largest_difference(turned, atoms) > 2.0


def test_masked_rows_and_padding_do_not_reach_the_rest():
    golden = tiny()
    network, features = golden.network, golden.features
    features["seq_mask"][-1] = 0.0
    for name in ("msa_mask", "extra_msa_mask"):
        features[name][:, -1] = 0.0
        features[name][-1] = 0.0
    changed = {name: value.clone() for name, value in features.items()}
    for name in ("msa_feat", "extra_msa_feat"):
        changed[name][-1] += 3.0
        changed[name][:, -1] -= 2.0
    changed["target_feat"][-1] += 1.0
    changed["coevolution"][-1] += 1.0
    changed["coevolution"][:, -1] += 1.0
    with torch.no_grad():
        before, after = (network(x, recycled(network(x))) for x in (features, changed))
    for name in ("atom14_positions", "plddt_logits", "pseudo_beta"):
        assert largest_difference(before[name][:-1], after[name][:-1]) < 1e-3, name
    assert largest_difference(before["z"][:-1, :-1], after["z"][:-1, :-1]) < 1e-4
    assert largest_difference(before["masked_msa_logits"][-1], after["masked_msa_logits"][-1]) > 1e-2


@pytest.mark.parametrize("templates", [False, True])
def test_leading_axes_are_a_batch(templates):
    golden = tiny(templates=templates)
    network, features = golden.network, golden.features
    other = {name: value.flip(0) if name == "aatype" else value for name, value in features.items()}
    batch = {name: torch.stack([features[name], other[name], features[name]])[:, None] for name in features}
    with torch.no_grad():
        outputs = network(batch, recycled(network(batch)))
        alone = network(other, recycled(network(other)))
    for name in ("z", "s", "atom14_positions", "distogram_logits", "masked_msa_logits", "pseudo_beta"):
        assert outputs[name].shape == (3, 1, *alone[name].shape), name
        assert largest_difference(outputs[name][1, 0], alone[name]) < 2e-4 * float(alone[name].abs().max()), name
    assert outputs["rotations"].shape == (8, 3, 1, *alone["rotations"].shape[1:])


def test_a_new_network_changes_neither_frames_nor_representations():
    network = AlphaFoldIteration(tiny().network.config).eval()
    with torch.no_grad():
        outputs = network(tiny().features)
    identity = torch.eye(3).expand(8, 11, 3, 3)
    assert torch.equal(outputs["rotations"], identity)
    assert float(outputs["translations"].abs().max()) == 0.0
    assert float(outputs["distogram_logits"].abs().max()) == 0.0


@pytest.mark.parametrize("templates", [False, True])
def test_every_parameter_gets_a_gradient(templates):
    golden = tiny(templates=templates)
    golden.network.train()
    outputs = golden.network(golden.features, recycled(golden.network(golden.features)))
    floating = [value for name, value in outputs.items() if name != "sidechain_frames"]
    sum((value.double() ** 2).mean() for value in floating).backward()
    without = [name for name, parameter in golden.network.named_parameters() if parameter.grad is None]
    assert without == []
    for name, parameter in golden.network.named_parameters():
        assert torch.isfinite(parameter.grad).all(), name


def test_checkpointing_changes_no_gradient():
    golden = tiny()
    gradients = []
    for checkpoint in (False, True):
        for stack in (golden.network.extra_msa_stack, golden.network.evoformer_stack):
            stack.checkpoint = checkpoint
        golden.network.zero_grad()
        outputs = golden.network(golden.features)
        (outputs["distogram_logits"].square().mean() + outputs["atom14_positions"].square().mean()).backward()
        gradients.append({n: p.grad.clone() for n, p in golden.network.named_parameters() if p.grad is not None})
    assert gradients[0].keys() == gradients[1].keys()
    for name, gradient in gradients[0].items():
        assert torch.allclose(gradient, gradients[1][name], rtol=1e-4, atol=1e-5), name


def test_no_gradient_flows_through_the_rotations_of_earlier_iterations():
    golden = tiny()
    module, values = golden.network.structure_module, golden.representations()
    values["z"].requires_grad_(True)
    grads = []
    for stop in (True, False):
        module.stop_rotation_gradient = stop
        outputs = module(values["s"], values["z"], golden.features["aatype"], values["seq_mask"])
        grads.append(torch.autograd.grad(outputs["atom14_positions"].square().sum(), values["z"])[0])
    assert largest_difference(*grads) > 1e-3 * float(grads[0].abs().max())


def test_dropout_acts_in_training_only():
    golden = tiny()
    with torch.no_grad():
        still = [golden.network(golden.features)["z"] for _ in range(2)]
        golden.network.train()
        noisy = [golden.network(golden.features)["z"] for _ in range(2)]
    assert torch.equal(*still)
    assert largest_difference(*noisy) > 1e-2


def test_bf16_autocast_stays_near_fp32_and_folds_in_fp32():
    golden = tiny(templates=True)
    with torch.no_grad():
        exact = golden.network(golden.features)
        with torch.autocast("cpu", dtype=torch.bfloat16):
            rounded = golden.network(golden.features)
    for name in ("z", "distogram_logits", "masked_msa_logits"):
        assert largest_difference(rounded[name], exact[name]) < 0.1 * float(exact[name].abs().max()), name
    assert largest_difference(rounded["z"], exact["z"]) > 0.0
    floats = [name for name, value in rounded.items() if isinstance(value, torch.Tensor) and name != "m_first_row"]
    assert {rounded[name].dtype for name in floats} == {torch.float32}
