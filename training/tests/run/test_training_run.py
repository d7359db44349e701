"""A whole run on a prepared data set of three tiny proteins: it learns, stops in time, resumes, and can be exported."""

import dataclasses
import json
from pathlib import Path

import numpy as np
import pytest
import torch

from anfinsen import parameters
from anfinsen.batches import Batches, BatchesAhead
from anfinsen.configuration import DataConfig, Phase, read_config
from anfinsen.curves import draw
from anfinsen.data.alignment import Alignment
from anfinsen.data.coevolution import coevolution
from anfinsen.data.packing import PreparedAlignment, pack_alignments, pack_chains, write_directory
from anfinsen.data.structures import Chain
from anfinsen.exponential_average import ExponentialAverage
from anfinsen.export import export
from anfinsen.structure_replay import StructureReplay, fold
from anfinsen.train import Run, Trainer
from tests.loss.test_ground_truth import random_protein

CONFIG = """
seed = 5
[network]
c_m = 8
c_z = 8
c_s = 8
c_e = 8
evoformer_blocks = 1
extra_msa_blocks = 1
msa_heads = 2
pair_heads = 2
c_outer_product = 4
c_triangle = 8
transition_factor = 1
c_ipa = 4
ipa_heads = 2
ipa_query_points = 2
ipa_value_points = 2
structure_iterations = 2
c_angle = 8
c_plddt = 8
predicted_aligned_error = true
c_coevolution = 7
coevolution_blocks = 2
c_coevolution_stack = 8
msa_dropout = 0.0
pair_dropout = 0.0
structure_dropout = 0.0
[data]
n_seq = 4
n_extra = 3
[optimizer]
kind = "muon"
learning_rate = 1e-2
warm_up_updates = 5
[[phases]]
until = 0.6
n_res = 16
batch_size = 2
structure_updates = 1
structure_batch = 3
[[phases]]
until = 1.0
n_res = 24
micro_batches = 2
max_recycles = 1
"""


@pytest.fixture(scope="module")
def prepared(tmp_path_factory) -> Path:
    directory = tmp_path_factory.mktemp("prepared")
    chains, entries = [], []
    rng = np.random.default_rng(1)
    for k in range(3):
        aatype, _, _, _, atom14, mask = random_protein(10 + k)
        chains.append(
            Chain(f"chain{k}", "test", k, k, 0, aatype.numpy().astype(np.uint8), np.arange(len(aatype), dtype=np.int32),
                  atom14.numpy(), mask.numpy() > 0)
        )  # fmt: skip
        msa = np.stack([aatype.numpy()] + [rng.integers(0, 20, len(aatype)) for _ in range(9)]).astype(np.uint8)
        entries.append(PreparedAlignment(k, Alignment(msa, np.zeros_like(msa)), coevolution(msa)))
    write_directory(directory / "chains", pack_chains(chains, ["train"] * 3))
    (directory / "shards").mkdir()
    write_directory(directory / "shards" / "real-00000", pack_alignments(entries))
    return directory


@pytest.fixture()
def config(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(CONFIG)
    return read_config(path)


class CountingClock:
    """A tenth of a second passes between two looks at it, so that a run has as many updates on every machine."""

    def __init__(self):
        self.looks = 0

    def __call__(self) -> float:
        self.looks += 1
        return self.looks / 10


def trainer(config, prepared, directory, seconds) -> Trainer:
    return Trainer(config, Run(directory, prepared, seconds, 1e9, 1, "cpu"), rank=0, clock=CountingClock())


def test_runs_for_its_time_learns_and_goes_on_where_it_stopped(config, prepared, tmp_path):
    first = trainer(config, prepared, tmp_path, seconds=12.0)
    first.train()
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["distogram"] < 0.9 * lines[0]["distogram"]
    saved = torch.load(tmp_path / "checkpoint.pt")
    assert saved["updates"] == first.updates == 60 and saved["seconds"] >= 12.0

    second = trainer(config, prepared, tmp_path, seconds=13.0)
    second.train()
    assert second.updates > first.updates
    assert second.samples == saved["samples"] + 2 * (second.updates - first.updates)
    draw(tmp_path / "log.jsonl", tmp_path / "curves.png")
    assert (tmp_path / "curves.png").stat().st_size > 10_000

    export(tmp_path / "checkpoint.pt", tmp_path / "tiny", "0.1", recycles=1, measured=None)
    network = parameters.load(tmp_path / "tiny" / "parameters.npz")
    for name, value in second.average.values.items():
        torch.testing.assert_close(network.state_dict()[name], value)
    stage = json.loads((tmp_path / "tiny" / "model.json").read_text())["provenance"]["stage 1"]
    assert stage.startswith(f"{second.samples} crops, {second.updates} updates")


def test_a_frozen_evoformer_stays_as_it_was_while_the_structure_module_learns(config, prepared, tmp_path):
    first = trainer(config, prepared, tmp_path, seconds=1.0)
    parameters.save(first.network, tmp_path / "initial.npz")
    frozen = dataclasses.replace(
        config, phases=(Phase(1.0, 16, batch_size=2, structure_updates=2, structure_batch=3, evoformer_frozen=True),)
    )
    run = Run(tmp_path / "second", prepared, 4.0, 1e9, 1, "cpu", initial=tmp_path / "initial.npz")
    run.directory.mkdir()
    second = Trainer(frozen, run, rank=0, clock=CountingClock())
    second.train()
    before, after = first.network.state_dict(), second.network.state_dict()
    changed = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"structure_module", "plddt_head", "predicted_aligned_error_head"}


def test_the_coevolution_stack_learns_alone(config, prepared, tmp_path):
    alone = dataclasses.replace(config, phases=(Phase(1.0, 16, batch_size=2, coevolution_alone=True),))
    run = trainer(alone, prepared, tmp_path, seconds=10.0)
    torch.nn.init.normal_(run.network.distogram_head.half_logits.weights)  # a trained head, which tells bins apart
    before = {name: value.clone() for name, value in run.network.state_dict().items()}
    run.train()
    after = run.network.state_dict()
    changed = {name.split(".")[0] for name in before if not torch.equal(before[name], after[name])}
    assert changed == {"coevolution_stack"}
    lines = [json.loads(line) for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert lines[-1]["distogram"] < lines[0]["distogram"]


def test_an_update_that_overflows_leaves_the_parameters_alone(config, prepared, tmp_path):
    run = trainer(config, prepared, tmp_path, seconds=1.0)
    before = {name: value.clone() for name, value in run.network.state_dict().items()}
    run.network.distogram_head.half_logits.weights.grad = torch.full_like(
        run.network.distogram_head.half_logits.weights, float("inf")
    )
    assert not np.isfinite(run._step())
    for name, value in run.network.state_dict().items():
        assert torch.equal(value, before[name])


def test_batches_are_no_longer_or_deeper_than_their_samples(prepared):
    batches = Batches(prepared, DataConfig(n_seq=32, n_extra=5, synthetic=0, real=1, query_only=0), (1,))
    features, labels = batches.draw(64, 2)
    assert features["msa_feat"].shape == (2, 10, 40, 49)  # 10 rows and 40 residues are all there are
    assert features["extra_msa_feat"].shape[1] == 1
    assert labels["bert_mask"].shape == (2, 10, 40)
    assert features["coevolution"].shape == (2, 40, 40, 7)


def test_batches_drawn_ahead_have_the_size_that_is_asked_for(prepared):
    batches = BatchesAhead(prepared, DataConfig(n_seq=4, n_extra=3), (1,), processes=2)
    for n_res, batch_size in ((16, 2), (16, 2), (24, 1), (16, 3)):
        features, labels = batches.draw(n_res, batch_size)
        assert features["coevolution"].shape == (batch_size, n_res, n_res, 7)
        assert labels["true_msa"].shape[0] == batch_size


def test_a_drawing_process_that_fails_is_heard(prepared):
    with pytest.raises(ValueError, match="deep"):
        BatchesAhead(prepared, DataConfig(deep=1.0), (1,), processes=1).draw(16, 2)


def test_replays_what_the_evoformer_made(config, prepared):
    network = trainer(config, prepared, Path("unused"), 1.0).network
    features, labels = Batches(prepared, config.data, (2,)).draw(16, 2)
    outputs = network(features)
    replay = StructureReplay(seed=1, capacity=256)
    replay.remember(network, outputs, features, labels)
    assert len(replay) == 2
    batch = replay.draw(6)
    for sample in range(6):
        source = int((features["aatype"] == batch["aatype"][sample]).all(-1).nonzero()[0])
        torch.testing.assert_close(
            fold(network, batch)["translations"][:, sample], outputs["translations"][:, source], atol=1e-2, rtol=1e-2
        )


def test_remembers_nothing_without_a_backbone(config, prepared):
    network = trainer(config, prepared, Path("unused"), 1.0).network
    features, labels = Batches(prepared, config.data, (2,)).draw(16, 2)
    labels["atom14_mask"][:, :, 0] = 0
    replay = StructureReplay(seed=1, capacity=256)
    replay.remember(network, network(features), features, labels)
    assert len(replay) == 0


def test_the_average_follows_the_network():
    layer = torch.nn.Linear(1, 1, bias=False)
    layer.weight.data.fill_(0.0)
    average = ExponentialAverage(layer, decay=0.9)
    layer.weight.data.fill_(1.0)
    average.update(layer)  # early on, over (1 + n) / (10 + n): 2 / 11 of the old value stays
    assert average.values["weight"].item() == pytest.approx(9 / 11)


def test_rejects_an_unknown_key_and_phases_that_do_not_reach_the_end(tmp_path):
    path = tmp_path / "config.toml"
    path.write_text(CONFIG.replace("n_extra", "n_extras"))
    with pytest.raises(ValueError, match="n_extras"):
        read_config(path)
    path.write_text(CONFIG.replace("until = 1.0", "until = 0.9"))
    with pytest.raises(ValueError, match="rise to 1.0"):
        read_config(path)


def test_changes_phase_by_the_share_of_the_run(config):
    assert config.phase(0.0) is config.phases[0]
    assert config.phase(0.6) is config.phases[1]
    assert config.phase(2.0) == config.phases[1] == Phase(1.0, 24, 1, 2, 1)
