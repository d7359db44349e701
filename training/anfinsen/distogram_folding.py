"""Folds a backbone from a distogram, by gradient descent over phi and psi: Senior et al. 2020 (AlphaFold 1), Methods.

The service does the same in Java (`structure/folding`, `pipeline/folding`) with the constants of the model's card. Here it is
for measuring a network and for teaching its confidence heads; numpy, all starts of a round at once, derivatives by hand.
"""

import dataclasses
from dataclasses import dataclass

import numpy as np

from anfinsen.data.structures import GLYCINE
from anfinsen.loss.residue_tables import PROLINE
from anfinsen.secondary_structure import dihedral, hydrogens, oxygens

FIRST_EDGE_ANGSTROM, LAST_EDGE_ANGSTROM, N_BINS = 2.3125, 21.6875, 64
STEP_ANGSTROM = (LAST_EDGE_ANGSTROM - FIRST_EDGE_ANGSTROM) / (N_BINS - 2)
FIRST_POINT_ANGSTROM = FIRST_EDGE_ANGSTROM - STEP_ANGSTROM / 2
LEVEL_FROM_ANGSTROM = 20.0
REFERENCE_POWER = 1.57  # pairs at a distance in a dense protein: Yang et al. 2020, after DFIRE
FLOOR = 1e-4
CORE_BINS = 4
SEPARATION_MIN = 3
CLASH_ANGSTROM = 4.0
HYDROGEN_BOND_ANGSTROM, HYDROGEN_BOND_WIDTH_ANGSTROM = 1.95, 0.6  # hydrogen to oxygen

C_N_ANGSTROM, N_CA_ANGSTROM, CA_C_ANGSTROM = 1.329, 1.458, 1.525
C_N_CA, N_CA_C, CA_C_N = np.radians([121.7, 111.0, 117.2])
BETA = (-0.58273431, 0.56802827, -0.54067466)  # of (CA - N) x (C - CA), CA - N, C - CA

FIRST_RATE, LAST_RATE = 0.085, 0.005
MEAN_DECAY, SQUARE_DECAY, EPSILON = 0.9, 0.999, 1e-8


@dataclass(frozen=True)
class Descent:
    """How the descent is made, `descent` of a model's card; chosen on validation chains.

    Rounds of `starts` descents of `steps`; the first round starts around the structure module's torsions, each later one around
    the best fold so far. Weights: of 1 - cos of a torsion's distance from the structure module's; of a hydrogen bond between two
    peptides; of the square of what two C-alpha atoms lack to 4 Å, in 1/Å². The latter two grow from 0 over a descent.

    pLDDT of the fold: its expected lDDT times a scale, and an offset (all of 0 to 1).
    """

    rounds: int = 2
    starts: int = 4
    steps: int = 500
    noise_radians: float = 0.2
    restart_noise_radians: float = 0.1
    torsion_weight: float = 10.0
    hydrogen_bond_weight: float = 5.0
    clash_weight: float = 2.5
    plddt_scale: float = 1.0
    plddt_offset: float = 0.0

    def card(self) -> dict[str, float]:
        """With the card's names, which are in camel case."""
        return {_camel_case(name): value for name, value in dataclasses.asdict(self).items()}

    @staticmethod
    def of_card(values: dict[str, float]) -> "Descent":
        names = {_camel_case(field.name): field.name for field in dataclasses.fields(Descent)}
        return Descent(**{names[name]: value for name, value in values.items()})

    def plddt(self, expected_lddt: np.ndarray) -> np.ndarray:
        """pLDDT [N_res] of a fold, 0 to 100, of its expected lDDT, 0 to 1."""
        return 100 * np.clip(self.plddt_scale * expected_lddt + self.plddt_offset, 0, 1)


def _camel_case(name: str) -> str:
    first, *others = name.split("_")
    return first + "".join(word.title() for word in others)


def potential(distogram: np.ndarray) -> np.ndarray:
    """Costs [N_res, N_res, 64] at the middles of the bins: how much likelier than by chance, a negative logarithm."""
    level = round((LEVEL_FROM_ANGSTROM - FIRST_POINT_ANGSTROM) / STEP_ANGSTROM)
    points = FIRST_POINT_ANGSTROM + STEP_ANGSTROM * np.arange(N_BINS)
    chance = (points / points[level]) ** REFERENCE_POWER
    raw = np.log(chance * distogram[..., level, None] + FLOOR) - np.log(distogram + FLOOR)
    costs = np.broadcast_to(raw[..., level, None], raw.shape).copy()
    before = np.concatenate([raw[..., :1], raw[..., : level - 1]], -1)
    costs[..., :level] = (before + 2 * raw[..., :level] + raw[..., 1 : level + 1]) / 4
    costs[..., :CORE_BINS] = costs[..., CORE_BINS, None] + np.arange(CORE_BINS, 0, -1)
    return costs


def torsions(backbone: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """phi and psi [N_res] of N, CA, C [N_res, 3, 3]; the first phi and the last psi are 0 and move nothing."""
    n, alpha, c = backbone[:, 0], backbone[:, 1], backbone[:, 2]
    phi, psi = np.zeros(len(n)), np.zeros(len(n))
    phi[1:] = dihedral(c[:-1], n[1:], alpha[1:], c[1:])
    psi[:-1] = dihedral(n[:-1], alpha[:-1], c[:-1], n[1:])
    return phi, psi


class Folding:
    """One chain's descent."""

    def __init__(self, distogram: np.ndarray, backbone: np.ndarray, aatype: np.ndarray, descent: Descent):
        """Distogram [N_res, N_res, 64], network's N, CA, C [N_res, 3, 3] in Å, residue types [N_res]."""
        n_res = len(aatype)
        self.descent, self.glycine, self.proline = descent, aatype == GLYCINE, aatype == PROLINE
        self.given = np.stack(torsions(backbone))  # [2, N_res]
        costs = potential(distogram.astype(np.float32)).astype(np.float32)
        apart = np.abs(np.subtract.outer(np.arange(n_res), np.arange(n_res))) >= SEPARATION_MIN
        self.apart = apart
        self.costs = np.where(apart[..., None], costs, 0).reshape(-1)
        self.rises = np.where(apart[..., None], np.diff(costs, axis=-1, append=costs[..., -1:]), 0).reshape(-1)
        self.rows = (np.arange(n_res * n_res) * N_BINS).reshape(n_res, n_res)

    def fold(self, seed: int) -> np.ndarray:
        """N, CA, C of the fold with the lowest cost: [N_res, 3, 3] in Å."""
        rng = np.random.default_rng(seed)
        best, lowest = self.given, np.inf
        for round_ in range(self.descent.rounds):
            noise = self.descent.restart_noise_radians if round_ else self.descent.noise_radians
            starts = best + noise * rng.standard_normal((self.descent.starts, *best.shape))
            ended, costs = self._descended(starts)
            if costs.min() < lowest:
                best, lowest = ended[costs.argmin()], costs.min()
        n, alpha, c = place(best[None, 0], best[None, 1])
        return np.stack([n[0], alpha[0], c[0]], 1)

    def _descended(self, angles: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Adam from [S, 2, N_res]: the last torsions and their costs [S]."""
        mean, square = np.zeros_like(angles), np.zeros_like(angles)
        for step in range(1, self.descent.steps + 1):
            done = (step - 1) / self.descent.steps
            _, gradient = self.cost(angles, done)
            mean = MEAN_DECAY * mean + (1 - MEAN_DECAY) * gradient
            square = SQUARE_DECAY * square + (1 - SQUARE_DECAY) * gradient**2
            rate = LAST_RATE + (FIRST_RATE - LAST_RATE) * (1 - done)
            size = np.sqrt(square / (1 - SQUARE_DECAY**step)) + EPSILON
            angles = angles - rate * mean / (1 - MEAN_DECAY**step) / size
        return angles, self.cost(angles, 1.0)[0]

    def cost(self, angles: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
        """Costs [S] of phi and psi [S, 2, N_res], and the derivatives by them."""
        n, alpha, c = place(angles[:, 0], angles[:, 1])
        beta = np.where(self.glycine[:, None], alpha, beta_positions(n, alpha, c))
        oxygen, hydrogen = oxygens(n, alpha, c), hydrogens(n, alpha, c)
        pair_cost, pull = self._distances(beta)
        by_beta = pull.sum(-1)[..., None] * beta - pull @ beta
        clash_cost, push = self._clashes(alpha, self.descent.clash_weight * share)
        by_alpha = push.sum(-1)[..., None] * alpha - push @ alpha
        bond_cost, bond = self._hydrogen_bonds(hydrogen, oxygen, self.descent.hydrogen_bond_weight * share)
        by_hydrogen = bond.sum(2)[..., None] * hydrogen - bond @ oxygen
        by_oxygen = bond.sum(1)[..., None] * oxygen - bond.transpose(0, 2, 1) @ hydrogen
        off = angles - self.given
        weight = self.descent.torsion_weight
        cost = pair_cost + clash_cost + bond_cost + weight * (1 - np.cos(off)).sum((1, 2))
        forces = Forces.on(alpha, by_alpha) + Forces.on(hydrogen, by_hydrogen)
        gradient = by_torsions(n, alpha, c, forces, Forces.on(beta, by_beta), Forces.on(oxygen, by_oxygen))
        return cost, gradient + weight * np.sin(off)

    def _distances(self, beta: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Costs [S], and the derivative of each pair's cost by its distance, over the distance: [S, N_res, N_res]."""
        distance = _distance_matrix(beta)
        place_ = np.clip((distance - FIRST_POINT_ANGSTROM) / STEP_ANGSTROM, 0, N_BINS - 1)
        bins = place_.astype(np.int64)
        index = self.rows + bins
        rise = self.rises[index]
        inside = (place_ > 0) & (place_ < N_BINS - 1)
        cost = (self.costs[index] + (place_ - bins) * rise).sum((1, 2)) / 2
        return cost, np.where(inside, rise / (STEP_ANGSTROM * np.maximum(distance, 1e-3)), 0)

    def _clashes(self, alpha: np.ndarray, weight: float) -> tuple[np.ndarray, np.ndarray]:
        distance = _distance_matrix(alpha)
        lacking = np.where(self.apart, np.maximum(CLASH_ANGSTROM - distance, 0), 0)
        return weight * (lacking**2).sum((1, 2)) / 2, -2 * weight * lacking / np.maximum(distance, 1e-3)

    def _hydrogen_bonds(self, hydrogen: np.ndarray, oxygen: np.ndarray, weight: float) -> tuple[np.ndarray, np.ndarray]:
        """Costs [S], and the derivative by the distance of each hydrogen and oxygen, over the distance: [S, N_res, N_res]."""
        distance = np.linalg.norm(hydrogen[:, :, None] - oxygen[:, None], axis=-1) + 1e-6
        can = self.apart & ~self.proline[:, None]
        can[0], can[:, -1] = False, False
        off = (distance - HYDROGEN_BOND_ANGSTROM) / HYDROGEN_BOND_WIDTH_ANGSTROM
        worth = np.where(can, weight * np.exp(-0.5 * off**2), 0)
        return -worth.sum((1, 2)), worth * off / HYDROGEN_BOND_WIDTH_ANGSTROM / distance


@dataclass(frozen=True)
class Forces:
    """Derivatives of the cost by the place of each residue's atoms [S, N_res, 3], and their torques about the origin."""

    force: np.ndarray
    torque: np.ndarray

    @staticmethod
    def on(atoms: np.ndarray, derivative: np.ndarray) -> "Forces":
        return Forces(derivative, np.cross(atoms, derivative))

    def __add__(self, other: "Forces") -> "Forces":
        return Forces(self.force + other.force, self.torque + other.torque)

    def of_later(self) -> "Forces":
        """Of the residues after each one."""
        return Forces(*(np.cumsum(x[:, ::-1], 1)[:, ::-1] - x for x in (self.force, self.torque)))

    def along(self, start: np.ndarray, end: np.ndarray) -> np.ndarray:
        """The derivative by a turn about each residue's axis: [S, N_res]."""
        axis = end - start
        axis /= np.linalg.norm(axis, axis=-1, keepdims=True)
        return (axis * (self.torque - np.cross(start, self.force))).sum(-1)


def place(phi: np.ndarray, psi: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """N, CA, C [S, N_res, 3] in Å of ideal trans peptides with these torsions [S, N_res] in radians.

    A residue's frame in the one before it depends on its torsions alone; all of them are chained in log2(N_res) rounds.
    """
    n_starts, n_res = phi.shape
    before = np.concatenate([np.zeros((n_starts, 1)), psi[:, :-1]], 1)
    to_n = _turn(before, CA_C_N)
    to_alpha = to_n @ _turn(np.full_like(phi, np.pi), C_N_CA)
    rotation = to_alpha @ _turn(phi, N_CA_C)
    n = C_N_ANGSTROM * to_n[..., 0]
    alpha = n + N_CA_ANGSTROM * to_alpha[..., 0]
    c = alpha + CA_C_ANGSTROM * rotation[..., 0]
    chained, origin, shift = rotation, c, 1
    while shift < n_res:
        head, head_origin = chained[:, :-shift], origin[:, :-shift]
        moved = head_origin + (head @ origin[:, shift:, :, None])[..., 0]
        chained = np.concatenate([chained[:, :shift], head @ chained[:, shift:]], 1)
        origin = np.concatenate([origin[:, :shift], moved], 1)
        shift *= 2
    previous = np.concatenate([np.broadcast_to(np.eye(3), (n_starts, 1, 3, 3)), chained[:, :-1]], 1)
    start = np.concatenate([np.zeros((n_starts, 1, 3)), origin[:, :-1]], 1)
    n = start + (previous @ n[..., None])[..., 0]
    alpha = start + (previous @ alpha[..., None])[..., 0]
    return n, alpha, origin


def beta_positions(n: np.ndarray, alpha: np.ndarray, c: np.ndarray) -> np.ndarray:
    """C-beta atoms [..., 3] in Å."""
    b, d = alpha - n, c - alpha
    return alpha + BETA[0] * np.cross(b, d) + BETA[1] * b + BETA[2] * d


def by_torsions(
    n: np.ndarray, alpha: np.ndarray, c: np.ndarray, before_phi: Forces, after_phi: Forces, after_psi: Forces
) -> np.ndarray:
    """Derivatives by phi and psi [S, 2, N_res] from those by the atoms.

    A torsion turns all that comes after its bond: its derivative is the part along the bond of the torque on that. `before_phi`:
    on what neither torsion of its residue turns; `after_phi`: on what phi alone does; `after_psi`: on what both do.
    """
    later = (before_phi + after_phi + after_psi).of_later()
    by_psi = (later + after_psi).along(alpha, c)
    by_phi = (later + after_psi + after_phi).along(n, alpha)
    return np.stack([by_phi, by_psi], 1)


def _turn(torsion: np.ndarray, angle: float) -> np.ndarray:
    """About x by a torsion [S, N_res], then about z so that the bonds enclose the angle: [S, N_res, 3, 3]."""
    cos, sin = np.cos(torsion), np.sin(torsion)
    ca, sa = np.cos(np.pi - angle), np.sin(np.pi - angle)
    zero, one = np.zeros_like(cos), np.ones_like(cos)
    rows = [ca * one, -sa * one, zero, sa * cos, ca * cos, -sin, sa * sin, ca * sin, cos]
    return np.stack(rows, -1).reshape(*torsion.shape, 3, 3)


def _distance_matrix(points: np.ndarray) -> np.ndarray:
    """[S, N_res, N_res] of [S, N_res, 3], single precision."""
    centred = (points - points.mean(1, keepdims=True)).astype(np.float32)
    norm = (centred**2).sum(-1)
    squared = norm[:, :, None] + norm[:, None] - 2 * centred @ centred.transpose(0, 2, 1)
    return np.sqrt(np.maximum(squared, 0))
