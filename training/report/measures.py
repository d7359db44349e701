"""What the report measures of a chain: secondary structure, contact order, missing atoms, contact precision."""

import numpy as np

from anfinsen.data.statistics import contact_pairs
from anfinsen.data.structures import C, CA, Chain, N, backbone_mask, pseudo_beta

HELIX, STRAND, COIL = "helix", "strand", "coil"
HELIX_RUN_MIN, STRAND_RUN_MIN = 4, 3
# Ramachandran regions in degrees: (phi low, phi high, psi low, psi high). The beta region wraps around psi = 180.
HELIX_REGION = (-110, -30, -80, 0)
STRAND_REGION = (-180, -60, 90, 200)
LONG_RANGE = 24


def backbone_torsions(chain: Chain) -> tuple[np.ndarray, np.ndarray]:
    """phi and psi in degrees, NaN where an atom or a bonded neighbour is missing: float [N_res] each."""
    phi, psi = np.full(len(chain), np.nan), np.full(len(chain), np.nan)
    whole = backbone_mask(chain.mask)
    bonded = whole[1:] & whole[:-1] & (np.diff(chain.residue_index) == 1)
    n, ca, c = (chain.positions[:, atom].astype(float) for atom in (N, CA, C))
    phi[1:] = np.where(bonded, torsion(c[:-1], n[1:], ca[1:], c[1:]), np.nan)
    psi[:-1] = np.where(bonded, torsion(n[:-1], ca[:-1], c[:-1], n[1:]), np.nan)
    return phi, psi


def torsion(a: np.ndarray, b: np.ndarray, c: np.ndarray, d: np.ndarray) -> np.ndarray:
    """Torsion angle about b-c in degrees, IUPAC sign, -180 to 180; 0 where points coincide."""
    axis = c - b
    first, second = np.cross(b - a, axis), np.cross(axis, d - c)
    sine = (np.cross(first, second) * axis).sum(-1)
    cosine = (first * second).sum(-1) * np.linalg.norm(axis, axis=-1)
    return np.degrees(np.arctan2(sine, cosine))


def secondary_structure(chain: Chain) -> np.ndarray:
    """helix, strand or coil from backbone torsions alone (not DSSP, no hydrogen bonds): str [N_res].

    Helix: at least 4 residues in a row with phi -110 to -30 and psi -80 to 0. Strand: at least 3 in a row with phi -180
    to -60 and psi 90 to 200, that is, up to -160 across the wrap.
    """
    phi, psi = backbone_torsions(chain)
    states = np.full(len(chain), COIL, dtype="<U6")
    states[_runs(_inside(phi, psi, HELIX_REGION), HELIX_RUN_MIN)] = HELIX
    states[_runs(_inside(phi, psi, STRAND_REGION), STRAND_RUN_MIN)] = STRAND
    return states


def _inside(phi: np.ndarray, psi: np.ndarray, region: tuple[float, float, float, float]) -> np.ndarray:
    phi_low, phi_high, psi_low, psi_high = region
    return (phi >= phi_low) & (phi <= phi_high) & ((psi - psi_low) % 360 <= psi_high - psi_low)


def _runs(flags: np.ndarray, length_min: int) -> np.ndarray:
    """Keeps runs of at least length_min true values."""
    edges = np.flatnonzero(np.diff(np.concatenate([[False], flags, [False]])))
    kept = np.zeros(len(flags), bool)
    for start, stop in edges.reshape(-1, 2):
        kept[start:stop] = stop - start >= length_min
    return kept


def relative_contact_order(chain: Chain) -> float:
    """Mean sequence separation of contacts (pseudo-beta < 8 Å, at least 3 apart) over the length; NaN without any."""
    i, j = contact_pairs(chain).T
    return float((j - i).mean() / len(chain)) if len(i) else float("nan")


def contact_precision(scores: np.ndarray, chain: Chain) -> float:
    """Share of native contacts (pseudo-beta < 8 Å) among the L/5 best-scored pairs at least 24 apart.

    NaN where the chain has fewer than L/5 such contacts: its best possible value would not be 1.
    """
    beta, known = pseudo_beta(chain.aatype, chain.positions, chain.mask)
    i, j = np.triu_indices(len(chain), LONG_RANGE)
    contact = known[i] & known[j] & (np.square(beta[i] - beta[j]).sum(-1) < 64)
    n_best = len(chain) // 5
    if contact.sum() < n_best:
        return float("nan")
    return float(contact[np.argsort(-scores[i, j], kind="stable")[:n_best]].mean())


def missing_atoms(chains: list[Chain]) -> dict[str, float]:
    """Shares of residues: whole, side chain cut short, backbone incomplete. An atom is due if 1 % of a type have it."""
    aatype = np.concatenate([chain.aatype for chain in chains])
    mask = np.concatenate([chain.mask for chain in chains])
    due = np.stack([mask[aatype == kind].mean(0) > 0.01 if (aatype == kind).any() else np.zeros(14, bool)
                    for kind in range(20)])
    lacking = due[aatype] & ~mask
    backbone = lacking[:, :4].any(-1)
    side_chain = lacking[:, 4:].any(-1) & ~backbone
    return {"whole": float((~backbone & ~side_chain).mean()), "side chain cut short": float(side_chain.mean()),
            "backbone incomplete": float(backbone.mean())}
