import numpy as np
import pytest

from anfinsen.data.alignment import parse_a3m, read_chain_alignments, row_weights
from anfinsen.data.alphabet import HHBLITS_TO_CODE, decode, encode
from anfinsen.data.structures import ChainFile


def test_counts_insertions_before_the_column_that_follows():
    alignment = parse_a3m(">q\nACDE\n>a\nA-xyD-w\n>b\nvACD\nE\n")
    assert [decode(row) for row in alignment.msa] == ["ACDE", "A-D-", "ACDE"]
    assert alignment.deletions.tolist() == [[0, 0, 0, 0], [0, 0, 2, 0], [1, 0, 0, 0]]


@pytest.mark.parametrize("text", ["", ">q\nACDE\n>a\nACD\n", "ACDE\n>q\nACDE\n"])
def test_refuses_empty_ragged_and_headless_files(text):
    with pytest.raises(ValueError):
        parse_a3m(text)


def test_reads_ambiguous_letters_as_alphafold_does():
    assert decode(encode("BZUJOX.-*")) == "DECXX" + "X--X"


def test_hhblits_order_is_alphabetical():
    assert decode(HHBLITS_TO_CODE) == "ACDEFGHIKLMNPQRSTVWYX-"


def test_weighs_rows_by_how_many_agree_in_four_of_five_columns():
    msa = np.stack([encode(row) for row in ["AAAAA", "AAAAC", "CCCCC", "----A", "-----"]])
    assert row_weights(msa).tolist() == [1 / 2, 1 / 2, 1, 1 / 2, 1 / 2]


def test_weights_agree_with_counting_pair_by_pair():
    rng = np.random.default_rng(3)
    msa = np.where(rng.random((40, 25)) < 0.15, rng.integers(22, size=(40, 25)), np.arange(25) % 20).astype(np.uint8)
    count = [sum((a == b).mean() >= 0.8 for b in msa) for a in msa]
    assert 1 < max(count) < 40
    np.testing.assert_allclose(row_weights(msa), 1 / np.array(count))


def test_every_alignment_begins_with_its_chain(shared):
    file = ChainFile(shared)
    alignments = read_chain_alignments(shared)
    assert len(alignments) > 4000
    for index, alignment in alignments.items():
        assert np.array_equal(alignment.msa[0], file.chain(index).aatype), index
