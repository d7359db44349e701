package org.anfinsen.structure.score;

import java.util.OptionalDouble;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.constants.Bond;
import org.anfinsen.structure.constants.ResidueConstants;
import org.anfinsen.structure.geometry.ChainConnectivity;
import org.anfinsen.structure.geometry.Torsion;
import org.anfinsen.structure.geometry.TorsionAngles;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;

/**
 * Bond lengths against those of Engh and Huber, chain breaks, and peptide planes.
 *
 * @param bonds                   bonds measured, peptide bonds included
 * @param rmsDeviationAngstrom    root mean square deviation of their lengths
 * @param outliers                bonds that deviate by more than 0.1 Å
 * @param worstDeviationAngstrom  the largest deviation
 * @param chainBreaks             neighbours by number whose C and N are more than 2.5 Å apart
 * @param cisPeptides             omega within 30 degrees of 0, before proline
 * @param cisPeptidesNotProline   the same before other residues, where it is rare
 * @param twistedPeptides         omega more than 30 degrees away from both 0 and 180
 */
public record BondFigures(
        int bonds,
        double rmsDeviationAngstrom,
        int outliers,
        double worstDeviationAngstrom,
        int chainBreaks,
        int cisPeptides,
        int cisPeptidesNotProline,
        int twistedPeptides) {

    private static final double OUTLIER_ANGSTROM = 0.1;
    private static final double PLANAR_RADIANS = Math.toRadians(30);

    /** Measures a chain. */
    public static BondFigures of(ProteinStructure structure) {
        BondTally tally = new BondTally();
        TorsionAngles angles = TorsionAngles.measure(structure.sequence(), structure.positions());
        for (int i = 0; i < structure.length(); i++) {
            AminoAcid aminoAcid = structure.sequence().at(i);
            for (Bond bond : ResidueConstants.bonds(aminoAcid)) {
                tally.add(structure, i, i, bond);
            }
            if (ChainConnectivity.isBondedToPrevious(structure.positions(), i)) {
                tally.add(structure, i - 1, i, ResidueConstants.peptideBond(aminoAcid));
            } else if (i > 0 && follows(structure, i)) {
                tally.chainBreaks++;
            }
            OptionalDouble omega = angles.at(i, Torsion.OMEGA);
            if (omega.isPresent()) {
                tally.addPeptide(Math.abs(omega.getAsDouble()), aminoAcid);
            }
        }
        return tally.figures();
    }

    /** Whether the residue's number says that nothing is missing before it, and both atoms of the bond are there. */
    private static boolean follows(ProteinStructure structure, int i) {
        ResidueNumber before = structure.residueNumber(i - 1);
        ResidueNumber here = structure.residueNumber(i);
        return here.number() - before.number() <= 1
                && structure.positions().isPresent(i - 1, Atom.C)
                && structure.positions().isPresent(i, Atom.N);
    }

    private static final class BondTally {

        private int bonds;
        private double squares;
        private int outliers;
        private double worst;
        private int chainBreaks;
        private int cis;
        private int cisNotProline;
        private int twisted;

        void add(ProteinStructure structure, int first, int second, Bond bond) {
            if (structure.positions().isPresent(first, bond.first())
                    && structure.positions().isPresent(second, bond.second())) {
                double length = structure
                        .positions()
                        .at(first, bond.first())
                        .distance(structure.positions().at(second, bond.second()));
                double deviation = Math.abs(length - bond.lengthAngstrom());
                bonds++;
                squares += deviation * deviation;
                outliers += deviation > OUTLIER_ANGSTROM ? 1 : 0;
                worst = Math.max(worst, deviation);
            }
        }

        void addPeptide(double omega, AminoAcid aminoAcid) {
            if (omega < PLANAR_RADIANS) {
                cis += aminoAcid == AminoAcid.PRO ? 1 : 0;
                cisNotProline += aminoAcid == AminoAcid.PRO ? 0 : 1;
            } else if (omega < Math.PI - PLANAR_RADIANS) {
                twisted++;
            }
        }

        BondFigures figures() {
            double rms = bonds == 0 ? 0 : Math.sqrt(squares / bonds);
            return new BondFigures(bonds, rms, outliers, worst, chainBreaks, cis, cisNotProline, twisted);
        }
    }
}
