import gzip
import io
import sys
import tarfile
import zipfile

import pytest

from anfinsen.data.alignment import records
from anfinsen.data.collect import main

PROTEIN = "MKTAYIAKQRQISFVKSHFSRQLEERLGLIEVQAPILSRV"
OTHER = "MSDNELKRWWHHYYPPQQIIVVLLMMFFCCGGAATTSSDDEE"
GENE = "ATGCGTACGTTAGC" * 5


def fasta(*rows):
    return "".join(f">row {number}\n{row}\n" for number, row in enumerate(rows))


@pytest.fixture
def collected(tmp_path, monkeypatch, capsys):
    """What a clone with files of every kind gives: the two directories, and what was printed."""
    clone = tmp_path / "repositories" / "someone" / "families"
    (clone / "msa").mkdir(parents=True)
    (clone / ".git").mkdir()
    (clone / ".git" / "hidden.fasta").write_text(fasta("W" * 40))
    (clone / "msa" / "plain.aln").write_text(fasta(f"--{PROTEIN}", f"{PROTEIN}.."))
    (clone / "msa" / "designed.fasta").write_text(fasta("Y" * 40))
    (clone / "genes.fa").write_text(fasta(GENE, "MKT", "X" * 40))
    (clone / "clustal.aln").write_text("CLUSTAL W\n\na  MKTAYIAK\n")
    (clone / "broken.tar.gz").write_bytes(b"no archive")
    packed = bytearray(gzip.compress(fasta(PROTEIN * 9).encode()))
    packed[10] = 0xFF  # the first block's type: there is none such
    (clone / "damaged.fasta.gz").write_bytes(packed)
    with gzip.open(clone / "more.faa.gz", "wt") as file:
        file.write(fasta(OTHER))
    with zipfile.ZipFile(clone / "msa" / "alone.fasta.zip", "w") as archive:
        archive.writestr("inside.fasta", fasta(PROTEIN[::-1]))
    with tarfile.open(clone / "all.tar.gz", "w:gz") as archive:
        data = fasta(OTHER[::-1]).encode()
        member = tarfile.TarInfo("all/one.faa")
        member.size = len(data)
        archive.addfile(member, io.BytesIO(data))
    splits = tmp_path / "splits"
    splits.mkdir()
    names = ("msa/plain.aln", "msa/alone.fasta", "all.tar.gz::all/one.faa", "msa/gone.fasta")
    lines = [f"{number}\tchain\t100\tsomeone/families\t{name}\n" for number, name in enumerate(names)]
    (splits / "deep.tsv").write_text("chain\tid\trows\trepository\talignment\n" + "".join(lines))
    (splits / "sequences.tsv").write_text(
        "repository\tsequences\tlicence\nsomeone/families\t4\tMIT\nsomeone/elsewhere\t9\tMIT\n")
    families, sequences = tmp_path / "families", tmp_path / "sequences"
    monkeypatch.setattr(
        sys, "argv",
        ["collect", "--repositories", str(tmp_path / "repositories"), "--splits", str(splits),
         "--families", str(families), "--sequences", str(sequences)])
    main()
    return families, sequences, capsys.readouterr().out


def test_alignments_are_found_as_they_are_and_in_archives(collected):
    families, _, _ = collected
    assert sorted(path.name for path in families.iterdir()) == [
        "someone+families+all.tar.gz__all_one.faa", "someone+families+msa_alone.fasta", "someone+families+msa_plain.aln"]
    assert records((families / "someone+families+msa_plain.aln").read_text()) == [f"--{PROTEIN}", f"{PROTEIN}.."]


def test_sequences_are_natural_proteins_each_once(collected):
    _, sequences, _ = collected
    assert [path.name for path in sequences.iterdir()] == ["someone+families.fasta"]
    found = records((sequences / "someone+families.fasta").read_text())
    assert sorted(found) == sorted([PROTEIN, OTHER, PROTEIN[::-1], OTHER[::-1]])


def test_what_is_missing_or_broken_is_named(collected):
    _, _, printed = collected
    lines = printed.splitlines()
    assert lines[0] == "someone/elsewhere: not there"
    assert lines[1].startswith("someone/families: broken.tar.gz cannot be read: ")
    assert any(line.startswith("someone/families: damaged.fasta.gz cannot be read: ") for line in lines)
    assert lines[-1] == "someone/families: 3 of 4 alignments, 4 sequences"
