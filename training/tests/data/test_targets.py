import numpy as np
import pytest

from anfinsen.data.alphabet import encode
from anfinsen.targets import casp_targets, read_domain

LINE = "ATOM      1  {atom:<3s} {residue}  {number:4d}    {number:8.3f}{y:8.3f}{z:8.3f}  1.00  0.00\n"


def pdb(tmp_path, numbers, residue="ALA"):
    file = tmp_path / "T1-D1.pdb"
    file.write_text("".join(
        LINE.format(atom=atom, residue=residue, number=number, y=float(k), z=-0.5)
        for number in numbers for k, atom in enumerate(["N", "CA", "C", "OXT"])))
    return file


def test_places_a_domain_by_residue_number(tmp_path):
    domain = read_domain(pdb(tmp_path, [3, 4, 6]), encode("CCAACAC"))
    assert domain.residues.tolist() == [2, 3, 5] and domain.atoms[2, 1].tolist() == [6, 1, -0.5]
    assert np.isnan(domain.atoms[:, 3:]).all() and np.isnan(domain.beta).all()


def test_places_a_whole_sequence_in_order_whatever_its_numbers(tmp_path):
    domain = read_domain(pdb(tmp_path, [649, 650, 652], "GLY"), encode("GGG"))
    assert domain.residues.tolist() == [0, 1, 2] and domain.beta[:, 0].tolist() == [649, 650, 652]


def test_refuses_a_number_outside_the_sequence(tmp_path):
    with pytest.raises(ValueError, match="residues 1 to 652 in a sequence of 4"):
        read_domain(pdb(tmp_path, [1, 2, 652]), encode("AAAA"))


def test_refuses_another_sequence(tmp_path):
    with pytest.raises(ValueError, match="2 of 2 residues"):
        read_domain(pdb(tmp_path, [1, 2]), encode("GGG"))


def test_reads_every_casp_target_that_has_an_alignment(shared):
    targets = list(casp_targets(shared, "query", n_seq=8, n_extra=8, n_res_max=5000, limit=100, seed=0))
    assert len(targets) == 36 and sum(len(target.domains) for target in targets) > 40
    for target in targets:
        for domain in target.domains:
            assert domain.residues.max() < len(target.features["aatype"])
            assert np.isfinite(domain.atoms[:, 1]).mean() > 0.9
