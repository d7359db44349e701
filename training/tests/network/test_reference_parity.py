"""Agreement with the recorded tensors of AlphaFold 2: every operation alone, and whole runs."""

import pytest
import torch
from tests.network.reference import CASES, DIRECTORY, Case, assert_close, needs_reference

from anfinsen.geometry.all_atom_coordinates import all_atom_coordinates
from anfinsen.geometry.rigid import Rigid
from anfinsen.network.alphafold_iteration import recycled
from anfinsen.network.backbone_update import compose_update, quaternion_to_rotation
from anfinsen.network.structure_module import ANGSTROM_PER_UNIT
from anfinsen.network.template_features import template_angle_features, template_pair_features

pytestmark = [needs_reference, pytest.mark.usefixtures("no_gradients")]
RUNS = [f"{case}_{passes}" for case in CASES for passes in ("r0", "r3")]
MSA_OPERATIONS = ("msa_row_attention", "msa_column_attention", "msa_transition")
PAIR_OPERATIONS = (
    "triangle_multiplication_outgoing",
    "triangle_multiplication_incoming",
    "triangle_attention_starting_node",
    "triangle_attention_ending_node",
    "pair_transition",
)


@pytest.fixture
def no_gradients():
    with torch.no_grad():
        yield


@pytest.fixture(params=RUNS)
def case(request) -> Case:
    return Case(request.param)


def pair_mask(case: Case) -> torch.Tensor:
    mask = case.feature("seq_mask")
    return mask.unsqueeze(-1) * mask.unsqueeze(-2)


def evoformer_mask(case: Case) -> torch.Tensor:
    mask = case.feature("msa_mask")
    if case.network.template_embedding is None:
        return mask
    return torch.cat([mask, case.feature("template_torsion_angles_mask")[..., 2]], dim=-2)


def test_embedders_agree(case):
    network = case.network
    m, z = network.input_embedder(*(case.feature(name) for name in ("target_feat", "residue_index", "msa_feat")))
    assert_close(m, case.out("input_embedder/m"), "m")
    assert_close(z, case.out("input_embedder/z"), "z")
    last = [case.out(f"recycle_in/{name}")[-1] for name in ("m_prev", "z_prev", "pseudo_beta_prev")]
    m_update, z_update = network.recycling_embedder(*last)
    assert_close(m_update, case.out("recycling_embedder/m_update"), "m_update")
    assert_close(z_update, case.out("recycling_embedder/z_update"), "z_update")
    a = network.extra_msa_stack.extra_msa_activations(case.features()["extra_msa_feat"])
    assert_close(a, case.out("extra_msa_embedder/a"), "extra MSA")


@pytest.mark.parametrize("stack", ["extra0", "evo0"])
def test_each_operation_of_the_first_block_agrees(case, stack):
    if stack == "extra0":
        block, mask = case.network.extra_msa_stack.blocks[0], case.feature("extra_msa_mask")
        m, z = case.out("extra_msa_embedder/a"), case.out("extra_msa_stack/z_in")
    else:
        block, mask = case.network.evoformer_stack.blocks[0], evoformer_mask(case)
        m, z = case.out("evoformer/m_in"), case.out("extra_msa_stack/z_out")
    for name in MSA_OPERATIONS:
        if name == "msa_row_attention":
            update = block.msa_row_attention_with_pair_bias(m, z, mask)
        elif name == "msa_column_attention":
            update = block.msa_column_attention(m, mask)
        else:
            update = block.msa_transition(m)
        expected = case.out(f"{stack}/{name}")
        if name == "msa_transition" and stack == "extra0":
            # The recording has zeros at masked places, which AlphaFold does not: no other place sees them.
            update = update * mask.unsqueeze(-1)
        assert_close(update, expected, f"{stack}/{name}")
        m = m + expected
    expected = case.out(f"{stack}/outer_product_mean")
    assert_close(block.outer_product_mean(m, mask), expected, f"{stack}/outer_product_mean")
    z = z + expected
    for name in PAIR_OPERATIONS:
        operation = getattr(block, name)
        update = operation(z) if name == "pair_transition" else operation(z, pair_mask(case))
        expected = case.out(f"{stack}/{name}")
        assert_close(update, expected, f"{stack}/{name}")
        z = z + expected
    assert_close(m, case.out(f"{stack}/m_out"), f"{stack}/m_out")
    assert_close(z, case.out(f"{stack}/z_out"), f"{stack}/z_out")


def test_stacks_agree(case):
    network = case.network
    extra = case.features()["extra_msa_feat"], case.out("extra_msa_stack/z_in"), case.feature("extra_msa_mask")
    assert_close(network.extra_msa_stack(*extra, pair_mask(case)), case.out("extra_msa_stack/z_out"), "extra z")
    inputs = case.out("evoformer/m_in"), case.out("extra_msa_stack/z_out"), evoformer_mask(case), pair_mask(case)
    m, z, s = network.evoformer_stack(*inputs)
    assert_close(m, case.out("evoformer/m_out"), "m")
    assert_close(z, case.out("evoformer/z_out"), "z")
    assert_close(s, case.out("evoformer/single"), "s")


@pytest.mark.parametrize("run", ["case_C_L29_templates_r0", "case_C_L29_templates_r3"])
def test_template_embedding_agrees(run):
    case = Case(run)
    embedding, features = case.network.template_embedding, case.features()
    pair_features = template_pair_features(features)
    assert_close(pair_features, case.out("template/pair_feat_88"), "pair features")
    assert_close(template_angle_features(features), case.out("template/angle_feat"), "angle features")
    t = embedding.embedding2d(pair_features)
    assert_close(t, case.out("template/pair_embed"), "embedding")
    t = embedding.template_pair_stack(t, pair_mask(case).expand(t.shape[:-1]))
    assert_close(t, case.out("template/pair_stack_out"), "pair stack")
    update = embedding(features, case.out("after_recycling/z"), pair_mask(case))
    assert_close(update, case.out("template/pair_update"), "update of z")
    assert_close(embedding.rows(features)[0], case.out("template/single_rows"), "rows")


def test_each_iteration_of_the_structure_module_agrees(case):
    module = case.network.structure_module
    s_initial = module.single_layer_norm(case.out("evoformer/single"))
    z = module.pair_layer_norm(case.out("evoformer/z_out"))
    assert_close(s_initial, case.out("sm/single_normed"), "normalised single")
    assert_close(z, case.out("sm/pair_normed"), "normalised pair")
    s = module.initial_projection(s_initial)
    assert_close(s, case.out("sm/initial_projection"), "initial projection")
    prepared = module.invariant_point_attention.prepare(z, case.feature("seq_mask"))
    n_res = s.shape[0]
    quaternions = torch.tensor([1.0, 0.0, 0.0, 0.0]).expand(n_res, 4)
    translations = torch.zeros(n_res, 3)
    recorded = case.out("sm/frames_quat_trans")
    for i in range(module.iterations):
        frames = Rigid(quaternion_to_rotation(quaternions), translations)
        update = module.invariant_point_attention(s, frames, prepared)
        assert_close(update, case.out("sm/ipa_out")[i], f"invariant point attention {i}")
        s = module.attention_layer_norm(s + case.out("sm/ipa_out")[i])
        assert_close(s, case.out("sm/after_ipa_norm")[i], f"layer norm {i}")
        s = case.out("sm/s")[i]
        update = module.backbone_update.affine_update(s)
        assert_close(update, case.out("sm/affine_update")[i], f"affine update {i}")
        new_quaternions, new_frames = module.backbone_update(s, quaternions, frames)
        assert_close(new_quaternions, recorded[i, :, :4], f"quaternions {i}")
        assert_close(new_frames.translations * ANGSTROM_PER_UNIT, recorded[i, :, 4:], f"translations {i}")
        quaternions, translations = recorded[i, :, :4], recorded[i, :, 4:] / ANGSTROM_PER_UNIT
    raw, angles = module.angle_network(case.out("sm/s"), s_initial)
    assert_close(raw, case.out("sm/unnormalized_angles"), "raw angles")
    assert_close(angles, case.out("sm/angles"), "angles")


def test_side_chains_of_all_iterations_agree(case):
    recorded = case.out("sm/frames_quat_trans")  # [8, N_res, 7]
    backbone = Rigid(quaternion_to_rotation(recorded[..., :4]), recorded[..., 4:])
    aatype = case.feature("aatype").expand(recorded.shape[:-1])
    frames, atom14 = all_atom_coordinates(backbone, case.out("sm/angles"), aatype)
    expected = case.out("sm/sidechain_frames_4x4")
    assert_close(frames.rotations, expected[..., :3, :3], "rotations")
    assert_close(frames.translations, expected[..., :3, 3], "translations")
    assert_close(atom14, case.out("sm/atom14_positions"), "atom14")


def test_whole_runs_agree(case):
    features, previous = case.features(), None
    for i in range(case.passes):
        if previous is not None:
            assert_close(previous["m_first_row"], case.out("recycle_in/m_prev")[i], f"m into pass {i}")
            assert_close(previous["z"], case.out("recycle_in/z_prev")[i], f"z into pass {i}")
            assert_close(previous["pseudo_beta"], case.out("recycle_in/pseudo_beta_prev")[i], f"beta into pass {i}")
        outputs = case.network(features, previous)
        previous = recycled(outputs)
    quaternions, translations = case.out("sm/frames_quat_trans").split([4, 3], dim=-1)
    expected = {
        "m_first_row": case.out("final/msa")[0],
        "z": case.out("final/pair"),
        "s": case.out("sm/s")[-1],
        "rotations": quaternion_to_rotation(quaternions),
        "translations": translations,
        "unnormalized_angles": case.out("sm/unnormalized_angles"),
        "angles": case.out("sm/angles"),
        "atom14_positions": case.out("final/atom14_positions"),
        "plddt_logits": case.out("head/lddt_logits"),
        "distogram_logits": case.out("head/distogram_logits"),
        "masked_msa_logits": case.out("head/masked_msa_logits"),
        "experimentally_resolved_logits": case.out("head/experimentally_resolved_logits"),
        "predicted_aligned_error_logits": case.out("head/tm_logits"),
    }
    for name, value in expected.items():
        assert_close(outputs[name], value, name)


def test_a_batch_of_two_equals_two_runs():
    case = Case("case_C_L29_templates_r0")
    features = case.features()
    stacked = {name: torch.stack([value, value]) for name, value in features.items()}
    single, batch = case.network(features), case.network(stacked)
    for name in ("z", "atom14_positions", "masked_msa_logits", "distogram_logits"):
        assert_close(batch[name][1], single[name], name)
    assert_close(batch["rotations"][:, 1], single["rotations"], "rotations")


def test_geometry_agrees():
    import numpy as np

    with np.load(DIRECTORY / "geometry.npz") as file:
        tensors = {name: torch.from_numpy(file[name]) for name in file.files if not name.startswith("const_")}
    assert_close(quaternion_to_rotation(tensors["bb_quat"]), tensors["bb_rot"], "rotation of a quaternion")
    backbone = Rigid(tensors["bb_rot"], tensors["bb_trans"])
    frames, atom14 = all_atom_coordinates(backbone, tensors["angles_sin_cos"], tensors["aatype"])
    assert_close(frames.rotations, tensors["frames_4x4"][..., :3, :3], "rotations")
    assert_close(frames.translations, tensors["frames_4x4"][..., :3, 3], "translations")
    assert_close(atom14, tensors["atom14"], "atom14")
    old = Rigid(quaternion_to_rotation(tensors["upd_quat_in"]), tensors["upd_trans_in"])
    quaternions, new = compose_update(tensors["upd_quat_in"], old, tensors["upd_vec"])
    assert_close(quaternions, tensors["upd_quat_out"], "updated quaternions")
    assert_close(new.rotations, tensors["upd_rot_out"], "updated rotations")
    assert_close(new.translations, tensors["upd_trans_out"], "updated translations")


def test_residue_constants_agree():
    import numpy as np

    from anfinsen import residue_constants as ours

    with np.load(DIRECTORY / "geometry.npz") as file:
        for name, table in {
            "rigid_group_default_frame": ours.DEFAULT_FRAMES,
            "atom14_to_rigid_group": ours.ATOM14_GROUP,
            "atom14_mask": ours.ATOM14_MASK,
            "atom14_rigid_group_positions": ours.ATOM14_POSITIONS,
            "atom37_mask": ours.ATOM37_MASK,
            "atom37_to_atom14": ours.ATOM37_TO_ATOM14,
            "atom14_to_atom37": ours.ATOM14_TO_ATOM37,
            "chi_pi_periodic": ours.CHI_PI_PERIODIC,
        }.items():
            np.testing.assert_allclose(table, file[f"const_{name}"], atol=1e-6, err_msg=name)
