package org.anfinsen.structure.folding;

import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;

/**
 * What hydrogen bonds between peptides are worth: a bell around the distance of hydrogen and oxygen in one. Without them a
 * descent on C-beta distances brings strands side by side, but not in register.
 */
final class HydrogenBonds {

    private static final double LENGTH_ANGSTROM = 1.95;
    private static final double WIDTH_ANGSTROM = 0.6;
    private static final double REACH_ANGSTROM = LENGTH_ANGSTROM + 4 * WIDTH_ANGSTROM;

    private final boolean[] donor;

    HydrogenBonds(ProteinSequence sequence) {
        this.donor = new boolean[sequence.length()];
        for (int i = 1; i < donor.length; i++) {
            donor[i] = sequence.at(i) != AminoAcid.PRO;
        }
    }

    /**
     * Their cost, which is negative.
     *
     * @param h      hydrogens, {@code [N_res, 3]} in Å
     * @param o      oxygens, likewise
     * @param weight of one bond
     * @param byH    gets the derivative by the hydrogens' coordinates added
     * @param byO    gets that by the oxygens'
     */
    double add(double[] h, double[] o, double weight, double[] byH, double[] byO) {
        double sum = 0;
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
                sum -= worth;
                double pull = worth * off / (WIDTH_ANGSTROM * distance);
                byH[3 * i] += pull * x;
                byH[3 * i + 1] += pull * y;
                byH[3 * i + 2] += pull * z;
                byO[3 * j] -= pull * x;
                byO[3 * j + 1] -= pull * y;
                byO[3 * j + 2] -= pull * z;
            }
        }
        return sum;
    }
}
