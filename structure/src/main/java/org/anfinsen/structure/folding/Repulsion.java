package org.anfinsen.structure.folding;

import static org.anfinsen.structure.folding.BackboneLayout.CA;
import static org.anfinsen.structure.folding.BackboneLayout.NEXT;

import java.util.Arrays;
import org.anfinsen.protein.ProteinSequence;

/**
 * What atoms of the backbone cost that are too near each other: N, C-alpha, C, O and C-beta of residues three or more apart, the
 * square of what they lack to their least distance.
 */
final class Repulsion {

    /** Van der Waals radii less 0.4 Å; C-alphas are farther apart, and N and O may be bound by a hydrogen. */
    private static final double[][] LEAST_ANGSTROM = {
        {2.7, 2.85, 2.85, 2.7, 2.85},
        {2.85, 4.0, 3.0, 2.82, 3.0},
        {2.85, 3.0, 3.0, 2.82, 3.0},
        {2.7, 2.82, 2.82, 2.64, 2.82},
        {2.85, 3.0, 3.0, 2.82, 3.0}
    };

    private static final int BACKBONE = 3;
    private static final int O = 3;
    private static final int CB = 4;
    private static final int ATOMS = 5;

    /** Of the C-alphas of residues whose atoms may be too near. */
    private static final double REACH_ANGSTROM = 8.0;

    private final boolean[] glycine;
    private final double[] oxygens;
    private final double[] byOxygens;
    private final double[] sites;
    private final double[] bySites;

    Repulsion(ProteinSequence sequence) {
        int nRes = sequence.length();
        this.glycine = BackboneCost.glycines(sequence);
        this.oxygens = new double[3 * nRes];
        this.byOxygens = new double[3 * nRes];
        this.sites = new double[3 * ATOMS * nRes];
        this.bySites = new double[3 * ATOMS * nRes];
    }

    /**
     * The cost.
     *
     * @param atoms    N, C-alpha, C: {@code [N_res, 3, 3]} in Å, row-major
     * @param betas    {@code [N_res, 3]} in Å; those of glycines are not looked at
     * @param weight   in 1/Å²
     * @param gradient gets the derivative by the atoms added
     * @param byBetas  gets the derivative by the C-betas added
     */
    double add(double[] atoms, double[] betas, double weight, double[] gradient, double[] byBetas) {
        gather(atoms, betas);
        double cost = 0;
        for (int i = 0; i < glycine.length; i++) {
            for (int j = i + DistancePotential.SEPARATION_MIN; j < glycine.length; j++) {
                int here = NEXT * i + CA;
                int there = NEXT * j + CA;
                if (Math.abs(atoms[there] - atoms[here]) < REACH_ANGSTROM
                        && Points3.distance(atoms, here, there) < REACH_ANGSTROM) {
                    cost += addResidues(i, j, weight);
                }
            }
        }
        scatter(gradient, byBetas);
        return cost;
    }

    private double addResidues(int i, int j, double weight) {
        double cost = 0;
        for (int a = 0; a < (glycine[i] ? CB : ATOMS); a++) {
            for (int b = 0; b < (glycine[j] ? CB : ATOMS); b++) {
                int first = 3 * (ATOMS * i + a);
                int second = 3 * (ATOMS * j + b);
                double distance = Points3.distance(sites, first, second);
                double lacking = LEAST_ANGSTROM[a][b] - distance;
                if (lacking > 0) {
                    cost += weight * lacking * lacking;
                    Points3.pull(sites, first, second, -2 * weight * lacking / distance, bySites);
                }
            }
        }
        return cost;
    }

    private void gather(double[] atoms, double[] betas) {
        Oxygens.place(atoms, oxygens);
        Arrays.fill(bySites, 0);
        for (int i = 0; i < glycine.length; i++) {
            System.arraycopy(atoms, NEXT * i, sites, 3 * ATOMS * i, 3 * BACKBONE);
            System.arraycopy(oxygens, 3 * i, sites, 3 * (ATOMS * i + O), 3);
            System.arraycopy(betas, 3 * i, sites, 3 * (ATOMS * i + CB), 3);
        }
    }

    private void scatter(double[] gradient, double[] byBetas) {
        for (int i = 0; i < glycine.length; i++) {
            System.arraycopy(bySites, 3 * (ATOMS * i + O), byOxygens, 3 * i, 3);
            for (int k = 0; k < 3 * BACKBONE; k++) {
                gradient[NEXT * i + k] += bySites[3 * ATOMS * i + k];
            }
            for (int axis = 0; axis < 3; axis++) {
                byBetas[3 * i + axis] += bySites[3 * (ATOMS * i + CB) + axis];
            }
        }
        Oxygens.addDerivatives(byOxygens, gradient);
    }
}
