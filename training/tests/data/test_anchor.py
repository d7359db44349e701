import shutil

import numpy as np
import pytest

from anfinsen.data.alphabet import GAP, decode, encode
from anfinsen.data.anchor import anchored, build_family, read_rows, search

SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKALPDAQ"

needs_hmmer = pytest.mark.skipif(shutil.which("hmmbuild") is None, reason="HMMER is not installed: no family anchored")


def family_file(directory, n_rows: int = 200):
    """Relatives of SEQUENCE without its first five residues: a tenth of all residues changed, some columns inserted."""
    rng = np.random.default_rng(1)
    core = encode(SEQUENCE)[5:]
    rows = []
    for _ in range(n_rows):
        row = np.where(rng.random(len(core)) < 0.1, rng.integers(20, size=len(core)), core).astype(np.uint8)
        inserted = "W" if rng.random() < 0.05 else "-"  # a column that hardly any row has
        rows.append(decode(row[:20]) + inserted + decode(row[20:]))
    path = directory / "family.fasta"
    path.write_text("".join(f">r{k}\n{row}\n" for k, row in enumerate(rows)))
    return path


def test_reads_different_rows_without_insertions(tmp_path):
    path = tmp_path / "x.a3m"
    path.write_text(">a\nACD\nEF\n>b\nAC-eeEF\n>c\nACDEF\n>d\nACDE\n")
    assert [decode(row) for row in read_rows(path)] == ["ACDEF", "AC-EF"]


@needs_hmmer
def test_puts_a_family_onto_a_chain_that_it_covers(tmp_path):
    family = build_family(family_file(tmp_path), tmp_path)
    assert family.rows.shape == (200, len(SEQUENCE) - 5)
    sequences = tmp_path / "sequences.fasta"
    shuffled = "".join(np.random.default_rng(2).permutation(list(SEQUENCE)))
    sequences.write_text(f">4\n{SEQUENCE}\n>5\n{shuffled}\n>6\n{SEQUENCE[:25]}{shuffled[25:]}\n")
    assert [hit.chain for hit in search(family, sequences, 1e-8, 0.6)] == [4]

    msa = anchored(family, SEQUENCE)
    assert decode(msa[0]) == SEQUENCE and len(msa) == 201
    assert (msa[1:, :5] == GAP).all()
    assert np.array_equal(msa[1:, 5:], family.rows)


@needs_hmmer
def test_a_small_family_is_none(tmp_path):
    assert build_family(family_file(tmp_path, n_rows=140), tmp_path) is None
