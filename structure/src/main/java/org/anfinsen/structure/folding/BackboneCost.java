package org.anfinsen.structure.folding;

import static org.anfinsen.structure.folding.BackboneLayout.C;
import static org.anfinsen.structure.folding.BackboneLayout.CA;
import static org.anfinsen.structure.folding.BackboneLayout.N;
import static org.anfinsen.structure.folding.BackboneLayout.NEXT;

import java.util.Arrays;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;

/**
 * What a backbone of free atoms costs: the potential of its pseudo-betas' distances, a pull towards given torsions, hydrogen
 * bonds, a repulsion of atoms that are too near, and springs that make peptides of the atoms. All but the first two grow
 * over a descent. Not for use by several threads.
 */
final class BackboneCost implements Adam.Cost {

    /** Of the springs at the start of a descent, as a share of the end's. */
    private static final double FIRST_STIFFNESS = 0.05;

    /** Weight of 1 - cos of what a peptide's omega is off, in weights of a spring. */
    private static final double PLANARITY = 0.2;

    /** The C-beta in the basis (N to C-alpha) x (C-alpha to C), N to C-alpha, C-alpha to C. */
    private static final double[] BETA = {-0.58273431, 0.56802827, -0.54067466};

    private final int nRes;
    private final boolean[] glycine;
    private final DistancePotential potential;
    private final DescentSettings settings;
    private final TorsionPull torsionPull;
    private final HydrogenBonds hydrogenBonds;
    private final Repulsion repulsion;
    private final double[] points;
    private final double[] byPoints;

    /** @throws IllegalArgumentException if the sizes differ */
    BackboneCost(
            ProteinSequence sequence,
            double[] phi,
            double[] psi,
            DistancePotential potential,
            DescentSettings settings) {
        this.nRes = sequence.length();
        if (phi.length != nRes || psi.length != nRes || potential.length() != nRes) {
            throw new IllegalArgumentException(nRes + " residues, " + phi.length + " phi, " + psi.length
                    + " psi, a potential for " + potential.length());
        }
        this.glycine = glycines(sequence);
        this.potential = potential;
        this.settings = settings;
        this.torsionPull = new TorsionPull(phi, psi, settings.torsionWeight());
        this.hydrogenBonds = new HydrogenBonds(sequence);
        this.repulsion = new Repulsion(sequence);
        this.points = new double[3 * nRes];
        this.byPoints = new double[3 * nRes];
    }

    /** Which residues have no C-beta, {@code [N_res]}. */
    static boolean[] glycines(ProteinSequence sequence) {
        boolean[] glycine = new boolean[sequence.length()];
        for (int i = 0; i < glycine.length; i++) {
            glycine[i] = sequence.at(i) == AminoAcid.GLY;
        }
        return glycine;
    }

    /** @param x N, C-alpha, C: {@code [N_res, 3, 3]} in Å, row-major */
    @Override
    public double of(double[] x, double share, double[] gradient) {
        Arrays.fill(gradient, 0);
        double stiffness = FIRST_STIFFNESS + (1 - FIRST_STIFFNESS) * share;
        return addDistancesAndRepulsion(x, settings.clashWeight() * share, gradient)
                + hydrogenBonds.add(x, settings.hydrogenBondWeight() * share, gradient)
                + Springs.add(x, settings.bondWeight() * stiffness, gradient)
                + torsionPull.add(x, PLANARITY * settings.bondWeight() * stiffness, gradient);
    }

    /** Those of the last cost, {@code [N_res, 3]} in Å: C-beta, or C-alpha of glycine. Read only. */
    double[] pseudoBetas() {
        return points;
    }

    private double addDistancesAndRepulsion(double[] x, double clashWeight, double[] gradient) {
        double[] b = new double[3];
        double[] d = new double[3];
        for (int i = 0; i < nRes; i++) {
            arms(x, i, b, d);
            for (int axis = 0; axis < 3; axis++) {
                points[3 * i + axis] = x[NEXT * i + CA + axis]
                        + (glycine[i] ? 0 : BETA[0] * cross(b, d, axis) + BETA[1] * b[axis] + BETA[2] * d[axis]);
            }
        }
        Arrays.fill(byPoints, 0);
        double cost = potential.add(points, byPoints) + repulsion.add(x, points, clashWeight, gradient, byPoints);
        double[] by = new double[3];
        for (int i = 0; i < nRes; i++) {
            arms(x, i, b, d);
            System.arraycopy(byPoints, 3 * i, by, 0, 3);
            for (int axis = 0; axis < 3; axis++) {
                double byB = glycine[i] ? 0 : BETA[0] * cross(d, by, axis) + BETA[1] * by[axis];
                double byD = glycine[i] ? 0 : BETA[0] * cross(by, b, axis) + BETA[2] * by[axis];
                gradient[NEXT * i + N + axis] -= byB;
                gradient[NEXT * i + CA + axis] += by[axis] + byB - byD;
                gradient[NEXT * i + C + axis] += byD;
            }
        }
        return cost;
    }

    /** From N to C-alpha, and from there to C. */
    private static void arms(double[] x, int i, double[] b, double[] d) {
        for (int axis = 0; axis < 3; axis++) {
            b[axis] = x[NEXT * i + CA + axis] - x[NEXT * i + N + axis];
            d[axis] = x[NEXT * i + C + axis] - x[NEXT * i + CA + axis];
        }
    }

    private static double cross(double[] a, double[] b, int axis) {
        int next = (axis + 1) % 3;
        int last = (axis + 2) % 3;
        return a[next] * b[last] - a[last] * b[next];
    }
}
