package org.anfinsen.structure.model;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.constants.Atom;
import org.anfinsen.structure.geometry.AtomPositions;
import org.anfinsen.structure.geometry.RigidFrame;

/**
 * One protein chain with coordinates: {@code N_res} residues, their numbers, the positions of their heavy atoms
 * {@code [N_res, 37, 3]} in Å, and one B-factor a residue. For a prediction the B-factor is pLDDT, 0-100. Immutable.
 */
public final class ProteinStructure {

    private final ProteinSequence sequence;
    private final String chainId;
    private final List<ResidueNumber> residueNumbers;
    private final AtomPositions positions;
    private final float[] bFactors;

    /**
     * A chain as a file gives it.
     *
     * @param sequence       the residues that have coordinates, {@code [N_res]}
     * @param chainId        at most 4 letters; may be blank
     * @param residueNumbers {@code [N_res]}, each once
     * @param positions      {@code [N_res, 37, 3]}
     * @param bFactors       {@code [N_res]}, Å² or pLDDT; copied
     * @throws IllegalArgumentException if sizes differ, a residue number is repeated or a B-factor is not finite
     */
    public ProteinStructure(
            ProteinSequence sequence,
            String chainId,
            List<ResidueNumber> residueNumbers,
            AtomPositions positions,
            float[] bFactors) {
        int nRes = sequence.length();
        if (residueNumbers.size() != nRes || positions.length() != nRes || bFactors.length != nRes) {
            throw new IllegalArgumentException(nRes + " residues, " + residueNumbers.size() + " residue numbers, "
                    + positions.length() + " positions, " + bFactors.length + " B-factors");
        }
        if (chainId.length() > 4) {
            throw new IllegalArgumentException("chain id '" + chainId + "' has more than 4 letters");
        }
        Set<ResidueNumber> seen = new HashSet<>();
        for (int i = 0; i < nRes; i++) {
            if (!seen.add(residueNumbers.get(i))) {
                throw new IllegalArgumentException("residue number " + residueNumbers.get(i) + " is repeated");
            }
            if (!Float.isFinite(bFactors[i])) {
                throw new IllegalArgumentException("residue " + residueNumbers.get(i) + ": B-factor " + bFactors[i]);
            }
        }
        this.sequence = sequence;
        this.chainId = chainId;
        this.residueNumbers = List.copyOf(residueNumbers);
        this.positions = positions;
        this.bFactors = bFactors.clone();
    }

    /**
     * A prediction: chain A, residues numbered from 1.
     *
     * @param plddt {@code [N_res]}, 0-100; copied
     * @throws IllegalArgumentException if sizes differ
     */
    public static ProteinStructure ofPrediction(ProteinSequence sequence, AtomPositions positions, float[] plddt) {
        List<ResidueNumber> numbers = IntStream.rangeClosed(1, sequence.length())
                .mapToObj(ResidueNumber::new)
                .toList();
        return new ProteinStructure(sequence, "A", numbers, positions, plddt);
    }

    /** N_res. */
    public int length() {
        return sequence.length();
    }

    public ProteinSequence sequence() {
        return sequence;
    }

    public String chainId() {
        return chainId;
    }

    /** The number of a residue, counted from 0. */
    public ResidueNumber residueNumber(int residue) {
        return residueNumbers.get(residue);
    }

    /** {@code [N_res]}. */
    public List<ResidueNumber> residueNumbers() {
        return residueNumbers;
    }

    /** {@code [N_res, 37, 3]} in Å. */
    public AtomPositions positions() {
        return positions;
    }

    /** B-factor of a residue, counted from 0; pLDDT (0-100) in a prediction. */
    public float bFactor(int residue) {
        return bFactors[residue];
    }

    /** The mean B-factor over residues, which is a prediction's pLDDT. */
    public double meanBFactor() {
        return IntStream.range(0, bFactors.length)
                .mapToDouble(i -> bFactors[i])
                .average()
                .orElseThrow();
    }

    /** The same chain after a rigid motion. */
    public ProteinStructure moved(RigidFrame motion) {
        return new ProteinStructure(sequence, chainId, residueNumbers, positions.moved(motion), bFactors);
    }

    /**
     * Some of the residues, in the order given.
     *
     * @param residues indices from 0, each once, at least one
     */
    public ProteinStructure select(int... residues) {
        StringBuilder codes = new StringBuilder();
        List<ResidueNumber> numbers = new ArrayList<>();
        AtomPositions.Builder builder = AtomPositions.builder(residues.length);
        float[] factors = new float[residues.length];
        for (int k = 0; k < residues.length; k++) {
            int i = residues[k];
            int target = k;
            codes.append(sequence.at(i).code());
            numbers.add(residueNumbers.get(i));
            factors[k] = bFactors[i];
            for (Atom atom : Atom.ALL) {
                positions.find(i, atom).ifPresent(position -> builder.set(target, atom, position));
            }
        }
        ProteinSequence selected = new ProteinSequence(sequence.name(), codes.toString());
        return new ProteinStructure(selected, chainId, numbers, builder.build(), factors);
    }
}
