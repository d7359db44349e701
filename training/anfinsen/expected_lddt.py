"""How right a fold is by the distogram that it was folded from."""

import numpy as np

from anfinsen.data.structures import GLYCINE
from anfinsen.distogram_folding import FIRST_POINT_ANGSTROM, N_BINS, STEP_ANGSTROM, beta_positions

INCLUSION_ANGSTROM = 15.0
THRESHOLDS_ANGSTROM = (0.5, 1.0, 2.0, 4.0)


def expected_lddt(distogram: np.ndarray, backbone: np.ndarray, aatype: np.ndarray) -> np.ndarray:
    """lDDT (Mariani et al. 2013) of each residue's pseudo-beta if native distances were as the distogram says: [N_res], 0 to 1.

    Of the distances whose bin's middle is below 15 Å, the share that the fold keeps within 0.5, 1, 2 and 4 Å, averaged over the
    four; within a bin all distances are equally likely. The Java class `pipeline.confidence.ExpectedLddt` is the same.

    :param distogram: probabilities [N_res, N_res, 64]
    :param backbone: N, CA, C [N_res, 3, 3] in Å
    :param aatype: [N_res]
    """
    n, alpha, c = backbone[:, 0], backbone[:, 1], backbone[:, 2]
    beta = np.where((aatype == GLYCINE)[:, None], alpha, beta_positions(n, alpha, c))
    distance = np.linalg.norm(beta[:, None] - beta[None], axis=-1)[..., None]  # [N_res, N_res, 1]
    middles = FIRST_POINT_ANGSTROM + STEP_ANGSTROM * np.arange(N_BINS)
    middles = middles[middles < INCLUSION_ANGSTROM]
    others = ~np.eye(len(aatype), dtype=bool)
    near = np.where(others[..., None], distogram[..., : len(middles)], 0.0).astype(np.float64)
    kept = np.zeros_like(near)
    for threshold in THRESHOLDS_ANGSTROM:
        upper = np.minimum(middles + STEP_ANGSTROM / 2, distance + threshold)
        lower = np.maximum(middles - STEP_ANGSTROM / 2, distance - threshold)
        kept += np.maximum(upper - lower, 0.0) / (STEP_ANGSTROM * len(THRESHOLDS_ANGSTROM))
    return (near * kept).sum((1, 2)) / np.maximum(near.sum((1, 2)), 1e-9)
