import numpy as np
import pytest

from anfinsen.data.casp import casp_names, casp_target, read_native
from anfinsen.data.structures import CA

LINE = "ATOM  {serial:5d}  {atom:<3s} ALA  {number:4d}    {x:8.3f}{y:8.3f}{z:8.3f}  1.00  0.00\n"


def pdb(tmp_path, numbers, atoms=("N", "CA", "C", "OXT")):
    file = tmp_path / "T1-D1.pdb"
    file.write_text("".join(
        LINE.format(serial=1, atom=atom, number=number, x=number, y=k, z=-0.5)
        for number in numbers for k, atom in enumerate(atoms)))
    return file


def test_places_a_domain_by_residue_number(tmp_path):
    native = read_native(pdb(tmp_path, [3, 4, 6]), 8)
    assert np.flatnonzero(native.mask[:, CA]).tolist() == [2, 3, 5]
    assert native.positions[5, CA].tolist() == [6, 1, -0.5] and native.mask[5].sum() == 3


def test_places_a_whole_sequence_in_order_whatever_its_numbers(tmp_path):
    native = read_native(pdb(tmp_path, [649, 650, 652]), 3)
    assert native.mask[:, CA].all() and native.positions[:, CA, 0].tolist() == [649, 650, 652]


def test_refuses_a_number_outside_the_sequence(tmp_path):
    with pytest.raises(ValueError, match="residue 652 is outside a sequence of 4"):
        read_native(pdb(tmp_path, [1, 2, 652]), 4)


def test_reads_all_66_domains(shared):
    directory = shared / "data" / "casp"
    natives = {}
    for name in casp_names(directory):
        features, domains = casp_target(directory, name, n_seq=8, n_extra=8, query_only=True)
        assert all(len(native.mask) == len(features["aatype"]) for native in domains.values())
        natives |= domains
    assert len(natives) == 66
    assert all(native.mask[:, CA].sum() >= 20 for native in natives.values())


def test_features_have_the_shapes_of_a_sample(shared):
    features, _ = casp_target(shared / "data" / "casp", "T0958", n_seq=8, n_extra=16)
    assert features["msa_feat"].shape == (8, 96, 49) and features["extra_msa_feat"].shape == (16, 96, 25)
    assert features["coevolution"].shape == (96, 96, 7) and features["coevolution"][..., 0].any()
    assert features["msa_mask"].all()
    assert features["msa_feat"][0, :, :23].argmax(-1).tolist() == list(features["aatype"])
