"""Whether the search or the distogram limits a fold."""

import dataclasses

import numpy as np
import pytest

from anfinsen.evaluate import Prediction
from anfinsen.fold_limit import ENTROPY_NATS, fold_limit, table
from anfinsen.targets import Domain, Target
from tests.run.test_distogram_folding import DESCENT, N_RES, distogram_of, hairpin
from tests.run.ideal_backbone import backbone_of

N_UNKNOWN = 2


def measured(native, believed):
    """The limit of a chain whose distogram is of another backbone; the native's atoms are not known at the end."""
    n_res = len(native)
    atoms = np.full((n_res, 5, 3), np.nan)
    atoms[:, :3] = native
    atoms[n_res - N_UNKNOWN :] = np.nan
    domain = Domain("made", np.arange(n_res), atoms, atoms[:, 1])
    target = Target("made", "alignment", 1.0, {"aatype": np.zeros(n_res, np.int64)}, None, [domain])
    prediction = Prediction(believed, np.zeros(n_res), distogram_of(believed, spread=0.7))
    return fold_limit(target, domain, prediction, DESCENT, seed=1)


@pytest.fixture
def longer():
    phi, psi = (np.concatenate([angles, angles]) for angles in hairpin())
    return backbone_of(phi, psi)


def test_where_the_distogram_is_of_the_native_both_descents_end_there(longer):
    limit = measured(longer, longer)
    assert limit.n_res == 2 * N_RES - N_UNKNOWN
    assert limit.native_tm_score > 0.9
    assert limit.cost == pytest.approx(limit.native_cost, rel=0.05)


def test_where_it_is_of_another_fold_that_costs_less(longer):
    phi, psi = (np.concatenate([angles, angles]) for angles in hairpin())
    phi[10:14], psi[34:38] = np.radians(-62.0), np.radians(-43.0)
    limit = measured(longer, backbone_of(phi, psi))
    assert limit.cost < limit.native_cost
    assert limit.tm_score < 0.9
    assert limit.lead.shape == (len(ENTROPY_NATS),)
    assert limit.lead.sum() < 0


def test_few_known_residues_are_left_out_and_the_table_has_a_line_for_each(longer):
    assert measured(longer[:20], longer[:20]) is None
    limit = measured(longer, longer)
    lines = table([limit, dataclasses.replace(limit, name="other")]).splitlines()
    assert [line.split(" | ")[0] for line in lines[2:4]] == ["| made", "| other"]
    assert lines[-1].startswith("2 domains; ")
