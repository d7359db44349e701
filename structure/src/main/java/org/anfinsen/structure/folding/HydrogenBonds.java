package org.anfinsen.structure.folding;

import static org.anfinsen.structure.folding.BackboneLayout.C;
import static org.anfinsen.structure.folding.BackboneLayout.CA;
import static org.anfinsen.structure.folding.BackboneLayout.N;
import static org.anfinsen.structure.folding.BackboneLayout.NEXT;

import java.util.Arrays;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;

/**
 * What hydrogen bonds between peptides are worth: a bell around the distance of hydrogen and oxygen in one. Without them a
 * descent on C-beta distances brings strands side by side, but not in register. Hydrogens and oxygens are where they are on
 * ideal peptides, linear in the atoms around them.
 */
final class HydrogenBonds {

    private static final double LENGTH_ANGSTROM = 1.95;
    private static final double WIDTH_ANGSTROM = 0.6;
    private static final double REACH_ANGSTROM = LENGTH_ANGSTROM + 4 * WIDTH_ANGSTROM;
    private static final double N_H_ANGSTROM = 1.01;

    /** Of the C before to N, and of C-alpha to N, in N to H. */
    private static final double H_FROM_C = Springs.opposite(N_H_ANGSTROM, Springs.C_N_ANGSTROM, Springs.C_N_CA_RADIANS);

    private static final double H_FROM_CA =
            Springs.opposite(N_H_ANGSTROM, Springs.N_CA_ANGSTROM, Springs.C_N_CA_RADIANS);

    private final boolean[] donor;
    private final double[] h;
    private final double[] o;
    private final double[] byH;
    private final double[] byO;

    HydrogenBonds(ProteinSequence sequence) {
        int nRes = sequence.length();
        this.donor = new boolean[nRes];
        for (int i = 1; i < nRes; i++) {
            donor[i] = sequence.at(i) != AminoAcid.PRO;
        }
        this.h = new double[3 * nRes];
        this.o = new double[3 * nRes];
        this.byH = new double[3 * nRes];
        this.byO = new double[3 * nRes];
    }

    /**
     * Their cost, which is negative.
     *
     * @param atoms    N, C-alpha, C: {@code [N_res, 3, 3]} in Å
     * @param weight   of one bond
     * @param gradient gets the derivative added
     */
    double add(double[] atoms, double weight, double[] gradient) {
        Oxygens.place(atoms, o);
        for (int i = 0; i + 1 < donor.length; i++) {
            int k = NEXT * i;
            int next = k + NEXT;
            for (int axis = 0; axis < 3; axis++) {
                double c = atoms[k + C + axis];
                double n = atoms[next + N + axis];
                h[3 * i + 3 + axis] = n + H_FROM_C * (n - c) + H_FROM_CA * (n - atoms[next + CA + axis]);
            }
        }
        double cost = addPairs(weight);
        Oxygens.addDerivatives(byO, gradient);
        for (int i = 0; i + 1 < donor.length; i++) {
            int k = NEXT * i;
            int next = k + NEXT;
            for (int axis = 0; axis < 3; axis++) {
                double ofH = byH[3 * i + 3 + axis];
                gradient[next + N + axis] += (1 + H_FROM_C + H_FROM_CA) * ofH;
                gradient[k + C + axis] -= H_FROM_C * ofH;
                gradient[next + CA + axis] -= H_FROM_CA * ofH;
            }
        }
        return cost;
    }

    private double addPairs(double weight) {
        Arrays.fill(byH, 0);
        Arrays.fill(byO, 0);
        double cost = 0;
        for (int i = 1; i < donor.length; i++) {
            for (int j = 0; donor[i] && j + 1 < donor.length; j++) {
                double x = h[3 * i] - o[3 * j];
                if (Math.abs(x) >= REACH_ANGSTROM || Math.abs(i - j) < DistancePotential.SEPARATION_MIN) {
                    continue;
                }
                double y = h[3 * i + 1] - o[3 * j + 1];
                double z = h[3 * i + 2] - o[3 * j + 2];
                double distance = Math.sqrt(x * x + y * y + z * z);
                if (distance >= REACH_ANGSTROM || distance == 0) {
                    continue;
                }
                double off = (distance - LENGTH_ANGSTROM) / WIDTH_ANGSTROM;
                double worth = weight * Math.exp(-0.5 * off * off);
                cost -= worth;
                double pull = worth * off / (WIDTH_ANGSTROM * distance);
                byH[3 * i] += pull * x;
                byH[3 * i + 1] += pull * y;
                byH[3 * i + 2] += pull * z;
                byO[3 * j] -= pull * x;
                byO[3 * j + 1] -= pull * y;
                byO[3 * j + 2] -= pull * z;
            }
        }
        return cost;
    }
}
