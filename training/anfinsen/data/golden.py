"""Writes the golden files that the Java coevolution must reproduce: `python -m anfinsen.data.golden`, run in training/.

`coevolution.a3m` holds a small alignment with every awkward thing: a conserved column, a column of gaps but for the
query, X, rows that share a weight, insertions. `coevolution.tsv` holds i, j and the seven channels, `coevolution-weights.tsv`
the row weights; lines that begin with # give seed, format version and command.
"""

import argparse
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import parse_a3m, row_weights
from anfinsen.data.alphabet import GAP, UNKNOWN, decode
from anfinsen.data.coevolution import coevolution

FORMAT_VERSION = 1
DIRECTORY = Path(__file__).resolve().parents[3] / "msa" / "src" / "test" / "resources" / "golden"
N_ROWS, N_RES = 23, 11


def small_alignment(rng: np.random.Generator) -> np.ndarray:
    """uint8 [23, 11]: three columns vary together, rows 9-12 are near copies."""
    msa = rng.integers(20, size=(N_ROWS, N_RES)).astype(np.uint8)
    family = rng.integers(3, size=N_ROWS)
    for column in (1, 5, 8):
        msa[:, column] = (3 + 4 * family + column) % 20
    msa[9:13] = msa[9]
    msa[10, 0], msa[11, 2] = (msa[9, 0] + 1) % 20, (msa[9, 2] + 1) % 20
    msa[:, 3] = 12
    msa[1:, 6] = GAP
    msa[4, 7], msa[15, 0] = UNKNOWN, UNKNOWN
    msa[17, :4] = GAP
    msa[20, 8:] = GAP
    return msa


def a3m_text(msa: np.ndarray) -> str:
    rows = [decode(row) for row in msa]
    rows[2] = rows[2][:5] + "gk" + rows[2][5:]
    rows[8] = "m" + rows[8]
    return "".join(f">row{k}\n{row}\n" for k, row in enumerate(rows))


def write(directory: Path, seed: int) -> None:
    text = a3m_text(small_alignment(np.random.default_rng(seed)))
    msa = parse_a3m(text).msa
    head = f"# seed {seed}, format {FORMAT_VERSION}, python -m anfinsen.data.golden\n"
    directory.mkdir(parents=True, exist_ok=True)
    (directory / "coevolution.a3m").write_text(text)
    weights = "".join(f"{weight:.9g}\n" for weight in row_weights(msa))
    (directory / "coevolution-weights.tsv").write_text(head + weights)
    features = coevolution(msa).features()
    lines = [
        "\t".join([str(i), str(j), *(f"{value:.7g}" for value in features[i, j])])
        for i in range(N_RES) for j in range(N_RES)]
    (directory / "coevolution.tsv").write_text(head + "\n".join(lines) + "\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--output", type=Path, default=DIRECTORY)
    parser.add_argument("--seed", type=int, default=7)
    options = parser.parse_args()
    write(options.output, options.seed)


if __name__ == "__main__":
    main()
