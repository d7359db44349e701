package org.anfinsen.structure;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.file.ModelDescription;
import org.anfinsen.structure.geometry.AllAtomCoordinates;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.IdealChain;
import org.anfinsen.structure.geometry.RigidFrame;
import org.anfinsen.structure.model.ProteinStructure;

/** Chains with ideal bonds and chosen backbone torsions, so that tests need no file. */
public final class TestChains {

    private TestChains() {}

    /** An alpha helix of the given residues with pLDDT 90, 80, 70, … repeating. */
    public static ProteinStructure helix(String residues) {
        return chain(residues, Math.toRadians(-60), Math.toRadians(-45));
    }

    /** An extended strand. */
    public static ProteinStructure strand(String residues) {
        return chain(residues, Math.toRadians(-120), Math.toRadians(130));
    }

    /** The same with chain id A, for programs that want one, and B-factors of 0. */
    public static ProteinStructure inChainA(ProteinStructure structure) {
        float[] bFactors = new float[structure.length()];
        return new ProteinStructure(
                structure.sequence(), "A", structure.residueNumbers(), structure.positions(), bFactors);
    }

    public static ModelDescription description() {
        return new ModelDescription(
                "test-1",
                "Structure of a test chain, predicted from its sequence",
                "anfinsen-small",
                "1.0",
                "0.1.0",
                LocalDate.of(2026, 11, 24),
                OptionalDouble.of(0.812),
                List.of("seed 7", "3 recycles"));
    }

    private static ProteinStructure chain(String residues, double phi, double psi) {
        ProteinSequence sequence = new ProteinSequence("test chain", residues);
        float[] sinCos = new float[14 * sequence.length()];
        Random random = new Random(1);
        for (int i = 0; i < sequence.length(); i++) {
            double[] angles = {Math.PI, phi, psi, -1.1, 3.0, 3.0, 3.0};
            for (int k = 0; k < 7; k++) {
                double angle = angles[k] + (k > 2 ? 0.2 * random.nextGaussian() : 0);
                sinCos[14 * i + 2 * k] = (float) Math.sin(angle);
                sinCos[14 * i + 2 * k + 1] = (float) Math.cos(angle);
            }
        }
        double[] phis = new double[sequence.length()];
        double[] psis = new double[sequence.length()];
        Arrays.fill(phis, phi);
        Arrays.fill(psis, psi);
        List<RigidFrame> frames = IdealChain.frames(phis, psis);
        AtomPositions positions = AllAtomCoordinates.compute(sequence, frames, sinCos);
        float[] plddt = new float[sequence.length()];
        for (int i = 0; i < plddt.length; i++) {
            plddt[i] = 90 - 10 * (i % 5);
        }
        return ProteinStructure.ofPrediction(sequence, positions, plddt);
    }
}
