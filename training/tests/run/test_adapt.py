"""Adapting on made proteins whose alanines are helix and whose valines are strand: the head learns it, the rest stays."""

import hashlib
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from anfinsen import parameters
from anfinsen.adapt import Adaptation, layers, table, without_training, write
from anfinsen.data.alignment import Alignment
from anfinsen.data.alphabet import encode
from anfinsen.data.coevolution import coevolution
from anfinsen.data.packing import PreparedAlignment, pack_alignments, pack_chains, write_directory
from anfinsen.data.structures import Chain
from anfinsen.network.alphafold_iteration import AlphaFoldIteration
from anfinsen.network.config import NetworkConfig
from anfinsen.secondary_structure import COIL, HELIX, STRAND
from anfinsen.secondary_structure_task import UNKNOWN, StateScores, TaskSizes, native_states, training_targets
from anfinsen.targets import Domain, Target
from tests.run.ideal_backbone import backbone_of

CONFIG = NetworkConfig(
    c_m=8, c_z=8, c_s=12, c_e=8, evoformer_blocks=1, extra_msa_blocks=1, msa_heads=2, pair_heads=2, c_outer_product=4,
    c_triangle=8, transition_factor=1, c_ipa=4, ipa_heads=2, ipa_query_points=2, ipa_value_points=2,
    structure_iterations=2, c_angle=8, c_plddt=8, predicted_aligned_error=True, c_coevolution=7,
)  # fmt: skip
SIZES = TaskSizes(n_chains=4, n_held_out=2, n_res_max=100, n_seq=4, n_extra=3, recycles=0)
PHI, PSI = {"A": -57.0, "V": -120.0}, {"A": -47.0, "V": 130.0}  # degrees


def backbone(sequence: str) -> np.ndarray:
    return backbone_of(*(np.radians([torsions[letter] for letter in sequence]) for torsions in (PHI, PSI)))


def made_chain(k: int) -> Chain:
    rng = np.random.default_rng(k)
    sequence = "".join(letter * int(rng.integers(6, 12)) for letter in ("AV" if k % 2 else "VA") * 3)
    n_res = len(sequence)
    positions, mask = np.zeros((n_res, 14, 3), np.float32), np.zeros((n_res, 14), bool)
    positions[:, :3], mask[:, :3] = backbone(sequence), True
    index = np.arange(n_res, dtype=np.int32)
    return Chain(f"chain{k}", "made", k, k, 0, encode(sequence), index, positions, mask)


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("prepared")
    chains = [made_chain(k) for k in range(8)]
    rng = np.random.default_rng(1)
    entries = []
    for k, chain in enumerate(chains):
        others = np.where(rng.random((5, len(chain))) < 0.2, 3, chain.aatype)
        msa = np.concatenate([chain.aatype[None], others]).astype(np.uint8)
        entries.append(PreparedAlignment(k, Alignment(msa, np.zeros_like(msa)), coevolution(msa)))
    write_directory(directory / "chains", pack_chains(chains, ["train"] * 5 + ["heldout"] * 3))
    (directory / "shards").mkdir()
    write_directory(directory / "shards" / "real-00000", pack_alignments(entries))
    return directory


@pytest.fixture()
def package(tmp_path) -> Path:
    torch.manual_seed(2)
    directory = tmp_path / "tiny"
    directory.mkdir()
    parameters.save(AlphaFoldIteration(CONFIG), directory / "parameters.npz")
    card = {"version": "1", "parametersSha256": "", "provenance": {}, "metrics": {"casp, alignment: lddt": 0.5}}
    (directory / "model.json").write_text(json.dumps(card))
    return directory


def adaptation(package, prepared, cache) -> Adaptation:
    return Adaptation(parameters.load(package / "parameters.npz"), prepared, cache, SIZES, width=5)


def test_states_are_those_of_the_torsions_and_unknown_at_ends_and_breaks():
    atoms = np.concatenate([backbone("A" * 8 + "V" * 8), np.full((16, 2, 3), np.nan)], 1)
    index = np.arange(16)
    index[12:] += 5
    target = Target("made", "alignment", 1.0, {"residue_index": index}, None, [Domain("", index, atoms, atoms[:, 1])])
    states = native_states(target)
    assert states.tolist() == [UNKNOWN] + [HELIX] * 7 + [STRAND] * 3 + [UNKNOWN] * 2 + [COIL] * 2 + [UNKNOWN]


def test_scores_count_each_state():
    true, predicted = np.array([0, 0, 1, 1, 1, 2]), np.array([0, 1, 1, 1, 0, 0])
    scores = StateScores.of(true, predicted)
    assert scores.q3 == pytest.approx(3 / 6)
    assert scores.recall == pytest.approx({"coil": 1 / 2, "helix": 2 / 3, "strand": 0.0})
    assert scores.precision["helix"] == pytest.approx(2 / 3) and np.isnan(scores.precision["strand"])


def test_the_head_learns_on_kept_outputs_of_the_trunk(package, prepared, tmp_path):
    adapting = adaptation(package, prepared, tmp_path / "cache")
    outputs = adapting.trunk_outputs(adapting.network)
    kept = list((tmp_path / "cache").iterdir())
    written = kept[0].stat().st_mtime_ns
    adapted, head = adapting.on_frozen_trunk("adapted", outputs, epochs=100)
    assert adapted.scores["alignment"].q3 > 0.8 and adapted.scores["query only"].q3 > 0.8
    adapting.trunk_outputs(adapting.network)
    assert [path.stat().st_mtime_ns for path in (tmp_path / "cache").iterdir()] == [written]
    assert len(without_training(outputs)) == 2
    assert "| adapted |" in table([adapted])
    lines = layers(adapting.network, head)
    assert "| evoformer_stack |" in lines and "| secondary_structure_head | 337 | trained |" in lines


def test_from_scratch_learns_trunk_and_head_together(package, prepared, tmp_path):
    adapting = adaptation(package, prepared, tmp_path / "cache")
    result = adapting.from_scratch(seconds=1.0)
    trunk = sum(p.numel() for name, p in adapting.network.named_parameters() if name.split(".")[0] in {
        "input_embedder", "coevolution_embedding", "recycling_embedder", "extra_msa_stack", "evoformer_stack"})
    assert result.trainable == trunk + 337 and result.seconds >= 1.0 and result.epochs >= 1.0
    assert 0 <= result.scores["alignment"].q3 <= 1


def test_the_package_gets_the_head_and_keeps_all_else(package, prepared, tmp_path):
    before = parameters.read_arrays(package / "parameters.npz")
    adapting = adaptation(package, prepared, tmp_path / "cache")
    adapted, head = adapting.on_frozen_trunk("adapted", adapting.trunk_outputs(adapting.network), epochs=1)
    for _ in range(2):  # A head that is there already is replaced.
        write(package, head, adapted, SIZES, "2")
    after = parameters.read_arrays(package / "parameters.npz")
    assert all(np.array_equal(after[name], array) for name, array in before.items())
    names = {name for name in after if name not in before}
    assert len(names) == 8 and all("/secondary_structure_head/" in name for name in names)
    network = parameters.load(package / "parameters.npz")
    assert torch.equal(network.secondary_structure_head.act_0.weights, head.act_0.weights)
    card = json.loads((package / "model.json").read_text())
    assert card["parametersSha256"] == hashlib.sha256((package / "parameters.npz").read_bytes()).hexdigest()
    assert card["version"] == "2" and "337 parameters" in card["provenance"]["secondary structure head"]
    assert set(card["metrics"]) == {
        "casp, alignment: lddt", "heldout, alignment: secondary_structure_q3", "heldout, query only: secondary_structure_q3"
    }


def test_too_few_clusters_are_refused(prepared):
    with pytest.raises(ValueError, match="5 chains of as many clusters found, 6 asked for"):
        list(training_targets(prepared, TaskSizes(6, 1, 100, 4, 3, 0)))
