"""Training samples from prepared arrays: a chain, one of its alignments, a crop, and labels of the same residues."""

from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from anfinsen.data.alignment import Alignment
from anfinsen.data.coevolution import N_CHANNELS, N_MAPS, Coevolution, coevolution
from anfinsen.data.featurise import NO_MASKING, MaskingConfig, msa_features, target_features
from anfinsen.data.packing import PreparedAlignment, open_directory, unpack_alignment, unpack_chain
from anfinsen.data.structures import Chain, backbone_mask, pseudo_beta

SYNTHETIC, REAL, DEEP, QUERY = "synthetic", "real", "deep", "query"
FALLBACK = {
    SYNTHETIC: (SYNTHETIC, REAL, QUERY), REAL: (REAL, SYNTHETIC, QUERY), DEEP: (DEEP, REAL, QUERY), QUERY: (QUERY,)}
CONTACT_ANGSTROM = 8.0
CONTACT_ATTEMPTS = 8
REFRESH_SAMPLES = 256
# Clusters are drawn by length between these bounds: a long chain holds more different crops.
WEIGHT_N_RES = (64, 192)


@dataclass(frozen=True)
class SampleConfig:
    """Sizes and odds of one sample.

    spatial_probability: the share of crops that are two windows of n_res / 2 residues, in contact in the structure.
    kind_probability: odds of a synthetic alignment, a real one and the query alone; an absent kind falls back.
    """

    n_res: int = 64
    n_seq: int = 32
    n_extra: int = 64
    spatial_probability: float = 0.5
    kind_probability: dict[str, float] = field(default_factory=lambda: {SYNTHETIC: 0.5, REAL: 0.35, QUERY: 0.15})
    masking: MaskingConfig = MaskingConfig()
    query_as_extra: bool = True


class Dataset:
    """The chains of one list ("train", "validation" or "heldout") of a prepared directory.

    Usable while preparation runs: new shards are picked up every 256 samples or by refresh().
    """

    def __init__(self, prepared: Path, list_name: str = "train"):
        self._prepared = Path(prepared)
        self._shards: dict[str, dict[str, np.ndarray]] = {}
        self._entries: dict[tuple[int, str], list[tuple[str, int]]] = {}
        self._index_chains(open_directory(self._prepared / "chains"), list_name)
        self.refresh()

    def _index_chains(self, chains: dict[str, np.ndarray], list_name: str) -> None:
        """Takes pack_chains' arrays and weighs the clusters of a list. Raises ValueError if it is empty."""
        self._chains = chains
        self._places = np.flatnonzero(chains["list"] == list_name)
        if len(self._places) == 0:
            raise ValueError(f"no chain of list {list_name!r} in {self._prepared}")
        self._members_with: dict[str, list[np.ndarray]] = {}
        self._n_drawn = 0
        n_res = np.diff(self._chains["offset"])[self._places]
        clusters = self._chains["cluster"][self._places]
        self._members = [np.flatnonzero(clusters == cluster) for cluster in np.unique(clusters)]
        weights = np.array([np.clip(n_res[members].mean(), *WEIGHT_N_RES) for members in self._members])
        self._cumulative = np.cumsum(weights / weights.sum())

    def __len__(self) -> int:
        return len(self._places)

    def refresh(self) -> None:
        """Picks up shards finished since the last call."""
        self._members_with.clear()
        for path in sorted((self._prepared / "shards").glob("*-*")):
            if path.name not in self._shards and not path.name.startswith("."):
                arrays = open_directory(path)
                self._shards[path.name] = arrays
                kind = path.name.split("-")[0]
                for k, chain in enumerate(arrays["chain"]):
                    self._entries.setdefault((int(chain), kind), []).append((path.name, k))

    def _clusters_with(self, kind: str) -> list[np.ndarray]:
        """The chains that have an alignment of this kind, by cluster; kept until the next refresh."""
        if kind not in self._members_with:
            having = [members[[self.has(k, kind) for k in members]] for members in self._members]
            self._members_with[kind] = [members for members in having if len(members)]
            if not self._members_with[kind]:
                raise ValueError(f"no chain in {self._prepared} has an alignment of kind {kind!r}")
        return self._members_with[kind]

    def draw_index(self, rng: np.random.Generator, kind: str | None = None) -> int:
        """A chain drawn evenly over clusters (longer ones more often), then within the cluster.

        kind: of those that have an alignment of this kind, evenly over clusters. Raises ValueError if none has.
        """
        if kind is not None:
            clusters = self._clusters_with(kind)
            return int(rng.choice(clusters[rng.integers(len(clusters))]))
        cluster = min(int(np.searchsorted(self._cumulative, rng.random())), len(self._members) - 1)
        return int(rng.choice(self._members[cluster]))

    def chain(self, index: int) -> Chain:
        return unpack_chain(self._chains, int(self._places[index]))

    def has(self, index: int, kind: str) -> bool:
        """Whether the chain has an alignment of this kind; every chain has its query."""
        return kind == QUERY or (int(self._places[index]), kind) in self._entries

    def sample(self, index: int, rng: np.random.Generator, config: SampleConfig) -> dict[str, np.ndarray]:
        """One random crop of one chain with a random alignment; all sizes as in config, zero-padded.

        Features: target_feat [N_res, 22], residue_index and aatype int64 [N_res], seq_mask [N_res],
        msa_feat [N_seq, N_res, 49], msa_mask [N_seq, N_res], extra_msa_feat [N_extra, N_res, 25],
        extra_msa_mask [N_extra, N_res], coevolution [N_res, N_res, 7].
        Labels: label/atom14_positions [N_res, 14, 3] in Å, label/atom14_mask [N_res, 14], label/pseudo_beta [N_res, 3],
        label/pseudo_beta_mask [N_res], label/backbone_mask [N_res], label/true_msa int64 [N_seq, N_res],
        label/bert_mask [N_seq, N_res]. float32 unless noted.
        """
        self._n_drawn += 1
        if self._n_drawn % REFRESH_SAMPLES == 0:
            self.refresh()
        chain = self.chain(index)
        kinds = list(config.kind_probability)
        odds = np.array(list(config.kind_probability.values()))
        kind = kinds[rng.choice(len(kinds), p=odds / odds.sum())]
        kind = next(kind for kind in FALLBACK[kind] if self.has(index, kind))
        prepared = self.alignment(index, kind, rng)
        residues = crop(chain, config.n_res, config.spatial_probability, rng)
        return padded(features_and_labels(chain, prepared, residues, config, rng), config.n_res)

    def full_chain(
        self, index: int, kind: str, config: SampleConfig = SampleConfig(), rng: np.random.Generator | None = None,
    ) -> dict[str, np.ndarray]:
        """The whole chain with an alignment of this kind, without crop or padding of residues, for validation.

        Without rng: the first alignment, rows in their order, no BERT masking. Raises KeyError if the kind is absent.
        """
        chain = self.chain(index)
        prepared = self.alignment(index, kind, rng)
        return features_and_labels(chain, prepared, np.arange(len(chain)), config, rng)

    def alignment(self, index: int, kind: str, rng: np.random.Generator | None = None) -> PreparedAlignment:
        """An alignment of the whole chain: a random one of its kind, without rng the first. KeyError if none."""
        place = int(self._places[index])
        if kind == QUERY:
            return query_only(place, self.chain(index).aatype)
        if not self.has(index, kind):
            raise KeyError(f"chain {index} has no {kind} alignment")
        entries = self._entries[place, kind]
        shard, k = entries[0 if rng is None else int(rng.integers(len(entries)))]
        return unpack_alignment(self._shards[shard], k)


def query_only(place: int, aatype: np.ndarray) -> PreparedAlignment:
    """The alignment that holds nothing but the query; its coevolution is zero."""
    msa = np.asarray(aatype)[None]
    return PreparedAlignment(place, Alignment(msa, np.zeros_like(msa)), coevolution(msa))


def crop(chain: Chain, n_res: int, spatial_probability: float, rng: np.random.Generator) -> np.ndarray:
    """Ascending residue indices: the whole chain if it fits, else one window of n_res, or two that are in contact."""
    length = len(chain)
    if length <= n_res:
        return np.arange(length)
    if rng.random() < spatial_probability:
        windows = contact_windows(chain, n_res // 2, rng)
        if windows is not None:
            first, second = windows
            width = n_res // 2
            return np.concatenate([np.arange(first, first + width), np.arange(second, second + width)])
    start = int(rng.integers(length - n_res + 1))
    return np.arange(start, start + n_res)


def contact_windows(chain: Chain, width: int, rng: np.random.Generator) -> tuple[int, int] | None:
    """Starts of two disjoint windows, first before second, around a random contact; None if no contact is found."""
    length = len(chain)
    beta, known = pseudo_beta(chain.aatype, chain.positions, chain.mask)
    for _ in range(CONTACT_ATTEMPTS):
        i = int(rng.integers(length))
        distance = np.linalg.norm(beta - beta[i], axis=-1)
        apart = np.abs(np.arange(length) - i) >= width
        partners = np.flatnonzero((distance < CONTACT_ANGSTROM) & known & apart & known[i])
        if len(partners) == 0:
            continue
        low, high = sorted((i, int(rng.choice(partners))))
        first = int(np.clip(low - rng.integers(width), 0, length - 2 * width))
        second = int(np.clip(high - rng.integers(width), first + width, length - width))
        if first <= low < first + width and second <= high < second + width:
            return first, second
    return None


def features_and_labels(
    chain: Chain, prepared: PreparedAlignment, residues: np.ndarray, config: SampleConfig,
    rng: np.random.Generator | None,
) -> dict[str, np.ndarray]:
    """The sample of the given residues, not padded. Coevolution is of the whole chain's alignment, then cropped."""
    aatype = chain.aatype[residues]
    alignment = prepared.alignment.columns(residues)
    masking = config.masking if rng is not None else NO_MASKING
    sample = msa_features(alignment, config.n_seq, config.n_extra, rng, masking, config.query_as_extra)
    sample["label/true_msa"] = sample.pop("true_msa")
    sample["label/bert_mask"] = sample.pop("bert_mask")
    beta, beta_mask = pseudo_beta(aatype, chain.positions[residues], chain.mask[residues])
    sample |= {
        "target_feat": target_features(aatype),
        "residue_index": chain.residue_index[residues].astype(np.int64),
        "aatype": aatype.astype(np.int64),
        "seq_mask": np.ones(len(residues), np.float32),
        "coevolution": cropped_coevolution(prepared.coevolution, residues),
        "label/atom14_positions": chain.positions[residues].astype(np.float32),
        "label/atom14_mask": chain.mask[residues].astype(np.float32),
        "label/pseudo_beta": beta,
        "label/pseudo_beta_mask": beta_mask.astype(np.float32),
        "label/backbone_mask": backbone_mask(chain.mask[residues]).astype(np.float32),
    }
    return sample


def cropped_coevolution(whole: Coevolution, residues: np.ndarray) -> np.ndarray:
    """The seven channels between the given residues: float32 [N_res, N_res, 7]."""
    n_res = len(residues)
    features = np.empty((n_res, n_res, N_CHANNELS), np.float32)
    for k in range(N_MAPS):
        features[..., k] = whole.maps[k][residues][:, residues]
    features[..., N_MAPS:] = whole.scale
    return features


# The axes of each array that count residues; padding goes there.
RESIDUE_AXES = {
    "target_feat": (0,), "residue_index": (0,), "aatype": (0,), "seq_mask": (0,), "msa_feat": (1,), "msa_mask": (1,),
    "extra_msa_feat": (1,), "extra_msa_mask": (1,), "coevolution": (0, 1), "label/atom14_positions": (0,),
    "label/atom14_mask": (0,), "label/pseudo_beta": (0,), "label/pseudo_beta_mask": (0,), "label/backbone_mask": (0,),
    "label/true_msa": (1,), "label/bert_mask": (1,),
}


def padded(sample: dict[str, np.ndarray], n_res: int) -> dict[str, np.ndarray]:
    """Zero-pads every residue axis to n_res."""
    missing = n_res - len(sample["seq_mask"])
    if missing == 0:
        return sample
    return {
        name: np.pad(array, [(0, missing if axis in RESIDUE_AXES[name] else 0) for axis in range(array.ndim)])
        for name, array in sample.items()}
