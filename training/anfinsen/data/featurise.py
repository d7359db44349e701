"""From an alignment to the network's input features: Jumper et al. 2021, Suppl. Sec. 1.2.6-1.2.9 and Table 1.

The order is the published pipeline's: choose cluster centres, mask them (BERT), assign the other rows to centres,
summarise clusters, choose extra rows, assemble. Row 0 of the cluster centres is always the query.

Departs from the supplement: with no row left for the extra stack, the query itself is the one extra row. Otherwise
its outer product mean would divide a bias by 1e-3 for every shallow alignment, and training meets those often.
"""

from dataclasses import dataclass

import numpy as np

from anfinsen.data.alignment import Alignment
from anfinsen.data.alphabet import MASK, N_RESTYPES, UNKNOWN

N_CODES = 22  # 20 amino acids, X, gap
N_CODES_MASKED = 23  # and the mask token
EPSILON = 1e-6


@dataclass(frozen=True)
class MaskingConfig:
    """BERT masking: the share of positions to predict, and what replaces those: 10/10/10/70 %."""

    replace_fraction: float = 0.15
    uniform: float = 0.1
    profile: float = 0.1
    same: float = 0.1


NO_MASKING = MaskingConfig(replace_fraction=0.0)


def msa_features(
    alignment: Alignment, n_seq: int, n_extra: int, rng: np.random.Generator | None,
    masking: MaskingConfig = NO_MASKING, query_as_extra: bool = True,
) -> dict[str, np.ndarray]:
    """The MSA features of one alignment, zero-padded to n_seq and n_extra rows.

    rng: draws rows, extra rows and masking; None keeps the order of rows and masks nothing, which is deterministic.

    Returns float32 unless noted: msa_feat [n_seq, N_res, 49], msa_mask [n_seq, N_res],
    extra_msa_feat [n_extra, N_res, 25], extra_msa_mask [n_extra, N_res], true_msa int64 [n_seq, N_res],
    bert_mask [n_seq, N_res].
    """
    n_rows, n_res = alignment.msa.shape
    order = np.arange(n_rows) if rng is None else np.concatenate([[0], 1 + rng.permutation(n_rows - 1)])
    centres, others = alignment.rows(order[:n_seq]), alignment.rows(order[n_seq:])
    if rng is None:
        masked, bert_mask = centres.msa, np.zeros(centres.msa.shape, bool)
    else:
        masked, bert_mask = masked_msa(centres.msa, profile(alignment.msa), masking, rng)
    assignment = nearest_centres(masked, others.msa)
    cluster_profile, cluster_deletions = summarise(masked, centres.deletions, others, assignment)
    n_centres = len(masked)
    msa_feat = np.zeros((n_seq, n_res, 49), np.float32)
    msa_feat[:n_centres, :, :23] = one_hot(masked, N_CODES_MASKED)
    msa_feat[:n_centres, :, 23] = np.minimum(centres.deletions, 1)
    msa_feat[:n_centres, :, 24] = squashed_deletions(centres.deletions)
    msa_feat[:n_centres, :, 25:48] = cluster_profile
    msa_feat[:n_centres, :, 48] = squashed_deletions(cluster_deletions)
    extra = others.rows(slice(n_extra))  # already in random order
    if len(extra.msa) == 0 and query_as_extra and n_extra > 0:
        extra = alignment.rows(slice(1))
    n_present = len(extra.msa)
    extra_feat = np.zeros((n_extra, n_res, 25), np.float32)
    extra_feat[:n_present, :, :23] = one_hot(extra.msa, N_CODES_MASKED)
    extra_feat[:n_present, :, 23] = np.minimum(extra.deletions, 1)
    extra_feat[:n_present, :, 24] = squashed_deletions(extra.deletions)
    return {
        "msa_feat": msa_feat,
        "msa_mask": _row_mask(n_centres, n_seq, n_res),
        "extra_msa_feat": extra_feat,
        "extra_msa_mask": _row_mask(n_present, n_extra, n_res),
        "true_msa": _padded(centres.msa.astype(np.int64), n_seq),
        "bert_mask": _padded(bert_mask.astype(np.float32), n_seq),
    }


def target_features(aatype: np.ndarray, between_segment: np.ndarray | None = None) -> np.ndarray:
    """target_feat float32 [N_res, 22]: break flag and one-hot of 21 types."""
    features = np.zeros((len(aatype), 22), np.float32)
    if between_segment is not None:
        features[:, 0] = np.clip(between_segment, 0, 1)
    features[np.arange(len(aatype)), 1 + aatype.astype(int)] = 1
    return features


def profile(msa: np.ndarray) -> np.ndarray:
    """Frequencies of the 22 codes in each column, unweighted: float32 [N_res, 22]."""
    return np.stack([(msa == code).mean(0) for code in range(N_CODES)], -1).astype(np.float32)


def masked_msa(
    msa: np.ndarray, column_profile: np.ndarray, config: MaskingConfig, rng: np.random.Generator,
) -> tuple[np.ndarray, np.ndarray]:
    """Replaces a share of all positions by a uniform residue, a draw from the profile, themselves or the mask token.

    Returns the masked MSA uint8 [N_seq, N_res] and bert_mask bool [N_seq, N_res], true where a position was chosen.
    """
    chosen = rng.random(msa.shape) < config.replace_fraction
    row, column = np.nonzero(chosen)
    kind = rng.random(len(row))
    edges = np.cumsum([config.uniform, config.profile, config.same])
    uniform = rng.integers(N_RESTYPES, size=len(row))
    cumulative = np.cumsum(column_profile[column], -1)
    drawn = (cumulative < rng.random((len(row), 1)) * cumulative[:, -1:]).sum(-1)
    values = np.select(
        [kind < edges[0], kind < edges[1], kind < edges[2]], [uniform, drawn, msa[row, column]], default=MASK)
    masked = msa.copy()
    masked[row, column] = values
    return masked, chosen


def nearest_centres(centres: np.ndarray, others: np.ndarray) -> np.ndarray:
    """The centre with most agreeing positions, for each other row; gaps and mask tokens do not count.

    centres uint8 [N_seq, N_res], others uint8 [N_other, N_res]; int [N_other]; ties go to the lowest index.
    """
    agreement = np.zeros((len(others), len(centres)), np.float32)
    for code in range(UNKNOWN + 1):
        agreement += (others == code).astype(np.float32) @ (centres == code).astype(np.float32).T
    return agreement.argmax(-1)


def summarise(
    centres: np.ndarray, centre_deletions: np.ndarray, others: Alignment, assignment: np.ndarray,
) -> tuple[np.ndarray, np.ndarray]:
    """Profile float32 [N_seq, N_res, 23] and mean deletions [N_seq, N_res] over each centre and its members."""
    n_seq, n_res = centres.shape
    counts = one_hot(centres, N_CODES_MASKED)
    flat = counts.reshape(-1)
    where = (assignment[:, None] * n_res + np.arange(n_res)) * N_CODES_MASKED + others.msa
    flat += np.bincount(where.ravel(), minlength=len(flat)).astype(np.float32)
    deletions = centre_deletions.astype(np.float32)
    np.add.at(deletions, assignment, others.deletions.astype(np.float32))
    members = (1 + np.bincount(assignment, minlength=n_seq) + EPSILON).astype(np.float32)
    return counts / members[:, None, None], deletions / members[:, None]


def squashed_deletions(deletions: np.ndarray) -> np.ndarray:
    """2/pi arctan(d/3), which maps counts to 0-1."""
    return (np.arctan(deletions.astype(np.float32) / 3) * (2 / np.pi)).astype(np.float32)


def one_hot(codes: np.ndarray, n: int) -> np.ndarray:
    """float32 [..., n]."""
    return np.eye(n, dtype=np.float32)[codes]


def _row_mask(n_present: int, n_rows: int, n_res: int) -> np.ndarray:
    mask = np.zeros((n_rows, n_res), np.float32)
    mask[:n_present] = 1
    return mask


def _padded(rows: np.ndarray, n_rows: int) -> np.ndarray:
    padded = np.zeros((n_rows, *rows.shape[1:]), rows.dtype)
    padded[:len(rows)] = rows
    return padded
