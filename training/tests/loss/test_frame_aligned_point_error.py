"""FAPE: the laws that make it a loss on structures, and a case small enough to do by hand."""

import math

import torch
from torch.nn.functional import normalize

from anfinsen.geometry.rigid import Rigid
from anfinsen.loss.frame_aligned_point_error import all_atom_fape, backbone_fape, frame_aligned_point_error
from anfinsen.network.backbone_update import quaternion_to_rotation

N_FRAMES, N_POINTS = 5, 7


def random_frames(generator, *shape):
    quaternions = normalize(torch.randn(*shape, 4, generator=generator), dim=-1)
    return Rigid(quaternion_to_rotation(quaternions), 10 * torch.randn(*shape, 3, generator=generator))


def moved(frames: Rigid, points: torch.Tensor, motion: Rigid):
    return motion.compose(frames), motion.apply(points)


def fape(frames, points, target_frames, target_points, clamp=10.0, frame_mask=None, point_mask=None):
    frame_mask = torch.ones(frames.translations.shape[:-1]) if frame_mask is None else frame_mask
    point_mask = torch.ones(points.shape[:-1]) if point_mask is None else point_mask
    return frame_aligned_point_error(
        frames, points, target_frames, target_points, frame_mask, point_mask, torch.tensor(clamp)
    )


def test_is_almost_zero_for_the_target_itself_wherever_it_lies():
    generator = torch.Generator().manual_seed(1)
    frames, points = random_frames(generator, N_FRAMES), 10 * torch.randn(N_POINTS, 3, generator=generator)
    motion = random_frames(generator)
    # The square root's epsilon of 1e-4 Å^2 leaves 0.01 Å.
    torch.testing.assert_close(fape(*moved(frames, points, motion), frames, points), torch.tensor(0.001), atol=1e-4, rtol=0)


def test_does_not_change_when_the_prediction_moves_as_a_whole():
    generator = torch.Generator().manual_seed(2)
    frames, target_frames = random_frames(generator, N_FRAMES), random_frames(generator, N_FRAMES)
    points, target = (10 * torch.randn(N_POINTS, 3, generator=generator) for _ in range(2))
    motion = random_frames(generator)
    before = fape(frames, points, target_frames, target, clamp=math.inf)
    after = fape(*moved(frames, points, motion), target_frames, target, clamp=math.inf)
    torch.testing.assert_close(before, after, rtol=1e-4, atol=0)


def test_tells_a_structure_from_its_mirror_image():
    generator = torch.Generator().manual_seed(3)
    points = 10 * torch.randn(N_POINTS, 3, generator=generator)
    frames = random_frames(generator, N_FRAMES)
    mirror = torch.tensor([1.0, 1.0, -1.0])
    assert fape(frames, points * mirror, frames, points) > 0.1


def test_counts_a_shift_of_three_angstrom_as_three_tenths():
    identity = Rigid(torch.eye(3).unsqueeze(0), torch.zeros(1, 3))
    target = torch.zeros(1, 3)
    error = fape(identity, target + torch.tensor([0.0, 3.0, 0.0]), identity, target)
    torch.testing.assert_close(error, torch.tensor(0.3), atol=1e-5, rtol=0)


def test_counts_no_more_than_the_clamp():
    identity = Rigid(torch.eye(3).unsqueeze(0), torch.zeros(1, 3))
    far, target = torch.tensor([[0.0, 40.0, 0.0]]), torch.zeros(1, 3)
    torch.testing.assert_close(fape(identity, far, identity, target), torch.tensor(1.0))
    torch.testing.assert_close(fape(identity, far, identity, target, clamp=math.inf), torch.tensor(4.0))


def test_ignores_masked_frames_and_points():
    generator = torch.Generator().manual_seed(4)
    frames, target_frames = random_frames(generator, N_FRAMES), random_frames(generator, N_FRAMES)
    points, target = (10 * torch.randn(N_POINTS, 3, generator=generator) for _ in range(2))
    frame_mask, point_mask = torch.ones(N_FRAMES), torch.ones(N_POINTS)
    frame_mask[2] = point_mask[5] = 0.0
    keep_frames, keep_points = frame_mask.bool(), point_mask.bool()
    masked = fape(frames, points, target_frames, target, frame_mask=frame_mask, point_mask=point_mask)
    left_out = fape(
        frames.map(lambda x: x[keep_frames]), points[keep_points],
        target_frames.map(lambda x: x[keep_frames]), target[keep_points],
    )  # fmt: skip
    torch.testing.assert_close(masked, left_out)


def test_is_zero_where_nothing_is_known():
    generator = torch.Generator().manual_seed(5)
    frames, points = random_frames(generator, N_FRAMES), torch.randn(N_POINTS, 3, generator=generator)
    assert fape(frames, points + 1, frames, points, frame_mask=torch.zeros(N_FRAMES)) == 0


def test_has_a_finite_gradient_at_the_target():
    frames = Rigid(torch.eye(3).expand(N_FRAMES, 3, 3), torch.zeros(N_FRAMES, 3))
    points = torch.zeros(N_POINTS, 3, requires_grad=True)
    fape(frames, points, frames, torch.zeros(N_POINTS, 3)).backward()
    assert torch.isfinite(points.grad).all()


def test_averages_the_backbone_over_iterations_and_clamps_each_sample_by_itself():
    rotations = torch.eye(3).expand(2, 2, N_FRAMES, 3, 3)
    target = Rigid(rotations[0], torch.zeros(2, N_FRAMES, 3))
    translations = torch.zeros(2, 2, N_FRAMES, 3)
    translations[1, :, 0, 0] = 40.0  # the second iteration misplaces one residue of each sample
    neighbours = torch.zeros(2, N_FRAMES, N_FRAMES)
    neighbours[:, 0, 1] = neighbours[:, 2, 3] = 1.0  # residue 0 sees its neighbour wrong, residue 2 right
    clamp = torch.tensor([10.0, math.inf])
    error, local = backbone_fape(rotations, translations, target, torch.ones(2, N_FRAMES), clamp, neighbours)
    # It is seen wrong from 4 frames, and sees 4 others wrong: 8 of 25 pairs, in one of two iterations.
    torch.testing.assert_close(error, torch.tensor([8 / 25 / 2, 4 * 8 / 25 / 2]), atol=2e-3, rtol=0)
    torch.testing.assert_close(local, torch.tensor([1 / 2 / 2, 1 / 2 / 2]), atol=2e-3, rtol=0)


def test_of_all_atoms_does_not_depend_on_empty_places_in_the_tables():
    generator = torch.Generator().manual_seed(6)
    shape = (2, 3)
    frames, target = random_frames(generator, *shape, 8), random_frames(generator, *shape, 8)
    atoms, target_atoms = (5 * torch.randn(*shape, 14, 3, generator=generator) for _ in range(2))
    frame_mask = torch.zeros(*shape, 8)
    atom_mask = torch.zeros(*shape, 14)
    frame_mask[..., 0], frame_mask[0, 1, 4] = 1.0, 1.0
    atom_mask[..., :5], atom_mask[1, 2, 7] = 1.0, 1.0
    compressed = all_atom_fape(frames, atoms, target, target_atoms, frame_mask, atom_mask)
    for sample in range(2):
        whole = fape(
            frames.map(lambda x: x[sample].flatten(0, 1)), atoms[sample].flatten(0, 1),
            target.map(lambda x: x[sample].flatten(0, 1)), target_atoms[sample].flatten(0, 1),
            frame_mask=frame_mask[sample].flatten(), point_mask=atom_mask[sample].flatten(),
        )  # fmt: skip
        torch.testing.assert_close(compressed[sample], whole)
