import gzip
import shutil

import numpy as np
import pytest

from anfinsen.data.alignment import parse_a3m
from anfinsen.data.alphabet import decode, encode
from anfinsen.data.homologues import homologues, main

pytestmark = pytest.mark.skipif(shutil.which("mmseqs") is None, reason="MMseqs2 is not installed: no homologue searched")

SEQUENCE = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRVGDGTQDNLSGAEKAVQVKVKALPDAQFEVVHSLAKWKRQTLGQHDFSAGEGLYTHMKALR"


def relatives(sequence: str, number: int, share: float, seed: int) -> list[str]:
    """Copies in which this share of residues is drawn anew, within longer proteins."""
    rng = np.random.default_rng(seed)
    core = encode(sequence)
    rows = np.where(rng.random((number, len(core))) < share, rng.integers(20, size=(number, len(core))), core)
    flanks = rng.integers(20, size=(number, 30))
    return [decode(np.concatenate([flank, row]).astype(np.uint8)) for flank, row in zip(flanks, rows)]


def test_finds_the_relatives_of_a_chain_and_leaves_out_who_has_few(tmp_path):
    rng = np.random.default_rng(3)
    lonely = decode(rng.integers(20, size=90).astype(np.uint8))
    found = relatives(SEQUENCE, 140, 0.35, seed=1) + relatives(lonely, 20, 0.35, seed=2)
    found += [decode(rng.integers(20, size=150).astype(np.uint8)) for _ in range(200)]
    half = len(found) // 2
    (tmp_path / "a.fasta").write_text("".join(f">a{k}\n{row}\n" for k, row in enumerate(found[:half])))
    with gzip.open(tmp_path / "b.fasta.gz", "wt") as file:
        file.write("".join(f">b{k}\n{row}\n" for k, row in enumerate(found[half:])))
    (tmp_path / "scratch").mkdir()

    rows = homologues(
        {17: lonely, 4: SEQUENCE}, {17: 0, 4: 1}, [tmp_path / "a.fasta", tmp_path / "b.fasta.gz"], tmp_path / "deep",
        tmp_path / "scratch", threads=1)

    assert list(rows) == [4] and 130 <= rows[4] <= 141
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["4.a3m"]
    msa = parse_a3m((tmp_path / "deep" / "4.a3m").read_text()).msa
    assert decode(msa[0]) == SEQUENCE
    assert (msa[1:] == msa[0]).mean(-1).min() > 0.45


def test_takes_three_chains_of_a_cluster(tmp_path):
    (tmp_path / "a.fasta").write_text("".join(f">{k}\n{row}\n" for k, row in enumerate(relatives(SEQUENCE, 140, 0.35, seed=1))))
    queries = {k: SEQUENCE[k:] for k in range(5)}

    rows = homologues(queries, {0: 7, 1: 7, 2: 7, 3: 7, 4: 8}, [tmp_path / "a.fasta"], tmp_path / "deep", tmp_path, threads=1)

    assert len(rows) == 4 and 4 in rows
    assert len(list((tmp_path / "deep").iterdir())) == 4


def test_says_where_no_sequences_are(tmp_path, monkeypatch, capsys):
    command = f"homologues --sequences {tmp_path} --shared {tmp_path} --output {tmp_path / 'deep'}"
    monkeypatch.setattr("sys.argv", command.split())
    with pytest.raises(SystemExit):
        main()
    assert f"no *.fasta or *.fasta.gz in {tmp_path}" in capsys.readouterr().err
