"""The residue codes used everywhere here: AlphaFold's order, then X, gap and the mask token."""

import numpy as np

RESTYPES = "ARNDCQEGHILKMFPSTWYV"
N_RESTYPES = len(RESTYPES)
UNKNOWN = 20
GAP = 21
MASK = 22
LETTERS = RESTYPES + "X-"

# HHblits numbers the twenty letters alphabetically, then X and gap.
HHBLITS_TO_CODE = np.array([LETTERS.index(letter) for letter in sorted(RESTYPES) + ["X", "-"]], np.uint8)

# Letters outside the alphabet, as AlphaFold's reader maps them.
_AMBIGUOUS = {"B": "D", "Z": "E", "U": "C", "J": "X", "O": "X", ".": "-"}


def _code_table() -> np.ndarray:
    table = np.full(256, UNKNOWN, np.uint8)
    for letter in LETTERS:
        table[ord(letter)] = LETTERS.index(letter)
    for letter, meaning in _AMBIGUOUS.items():
        table[ord(letter)] = LETTERS.index(meaning)
    return table


CODE_OF_BYTE = _code_table()


def encode(sequence: str) -> np.ndarray:
    """Upper-case letters and gaps to codes, uint8 [length]; anything unknown becomes X."""
    return CODE_OF_BYTE[np.frombuffer(sequence.encode("ascii"), np.uint8)]


def decode(codes: np.ndarray) -> str:
    """The inverse of encode for codes 0-21."""
    return "".join(LETTERS[code] for code in codes)
