"""Sheets by hydrogen bonds: none in a helix, and those of DSSP in experimental structures."""

import os
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest

from anfinsen.secondary_structure import in_sheet
from tests.run.ideal_backbone import backbone_of

SHARED = Path(os.environ.get("ANFINSEN_SHARED", Path(__file__).parents[4] / "shared"))
HEADER = f"{'HEADER    EXPERIMENT':50s}01-JAN-20   1XXX\n{'CRYST1    1.000    1.000    1.000  90.00  90.00  90.00 P 1           1'}\n"


def test_a_helix_has_none():
    backbone = backbone_of(np.radians(np.full(20, -62.0)), np.radians(np.full(20, -43.0)))
    assert not in_sheet(backbone, np.ones(19, bool)).any()


@pytest.mark.parametrize("domain", ["T1026/T1026-D1", "T1038/T1038-D1"])
def test_agrees_with_dssp(domain, tmp_path):
    file = SHARED / "data" / "casp" / f"{domain}.pdb"
    if not file.exists() or not shutil.which("mkdssp"):
        pytest.skip(f"{file} or mkdssp is absent: not compared with DSSP")
    atoms = [line[:21] + "A" + line[22:] for line in file.read_text().splitlines() if line.startswith("ATOM")]
    (tmp_path / "native.pdb").write_text(HEADER + "\n".join(atoms) + "\nTER\nEND\n")
    subprocess.run(["mkdssp", "--output-format=dssp", "native.pdb", "native.dssp"], cwd=tmp_path, check=True, capture_output=True)
    lines = (tmp_path / "native.dssp").read_text().splitlines()
    start = next(k for k, line in enumerate(lines) if line.startswith("  #  RESIDUE")) + 1
    theirs = {int(line[5:10]): line[16] in "EB" for line in lines[start:] if line[13] != "!"}
    numbers = sorted({int(line[22:26]) for line in atoms})
    backbone = np.full((len(numbers), 3, 3), np.nan)
    for line in atoms:
        if line[12:16].strip() in ("N", "CA", "C"):
            place_of = numbers.index(int(line[22:26])), ("N", "CA", "C").index(line[12:16].strip())
            backbone[place_of] = [float(line[column : column + 8]) for column in (30, 38, 46)]
    ours = in_sheet(backbone, np.diff(numbers) == 1)
    same = [ours[k] == theirs[number] for k, number in enumerate(numbers) if number in theirs]
    assert sum(theirs.values()) > 10
    assert np.mean(same) > 0.95
