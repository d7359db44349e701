"""Rigid frames and atoms: torsion angles to coordinates (Jumper et al. 2021, Suppl. 1.8). Lengths in Angstrom."""
