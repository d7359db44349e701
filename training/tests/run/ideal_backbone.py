"""Backbones of ideal bonds and angles, by their torsions."""

import numpy as np

from anfinsen.distogram_folding import C_N_ANGSTROM, C_N_CA, CA_C_ANGSTROM, CA_C_N, N_CA_ANGSTROM, N_CA_C


def backbone_of(phi, psi):
    """N, CA, C [N_res, 3, 3] of trans peptides, atom by atom."""
    atoms = [np.zeros(3), np.array([N_CA_ANGSTROM, 0, 0])]
    atoms.append(atoms[1] + CA_C_ANGSTROM * np.array([-np.cos(N_CA_C), np.sin(N_CA_C), 0]))
    for i in range(1, len(phi)):
        atoms.append(_extended(atoms, C_N_ANGSTROM, CA_C_N, psi[i - 1]))
        atoms.append(_extended(atoms, N_CA_ANGSTROM, C_N_CA, np.pi))
        atoms.append(_extended(atoms, CA_C_ANGSTROM, N_CA_C, phi[i]))
    return np.reshape(atoms, (len(phi), 3, 3))


def _extended(atoms, bond, angle, torsion):
    a, b, c = atoms[-3:]
    along = (c - b) / np.linalg.norm(c - b)
    normal = np.cross(b - a, along)
    normal /= np.linalg.norm(normal)
    turned = np.cos(torsion) * np.cross(normal, along) + np.sin(torsion) * normal
    return c + bond * (-np.cos(angle) * along + np.sin(angle) * turned)
