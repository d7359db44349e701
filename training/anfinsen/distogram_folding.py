"""Folds a backbone from a distogram, by gradient descent, as AlphaFold 1 does (Senior et al. 2020), but over free atoms.

Torsions, AlphaFold 1's variables, turn whole arms of the chain, so that long chains are caught far above the lowest cost. Free
atoms pass each other: points find the shape first, one for each residue, from what the distogram's distances give by classical
scaling; both mirror images of it are then filled with N, CA and C, which springs join to peptides. The lowest cost decides.

The service does the same in Java (`structure/folding`, `pipeline/folding`) with the constants of the model's card. Here it is
for measuring a network and for teaching its confidence heads; numpy, all starts of a round at once, derivatives by hand.
"""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import shortest_path

from anfinsen.data.structures import GLYCINE
from anfinsen.loss.residue_tables import PROLINE
from anfinsen.secondary_structure import dihedral

FIRST_EDGE_ANGSTROM, LAST_EDGE_ANGSTROM, N_BINS = 2.3125, 21.6875, 64
STEP_ANGSTROM = (LAST_EDGE_ANGSTROM - FIRST_EDGE_ANGSTROM) / (N_BINS - 2)
FIRST_POINT_ANGSTROM = FIRST_EDGE_ANGSTROM - STEP_ANGSTROM / 2
LEVEL_FROM_ANGSTROM = 20.0
REFERENCE_POWER = 1.57  # pairs at a distance in a dense protein: Yang et al. 2020, after DFIRE
FLOOR = 1e-4
CORE_BINS = 4
SEPARATION_MIN = 3
HYDROGEN_BOND_ANGSTROM, HYDROGEN_BOND_WIDTH_ANGSTROM = 1.95, 0.6  # hydrogen to oxygen
HYDROGEN_BOND_REACH_ANGSTROM = HYDROGEN_BOND_ANGSTROM + 4 * HYDROGEN_BOND_WIDTH_ANGSTROM


C_N_ANGSTROM, N_CA_ANGSTROM, CA_C_ANGSTROM, C_O_ANGSTROM, N_H_ANGSTROM = 1.329, 1.458, 1.525, 1.231, 1.01
NEXT_CA_ANGSTROM = 3.80  # of trans peptides
C_N_CA, N_CA_C, CA_C_N = np.radians([121.7, 111.0, 117.2])
BETA = (-0.58273431, 0.56802827, -0.54067466)  # of (CA - N) x (C - CA), CA - N, C - CA

REACHES_ANGSTROM = (18.0, 12.0, 15.0)  # expected distances up to these are edges of the graph that is scaled; one embedding each
PLANARITY = 0.2  # weight of 1 - cos of what a peptide's omega is off, in weights of a spring
CLOUDS = 2  # of points around an embedding
NEIGHBOUR_ANGSTROM = 5.5
POINT_NOISE_ANGSTROM, ATOM_NOISE_ANGSTROM = 1.0, 0.5
POINT_STEPS, POINT_FIRST_RATE, POINT_LAST_RATE = 300, 1.0, 0.05  # Å
NEXT_ANGSTROM, SECOND_ANGSTROM, NEIGHBOUR_WEIGHT = (4.5, 6.7), (4.8, 9.0), 5.0  # pseudo-betas one and two residues on
HAND_WEIGHT, HAND_CUBIC_ANGSTROM = 30.0, 50.0  # of what the signed volume of four points in a row is off, in units of the second
TO_NEIGHBOUR = 0.3  # of the way to the residue before and after, where N and C begin

LEAST_ANGSTROM = np.array([  # between N, CA, C, O and CB of two residues: van der Waals radii less 0.4 Å, hydrogen bonds, C-alphas
    [2.7, 2.85, 2.85, 2.7, 2.85],
    [2.85, 4.0, 3.0, 2.82, 3.0],
    [2.85, 3.0, 3.0, 2.82, 3.0],
    [2.7, 2.82, 2.82, 2.64, 2.82],
    [2.85, 3.0, 3.0, 2.82, 3.0],
])
CLASH_REACH_ANGSTROM = 8.0  # of the C-alphas of residues whose atoms may be too near

FIRST_RATE, LAST_RATE = 0.3, 0.01  # Å
MEAN_DECAY, SQUARE_DECAY, EPSILON = 0.9, 0.99, 1e-8
FIRST_STIFFNESS = 0.05  # of the springs, as a share of the last
SQUARE_MIN = 0.1  # of a bond in Å², of a cross product in Å to the fourth: torsions of nearly straight atoms pull no harder than this allows


@dataclass(frozen=True)
class Descent:
    """How the descent is made, `descent` of a model's card; chosen on validation chains.

    The first round has two starts for each cloud of points, later ones `restarts` around the best fold so far, all of `steps`.
    Weights: of 1 - cos of a torsion's distance from the structure module's; of a hydrogen bond between two peptides; of the
    square of what two atoms lack to their least distance, and of what a spring is off, in 1/Å². All but the first grow over a descent.

    pLDDT of the fold: its expected lDDT times a scale, and an offset (all of 0 to 1).
    """

    rounds: int = 3
    restarts: int = 4
    steps: int = 500
    restart_noise_angstrom: float = 1.0
    torsion_weight: float = 10.0
    hydrogen_bond_weight: float = 5.0
    clash_weight: float = 10.0
    bond_weight: float = 500.0
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
    """phi and psi [N_res] of N, CA, C [N_res, 3, 3]; the first phi and the last psi are 0."""
    n, alpha, c = backbone[:, 0], backbone[:, 1], backbone[:, 2]
    phi, psi = np.zeros(len(n)), np.zeros(len(n))
    phi[1:] = dihedral(c[:-1], n[1:], alpha[1:], c[1:])
    psi[:-1] = dihedral(n[:-1], alpha[:-1], c[:-1], n[1:])
    return phi, psi


def _third_side(a: float, b: float, angle: float) -> float:
    return float(np.sqrt(a * a + b * b - 2 * a * b * np.cos(angle)))


N, CA, C, O, CB = range(5)
SPRINGS = (  # an atom, one of its residue or the next, and their distance in Å
    (N, CA, 0, N_CA_ANGSTROM),
    (CA, C, 0, CA_C_ANGSTROM),
    (N, C, 0, _third_side(N_CA_ANGSTROM, CA_C_ANGSTROM, N_CA_C)),
    (C, N, 1, C_N_ANGSTROM),
    (CA, N, 1, _third_side(CA_C_ANGSTROM, C_N_ANGSTROM, CA_C_N)),
    (C, CA, 1, _third_side(C_N_ANGSTROM, N_CA_ANGSTROM, C_N_CA)),
    (CA, CA, 1, NEXT_CA_ANGSTROM),
)


def _opposite(bond: float, first: float, second: float, angle: float) -> tuple[float, float]:
    """Shares of the vectors from two neighbours to an atom that add up to the bond to a third, in their plane."""
    length = 2 * np.cos(angle / 2)
    return bond / (length * first), bond / (length * second)


OXYGEN = _opposite(C_O_ANGSTROM, CA_C_ANGSTROM, C_N_ANGSTROM, CA_C_N)  # of CA to C, and the next N to C
HYDROGEN = _opposite(N_H_ANGSTROM, C_N_ANGSTROM, N_CA_ANGSTROM, C_N_CA)  # of the C before to N, and CA to N


class Folding:
    """One chain's descent."""

    def __init__(self, distogram: np.ndarray, backbone: np.ndarray, aatype: np.ndarray, descent: Descent):
        """Distogram [N_res, N_res, 64], network's N, CA, C [N_res, 3, 3] in Å, residue types [N_res]."""
        n_res = len(aatype)
        self.descent, self.glycine, self.proline = descent, aatype == GLYCINE, aatype == PROLINE
        self.given = np.stack(torsions(backbone))  # [2, N_res]
        self.volumes = _volumes(self.betas(backbone[None]))[0]  # [N_res - 3]
        distogram = distogram.astype(np.float32)
        self.expected = distogram @ (FIRST_POINT_ANGSTROM + STEP_ANGSTROM * np.arange(N_BINS))
        costs = potential(distogram).astype(np.float32)
        self.apart = apart = np.abs(np.subtract.outer(np.arange(n_res), np.arange(n_res))) >= SEPARATION_MIN
        self.costs = np.where(apart[..., None], costs, 0).reshape(-1)
        self.rises = np.where(apart[..., None], np.diff(costs, axis=-1, append=costs[..., -1:]), 0).reshape(-1)
        self.rows = (np.arange(n_res * n_res, dtype=np.int32) * N_BINS).reshape(n_res, n_res)
        self.can_bond = apart & ~self.proline[:, None]  # a hydrogen's residue, an oxygen's
        self.can_bond[0], self.can_bond[:, -1] = False, False

    def fold(self, seed: int) -> np.ndarray:
        """N, CA, C of the fold with the lowest cost: [N_res, 3, 3] in Å."""
        rng = np.random.default_rng(seed)
        best, lowest = self._lowest(self._first_starts(rng))
        for _ in range(1, self.descent.rounds):
            noise = rng.standard_normal((self.descent.restarts, *best.shape))
            found, cost = self._lowest(best + self.descent.restart_noise_angstrom * noise)
            if cost < lowest:
                best, lowest = found, cost
        return best

    def _first_starts(self, rng: np.random.Generator) -> np.ndarray:
        """Backbones [S, N_res, 3, 3] on clouds of points around each embedding and its mirror image."""
        points = np.stack(CLOUDS * [embedding(self.expected, reach) for reach in REACHES_ANGSTROM])
        points = np.concatenate([points, points * (1, 1, -1)])
        points = points + POINT_NOISE_ANGSTROM * rng.standard_normal(points.shape)
        points = descended(points, self.point_cost, POINT_STEPS, POINT_FIRST_RATE, POINT_LAST_RATE)
        step = TO_NEIGHBOUR * np.diff(points, axis=1)
        backbones = np.repeat(points[:, :, None], 3, 2)
        backbones[:, 1:, N] -= step
        backbones[:, :-1, C] += step
        return backbones + ATOM_NOISE_ANGSTROM * rng.standard_normal(backbones.shape)

    def _lowest(self, starts: np.ndarray) -> tuple[np.ndarray, float]:
        ended = descended(starts, self.cost, self.descent.steps, FIRST_RATE, LAST_RATE)
        costs, _ = self.cost(ended, 1.0)
        return ended[costs.argmin()], float(costs.min())

    def point_cost(self, points: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
        """Costs [S] of one point for each residue [S, N_res, 3], and the derivatives by them. `share` changes nothing.

        Distances do not know left from right, so that each helix could have a hand of its own: four points in a row turn as they do in
        the network's backbone.
        """
        cost, pull = self._distances(points)
        for apart, (least, most) in ((1, NEXT_ANGSTROM), (2, SECOND_ANGSTROM)):
            difference = points[:, apart:] - points[:, :-apart]
            distance = np.linalg.norm(difference, axis=-1, keepdims=True) + 1e-6
            off = np.maximum(distance - most, 0) - np.maximum(least - distance, 0)
            cost = cost + NEIGHBOUR_WEIGHT * (off**2).sum((1, 2))
            force = 2 * NEIGHBOUR_WEIGHT * off / distance * difference
            pull[:, apart:] += force
            pull[:, :-apart] -= force
        off = (_volumes(points) - self.volumes) / HAND_CUBIC_ANGSTROM
        cost = cost + HAND_WEIGHT * (off**2).sum(1)
        twist = (2 * HAND_WEIGHT / HAND_CUBIC_ANGSTROM * off)[..., None]
        a, b, c = _steps(points)
        for first, derivative in enumerate((np.cross(b, c), np.cross(c, a), np.cross(a, b))):
            pull[:, first + 1 : first + 1 + off.shape[1]] += twist * derivative
            pull[:, first : first + off.shape[1]] -= twist * derivative
        return cost, pull

    def cost(self, backbones: np.ndarray, share: float) -> tuple[np.ndarray, np.ndarray]:
        """Costs [S] of N, CA, C [S, N_res, 3, 3], and the derivatives by them."""
        gradient = np.zeros_like(backbones)
        grown = FIRST_STIFFNESS + (1 - FIRST_STIFFNESS) * share
        betas = self.betas(backbones)
        cost = (
            self._add_distances(backbones, betas, gradient)
            + self._add_clashes(backbones, betas, self.descent.clash_weight * share, gradient)
            + self._add_hydrogen_bonds(backbones, self.descent.hydrogen_bond_weight * share, gradient)
            + _add_springs(backbones, self.descent.bond_weight * grown, gradient)
            + self._add_torsions(backbones, PLANARITY * self.descent.bond_weight * grown, gradient)
        )
        return cost, gradient

    def _add_distances(self, backbones: np.ndarray, betas: np.ndarray, gradient: np.ndarray) -> np.ndarray:
        cost, by_beta = self._distances(betas)
        self._add_by_betas(backbones, by_beta, gradient)
        return cost

    def betas(self, backbones: np.ndarray) -> np.ndarray:
        """Pseudo-betas [S, N_res, 3]."""
        return np.where(self.glycine[:, None], backbones[:, :, CA], beta_positions(*np.moveaxis(backbones, 2, 0)))

    def _add_by_betas(self, backbones: np.ndarray, by_beta: np.ndarray, gradient: np.ndarray) -> None:
        b, d = backbones[:, :, CA] - backbones[:, :, N], backbones[:, :, C] - backbones[:, :, CA]
        glycine = self.glycine[:, None]
        by_b = np.where(glycine, 0, BETA[0] * np.cross(d, by_beta) + BETA[1] * by_beta)
        by_d = np.where(glycine, 0, BETA[0] * np.cross(by_beta, b) + BETA[2] * by_beta)
        gradient[:, :, N] -= by_b
        gradient[:, :, CA] += by_beta + by_b - by_d
        gradient[:, :, C] += by_d

    def _distances(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Costs [S] of the distances between points [S, N_res, 3], and the derivatives by them."""
        costs, rise, distance = self.pair_costs(points)
        return costs.sum((1, 2)) / 2, _gradient(points, rise / (STEP_ANGSTROM * np.maximum(distance, 1e-3)))

    def pair_costs(self, points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Of points [S, N_res, 3], each pair's cost, what that rises per bin, and its distance in Å: [S, N_res, N_res]."""
        distance = _distance_matrix(points, points)
        place = (distance - FIRST_POINT_ANGSTROM) / STEP_ANGSTROM
        bins = np.clip(place, 0, N_BINS - 1).astype(np.int32)
        index = self.rows + bins
        rise = self.rises[index]
        costs = self.costs[index] + np.clip(place - bins, 0, 1) * rise
        rise[place <= 0] = 0
        return costs, rise, distance

    def _add_clashes(self, backbones: np.ndarray, betas: np.ndarray, weight: float, gradient: np.ndarray) -> np.ndarray:
        n, alpha, c = (backbones[:, :, atom] for atom in (N, CA, C))
        start, i, j = np.nonzero((_distance_matrix(alpha, alpha) < CLASH_REACH_ANGSTROM) & np.triu(self.apart))
        atoms = np.stack([n, alpha, c, _oxygens(n, alpha, c), betas], 2)
        near = _distance_matrix(atoms[start, i], atoms[start, j]) < LEAST_ANGSTROM
        near[self.glycine[i], CB] = False
        near[self.glycine[j], :, CB] = False
        pair, a, b = np.nonzero(near)
        start, first, second = start[pair], (i[pair], a), (j[pair], b)
        difference = atoms[start, *second] - atoms[start, *first]
        distance = np.linalg.norm(difference, axis=-1) + 1e-6
        lacking = LEAST_ANGSTROM[a, b] - distance
        push = (2 * weight * lacking / distance)[:, None] * difference
        by_atoms = np.zeros_like(atoms)
        np.add.at(by_atoms, (start, *first), push)
        np.add.at(by_atoms, (start, *second), -push)
        gradient += by_atoms[:, :, :O]
        _add_by_oxygens(by_atoms[:, :, O], gradient)
        self._add_by_betas(backbones, by_atoms[:, :, CB], gradient)
        return weight * np.bincount(start, lacking**2, len(backbones))

    def _add_hydrogen_bonds(self, backbones: np.ndarray, weight: float, gradient: np.ndarray) -> np.ndarray:
        """Hydrogens and oxygens are where they are on ideal peptides, linear in the atoms around them."""
        n, alpha, c = (backbones[:, :, atom] for atom in (N, CA, C))
        hydrogen, oxygen = n.copy(), _oxygens(n, alpha, c)
        hydrogen[:, 1:] += HYDROGEN[0] * (n[:, 1:] - c[:, :-1]) + HYDROGEN[1] * (n[:, 1:] - alpha[:, 1:])
        near = _distance_matrix(hydrogen, oxygen) < HYDROGEN_BOND_REACH_ANGSTROM
        start, i, j = np.nonzero(near & self.can_bond)
        difference = hydrogen[start, i] - oxygen[start, j]
        distance = np.linalg.norm(difference, axis=-1) + 1e-6
        off = (distance - HYDROGEN_BOND_ANGSTROM) / HYDROGEN_BOND_WIDTH_ANGSTROM
        worth = weight * np.exp(-0.5 * off**2)
        pull = (worth * off / HYDROGEN_BOND_WIDTH_ANGSTROM / distance)[:, None] * difference
        by_hydrogen, by_oxygen = np.zeros_like(hydrogen), np.zeros_like(oxygen)
        np.add.at(by_hydrogen, (start, i), pull)
        np.add.at(by_oxygen, (start, j), -pull)
        gradient[:, :, N] += (1 + sum(HYDROGEN)) * by_hydrogen
        gradient[:, :-1, C] -= HYDROGEN[0] * by_hydrogen[:, 1:]
        gradient[:, :, CA] -= HYDROGEN[1] * by_hydrogen
        _add_by_oxygens(by_oxygen, gradient)
        return -np.bincount(start, worth, len(backbones))

    def _add_torsions(self, backbones: np.ndarray, planar_weight: float, gradient: np.ndarray) -> np.ndarray:
        n, alpha, c = (backbones[:, :, atom] for atom in (N, CA, C))
        phi = (c[:, :-1], n[:, 1:], alpha[:, 1:], c[:, 1:])
        psi = (n[:, :-1], alpha[:, :-1], c[:, :-1], n[:, 1:])
        omega = (alpha[:, :-1], c[:, :-1], n[:, 1:], alpha[:, 1:])
        weight = self.descent.torsion_weight
        cost = np.zeros(len(backbones))
        before, after = gradient[:, :-1], gradient[:, 1:]  # views: what is added to them is added to the gradient
        for weight, given, points, places in (
            (weight, self.given[0, 1:], phi, (before[:, :, C], after[:, :, N], after[:, :, CA], after[:, :, C])),
            (weight, self.given[1, :-1], psi, (before[:, :, N], before[:, :, CA], before[:, :, C], after[:, :, N])),
            (planar_weight, np.pi, omega, (before[:, :, CA], before[:, :, C], after[:, :, N], after[:, :, CA])),
        ):
            off = dihedral(*points) - given
            cost += weight * (1 - np.cos(off)).sum(1)
            pull = weight * np.sin(off)[..., None]
            for place, derivative in zip(places, _by_dihedral(*points)):
                place += pull * derivative
        return cost


def _oxygens(n: np.ndarray, alpha: np.ndarray, c: np.ndarray) -> np.ndarray:
    """Of trans peptides, [S, N_res, 3]; the last residue has its C there."""
    oxygen = c.copy()
    oxygen[:, :-1] += OXYGEN[0] * (c[:, :-1] - alpha[:, :-1]) + OXYGEN[1] * (c[:, :-1] - n[:, 1:])
    return oxygen


def _add_by_oxygens(by_oxygen: np.ndarray, gradient: np.ndarray) -> None:
    gradient[:, :, C] += by_oxygen
    gradient[:, :-1, C] += sum(OXYGEN) * by_oxygen[:, :-1]
    gradient[:, :-1, CA] -= OXYGEN[0] * by_oxygen[:, :-1]
    gradient[:, 1:, N] -= OXYGEN[1] * by_oxygen[:, :-1]


def embedding(expected: np.ndarray, reach: float) -> np.ndarray:
    """Points [N_res, 3] at the expected distances [N_res, N_res] in Å, as well as three dimensions allow.

    Distances beyond the reach are replaced by the shortest ways over nearer pairs; then classical scaling (Torgerson 1952).
    """
    neighbours = np.eye(len(expected), k=1, dtype=bool) | np.eye(len(expected), k=-1, dtype=bool)
    graph = np.where(expected < reach, expected, np.where(neighbours, NEIGHBOUR_ANGSTROM, 0))
    np.fill_diagonal(graph, 0)
    squared = shortest_path(graph, directed=False) ** 2
    mean = squared.mean(0)
    values, vectors = np.linalg.eigh(-(squared - mean - mean[:, None] + mean.mean()) / 2)
    points = np.zeros((len(graph), 3))
    points[:, : len(graph)] = vectors[:, -3:] * np.sqrt(np.maximum(values[-3:], 0))
    return points


def descended(
    x: np.ndarray, cost: Callable[[np.ndarray, float], tuple[np.ndarray, np.ndarray]], steps: int, first: float, last: float
) -> np.ndarray:
    """Where Adam (Kingma and Ba 2015) comes to from x, at a rate that falls from `first` to `last`."""
    mean, square = np.zeros_like(x), np.zeros_like(x)
    for step in range(1, steps + 1):
        done = (step - 1) / steps
        _, gradient = cost(x, done)
        mean = MEAN_DECAY * mean + (1 - MEAN_DECAY) * gradient
        square = SQUARE_DECAY * square + (1 - SQUARE_DECAY) * gradient**2
        rate = last + (first - last) * (1 - done)
        x = x - rate * mean / (1 - MEAN_DECAY**step) / (np.sqrt(square / (1 - SQUARE_DECAY**step)) + EPSILON)
    return x


def beta_positions(n: np.ndarray, alpha: np.ndarray, c: np.ndarray) -> np.ndarray:
    """C-beta atoms [..., 3] in Å."""
    b, d = alpha - n, c - alpha
    return alpha + BETA[0] * np.cross(b, d) + BETA[1] * b + BETA[2] * d


def _steps(points: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The three steps between four points in a row of [S, N_res, 3]: [S, N_res - 3, 3] each."""
    steps = np.diff(points, axis=1)
    return steps[:, :-2], steps[:, 1:-1], steps[:, 2:]


def _volumes(points: np.ndarray) -> np.ndarray:
    """Signed, of the steps between four points in a row, in cubic Å: positive in a right-handed helix. [S, N_res - 3]."""
    a, b, c = _steps(points)
    return (np.cross(a, b) * c).sum(-1)


def _add_springs(backbones: np.ndarray, weight: float, gradient: np.ndarray) -> np.ndarray:
    cost, n_res = np.zeros(len(backbones)), backbones.shape[1]
    for first, second, following, length in SPRINGS:
        difference = backbones[:, following:, second] - backbones[:, : n_res - following, first]
        distance = np.linalg.norm(difference, axis=-1, keepdims=True) + 1e-6
        off = distance - length
        cost += weight * (off**2).sum((1, 2))
        force = 2 * weight * off / distance * difference
        gradient[:, following:, second] += force
        gradient[:, : n_res - following, first] -= force
    return cost


def _by_dihedral(p: np.ndarray, q: np.ndarray, r: np.ndarray, s: np.ndarray) -> tuple[np.ndarray, ...]:
    """Derivatives of the torsion of four points by each of them: Blondel and Karplus 1996."""
    first, axis, last = q - p, r - q, s - r
    length = np.sqrt(np.maximum((axis**2).sum(-1, keepdims=True), SQUARE_MIN))
    across, beyond = np.cross(first, axis), np.cross(axis, last)
    by_p = -length * across / np.maximum((across**2).sum(-1, keepdims=True), SQUARE_MIN)
    by_s = length * beyond / np.maximum((beyond**2).sum(-1, keepdims=True), SQUARE_MIN)
    back = (first * axis).sum(-1, keepdims=True) / length**2
    on = (last * axis).sum(-1, keepdims=True) / length**2
    return by_p, on * by_s - (1 + back) * by_p, back * by_p - (1 + on) * by_s, by_s


def _gradient(points: np.ndarray, pull: np.ndarray) -> np.ndarray:
    """By the points [S, N_res, 3], of derivatives by their distances, over the distances: [S, N_res, N_res]."""
    return pull.sum(-1)[..., None] * points - pull @ points


def _distance_matrix(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """[S, N_res, N_res] between points of [S, N_res, 3] each, single precision."""
    middle = first.mean(1, keepdims=True)
    first, second = (first - middle).astype(np.float32), (second - middle).astype(np.float32)
    squared = first @ (-2 * second.transpose(0, 2, 1))
    squared += (first**2).sum(-1)[:, :, None]
    squared += (second**2).sum(-1)[:, None]
    return np.sqrt(np.maximum(squared, 0, out=squared), out=squared)
