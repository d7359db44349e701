#!/usr/bin/env python3
"""Writes structure's table of Ramachandran regions from the backbone torsions of known structures.

Usage: ramachandran_regions.py CHAINS.npz > structure/src/main/resources/org/anfinsen/structure/constants/ramachandran.tsv

CHAINS.npz: atom14_centiangstrom [residues, 14, 3], atom14_mask [residues], aatype [residues], offset [chains + 1].
As Lovell et al. (Proteins 50, 437, 2003) drew their contours: the density of (phi, psi) on a 5 degree grid, smoothed by
a Gaussian of 6 degrees; the densest cells that hold 98 % of all residues are favoured, those that hold 99.8 % allowed.
Only well-determined chains are counted: 50 residues or more, and none but glycine with a left-handed strand's torsions
(phi > 0, psi not that of a left-handed helix), which poorly fitted residues have and well-fitted ones hardly ever do.
"""

import sys

import numpy as np

CELL = 5
CELLS = 360 // CELL
SMOOTHING_DEGREES = 6.0
FAVOURED = 0.98
ALLOWED = 0.998
PEPTIDE_BOND = 1.33
SHORTEST_CHAIN = 50
LEFT_HANDED_HELIX_PSI = (-30, 90)
GLY, PRO = 7, 14


def dihedral(a, b, c, d):
    axis = c - b
    first = np.cross(b - a, axis)
    second = np.cross(axis, d - c)
    sin = np.linalg.norm(axis, axis=-1) * ((b - a) * second).sum(-1)
    return np.degrees(np.arctan2(sin, (first * second).sum(-1)))


def torsions(path):
    """phi, psi in degrees and residue kind of every residue bonded on both sides, in well-determined chains."""
    data = np.load(path)
    backbone = data["atom14_centiangstrom"][:, :3].astype(np.float64) / 100
    present = (data["atom14_mask"] & 7) == 7
    aatype = data["aatype"]
    first = np.zeros(len(aatype) + 1, bool)
    first[data["offset"]] = True
    n, ca, c = backbone[:, 0], backbone[:, 1], backbone[:, 2]
    bond = np.linalg.norm(c[:-1] - n[1:], axis=-1)
    joined = (np.abs(bond - PEPTIDE_BOND) < 0.1) & present[:-1] & present[1:] & ~first[1:-1]
    middle = np.where(joined[:-1] & joined[1:])[0] + 1
    phi = dihedral(c[middle - 1], n[middle], ca[middle], c[middle])
    psi = dihedral(n[middle], ca[middle], c[middle], n[middle + 1])
    kind = np.where(
        aatype[middle] == GLY,
        "glycine",
        np.where(aatype[middle] == PRO, "proline", np.where(aatype[middle + 1] == PRO, "pre_proline", "general")),
    )
    chain = np.searchsorted(data["offset"], middle, side="right") - 1
    low, high = LEFT_HANDED_HELIX_PSI
    strained = (kind != "glycine") & (phi > 0) & ((psi < low) | (psi > high))
    length = np.bincount(chain, minlength=len(data["offset"]))
    sound = (length >= SHORTEST_CHAIN) & (np.bincount(chain, weights=strained, minlength=len(length)) == 0)
    chosen = sound[chain]
    return phi[chosen], psi[chosen], kind[chosen]


def regions(phi, psi):
    """Letters [CELLS, CELLS]: F favoured, A allowed, O outlier."""
    counts, _, _ = np.histogram2d(phi, psi, bins=CELLS, range=[[-180, 180], [-180, 180]])
    frequency = np.fft.fftfreq(CELLS, d=CELL)
    transfer = np.exp(-2 * (np.pi * SMOOTHING_DEGREES * frequency) ** 2)
    density = np.fft.ifft2(np.fft.fft2(counts) * transfer[:, None] * transfer[None, :]).real
    order = np.argsort(-density, axis=None)
    held = np.cumsum(counts.flat[order]) / counts.sum()
    letters = np.full(CELLS * CELLS, "O")
    letters[order[: np.searchsorted(held, ALLOWED) + 1]] = "A"
    letters[order[: np.searchsorted(held, FAVOURED) + 1]] = "F"
    return letters.reshape(CELLS, CELLS)


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    phi, psi, kind = torsions(sys.argv[1])
    print(f"# Ramachandran regions on a grid of {CELL} degrees, from {len(phi)} residues of structures in the Protein Data")
    print("# Bank (CC0), by scripts/ramachandran_regions.py. One row per phi cell, counted from -180; one letter per psi")
    print(f"# cell, counted from -180: F favoured ({FAVOURED:.1%} of residues), A allowed ({ALLOWED:.1%}), O outlier.")
    print("kind\tphi_cell\tpsi_cells")
    for name in ("general", "glycine", "proline", "pre_proline"):
        chosen = kind == name
        for k, row in enumerate(regions(phi[chosen], psi[chosen])):
            print(f"{name}\t{k}\t{''.join(row)}")


if __name__ == "__main__":
    main()
