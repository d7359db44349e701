package org.anfinsen.structure.folding;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.constants.RigidGroup;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.Vector3;

/**
 * Turns the side chains of a backbone out of each other's way. Each has the chi angles that are given and the rotamers around
 * them: staggered, or every 60 degrees where a chi ends in a plane; proline has the two puckers that close its ring. One after
 * the other takes the rotamer of the least overlap and the least turn, until none changes (iterated conditional modes, Besag
 * 1986).
 */
public final class SideChainPacking {

    private static final double[] STAGGERED = radians(-60, 60, 180);
    private static final double[] PLANAR = radians(-150, -90, -30, 30, 90, 150);

    /** Chi 1 and 2 of a proline, exo and endo, so large that its ideal groups make a closed ring: CD at 1.47 Å from N. */
    private static final List<List<Double>> PUCKERS =
            List.of(List.of(Math.toRadians(-19), Math.toRadians(27)), List.of(Math.toRadians(20), Math.toRadians(-28)));

    /** By how much two atoms may be nearer than their van der Waals radii: hydrogen bonds are. */
    private static final double TOLERANCE_ANGSTROM = 0.6;

    /** Of the square of an overlap, in 1/Å²; 1 - cos of a turn weighs 1. */
    private static final double OVERLAP_WEIGHT = 10;

    private static final double LONGEST_CONTACT_ANGSTROM = 2 * 1.8 - TOLERANCE_ANGSTROM;
    private static final int SWEEPS_MAX = 20;
    private static final int TORSION_VALUES = 2 * ResidueConstants.TORSION_COUNT;

    private record Site(Atom atom, Vector3 position) {}

    /** One way for a side chain: chi angles in radians, 1 - cos of all turns, and the atoms that they move. */
    private record Rotamer(List<Double> chi, double turn, List<Site> sites) {}

    /** Rotamers; none where nothing can turn. */
    private record Residue(List<Site> fixed, List<Rotamer> rotamers, Vector3 centre, double reach) {}

    private final List<Residue> residues;
    private final int[][] near;
    private final double[][] own;
    private final int[] chosen;

    private SideChainPacking(List<Residue> residues) {
        this.residues = residues;
        this.near = IntStream.range(0, residues.size())
                .mapToObj(i -> IntStream.range(0, residues.size())
                        .filter(j -> j != i && touch(residues.get(i), residues.get(j)))
                        .toArray())
                .toArray(int[][]::new);
        this.own = IntStream.range(0, residues.size())
                .parallel()
                .mapToObj(this::ownEnergies)
                .toArray(double[][]::new);
        this.chosen = new int[residues.size()];
    }

    /**
     * Packs the side chains.
     *
     * @param frames backbone frames, residue to global, {@code [N_res]}, translations in Å
     * @param sinCos (sin, cos) of pre-omega, phi, psi, chi1..4, {@code [N_res, 7, 2]}, row-major
     * @return the same with other chi angles
     * @throws IllegalArgumentException if the sizes differ
     */
    public static float[] pack(ProteinSequence sequence, List<RigidFrame> frames, float[] sinCos) {
        if (frames.size() != sequence.length() || sinCos.length != TORSION_VALUES * sequence.length()) {
            throw new IllegalArgumentException(sequence.length() + " residues, " + frames.size() + " frames, "
                    + sinCos.length + " torsion values");
        }
        List<Residue> residues = IntStream.range(0, sequence.length())
                .mapToObj(i -> residue(
                        sequence.at(i),
                        frames.get(i),
                        Arrays.copyOfRange(sinCos, TORSION_VALUES * i, TORSION_VALUES * (i + 1))))
                .toList();
        SideChainPacking packing = new SideChainPacking(residues);
        packing.settle();
        float[] packed = sinCos.clone();
        for (int i = 0; i < residues.size(); i++) {
            List<Rotamer> rotamers = residues.get(i).rotamers();
            if (!rotamers.isEmpty()) {
                turn(packed, TORSION_VALUES * i, rotamers.get(packing.chosen[i]).chi());
            }
        }
        return packed;
    }

    private void settle() {
        boolean changed = true;
        for (int sweep = 0; changed && sweep < SWEEPS_MAX; sweep++) {
            changed = false;
            for (int i = 0; i < chosen.length; i++) {
                int best = best(i);
                changed |= best != chosen[i];
                chosen[i] = best;
            }
        }
    }

    /** The rotamer of the lowest energy among the others' present ones; the first of equals. */
    private int best(int i) {
        int best = 0;
        double lowest = Double.POSITIVE_INFINITY;
        List<Rotamer> rotamers = residues.get(i).rotamers();
        for (int r = 0; r < rotamers.size(); r++) {
            double energy = own[i][r];
            for (int k = 0; k < near[i].length && energy < lowest; k++) {
                Residue other = residues.get(near[i][k]);
                if (!other.rotamers().isEmpty()) {
                    List<Site> sites = other.rotamers().get(chosen[near[i][k]]).sites();
                    energy += overlap(rotamers.get(r).sites(), sites);
                }
            }
            if (energy < lowest) {
                lowest = energy;
                best = r;
            }
        }
        return best;
    }

    /** What each rotamer of a residue costs whatever the other side chains do. */
    private double[] ownEnergies(int i) {
        return residues.get(i).rotamers().stream()
                .mapToDouble(rotamer -> {
                    double energy = rotamer.turn() + overlap(rotamer.sites(), ownBackbone(residues.get(i)));
                    for (int j : near[i]) {
                        energy += overlap(rotamer.sites(), residues.get(j).fixed());
                    }
                    return energy;
                })
                .toArray();
    }

    /** Those of a residue's own atoms that no bond angle holds near its side chain. */
    private static List<Site> ownBackbone(Residue residue) {
        return residue.fixed().stream()
                .filter(site -> site.atom() == Atom.N || site.atom() == Atom.C || site.atom() == Atom.O)
                .toList();
    }

    private static double overlap(List<Site> first, List<Site> second) {
        double energy = 0;
        for (Site a : first) {
            for (Site b : second) {
                double limit = a.atom().element().vanDerWaalsRadiusAngstrom()
                        + b.atom().element().vanDerWaalsRadiusAngstrom()
                        - TOLERANCE_ANGSTROM;
                double overlap = limit - a.position().distance(b.position());
                boolean disulfide = a.atom() == Atom.SG && b.atom() == Atom.SG;
                energy += overlap > 0 && !disulfide ? OVERLAP_WEIGHT * overlap * overlap : 0;
            }
        }
        return energy;
    }

    private static boolean touch(Residue a, Residue b) {
        return a.centre().distance(b.centre()) < a.reach() + b.reach() + LONGEST_CONTACT_ANGSTROM;
    }

    private static Residue residue(AminoAcid aminoAcid, RigidFrame frame, float[] sinCos) {
        List<Site> fixed = new ArrayList<>();
        boolean turns = !ResidueConstants.chiAngles(aminoAcid).isEmpty();
        AllAtomCoordinates.residue(aminoAcid, frame, sinCos, 0).forEach((atom, position) -> {
            if (!turns || !isTurned(aminoAcid, atom)) {
                fixed.add(new Site(atom, position));
            }
        });
        List<Rotamer> rotamers = turns ? rotamers(aminoAcid, frame, sinCos) : List.of();
        Vector3 centre = frame.translation();
        double reach = IntStream.range(-1, rotamers.size())
                .mapToObj(r -> r < 0 ? fixed : rotamers.get(r).sites())
                .flatMap(List::stream)
                .mapToDouble(site -> site.position().distance(centre))
                .max()
                .orElse(0);
        return new Residue(fixed, rotamers, centre, reach);
    }

    private static boolean isTurned(AminoAcid aminoAcid, Atom atom) {
        return ResidueConstants.idealAtom(aminoAcid, atom)
                .filter(ideal -> ideal.group().index() >= RigidGroup.CHI1.index())
                .isPresent();
    }

    private static List<Rotamer> rotamers(AminoAcid aminoAcid, RigidFrame frame, float[] sinCos) {
        int angles = ResidueConstants.chiAngles(aminoAcid).size();
        double[] given = IntStream.range(0, angles)
                .map(k -> 2 * (Torsion.CHI1.index() + k))
                .mapToDouble(k -> Math.atan2(sinCos[k], sinCos[k + 1]))
                .toArray();
        List<List<Double>> ways = aminoAcid == AminoAcid.PRO ? PUCKERS : combinations(aminoAcid, given);
        return ways.stream()
                .map(chi -> rotamer(aminoAcid, frame, sinCos, given, chi))
                .toList();
    }

    private static List<List<Double>> combinations(AminoAcid aminoAcid, double[] given) {
        List<List<Double>> combinations = List.of(List.of());
        for (int k = 0; k < given.length; k++) {
            double[] around = isPlanar(aminoAcid, k + 1) ? PLANAR : STAGGERED;
            double[] values = DoubleStream.concat(DoubleStream.of(given[k]), DoubleStream.of(around))
                    .toArray();
            combinations = combinations.stream()
                    .flatMap(chi -> DoubleStream.of(values).mapToObj(value -> with(chi, value)))
                    .toList();
        }
        return combinations;
    }

    private static Rotamer rotamer(
            AminoAcid aminoAcid, RigidFrame frame, float[] sinCos, double[] given, List<Double> chi) {
        float[] turned = sinCos.clone();
        turn(turned, 0, chi);
        List<Site> sites = new ArrayList<>();
        AllAtomCoordinates.residue(aminoAcid, frame, turned, 0).forEach((atom, position) -> {
            if (isTurned(aminoAcid, atom)) {
                sites.add(new Site(atom, position));
            }
        });
        double turn = IntStream.range(0, given.length)
                .mapToDouble(k -> 1 - Math.cos(chi.get(k) - given[k]))
                .sum();
        return new Rotamer(chi, turn, sites);
    }

    private static List<Double> with(List<Double> chi, double next) {
        List<Double> longer = new ArrayList<>(chi);
        longer.add(next);
        return longer;
    }

    private static void turn(float[] sinCos, int offset, List<Double> chi) {
        for (int k = 0; k < chi.size(); k++) {
            int place = offset + 2 * (Torsion.CHI1.index() + k);
            sinCos[place] = (float) Math.sin(chi.get(k));
            sinCos[place + 1] = (float) Math.cos(chi.get(k));
        }
    }

    /** Whether the atoms beyond the axis of a chi are a plane: rings, amides, carboxylates and arginine's guanidine. */
    private static boolean isPlanar(AminoAcid aminoAcid, int chi) {
        return switch (aminoAcid) {
            case ASN, ASP, HIS, PHE, TRP, TYR -> chi == 2;
            case GLN, GLU -> chi == 3;
            case ARG -> chi == 4;
            default -> false;
        };
    }

    private static double[] radians(double... degrees) {
        return DoubleStream.of(degrees).map(Math::toRadians).toArray();
    }
}
