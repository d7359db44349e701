package org.anfinsen.structure.score;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.anfinsen.protein.AminoAcid;
import org.anfinsen.protein.ProteinSequence;
import org.anfinsen.structure.model.ProteinStructure;
import org.anfinsen.structure.model.ResidueNumber;
import org.biojava.nbio.alignment.Alignments;
import org.biojava.nbio.alignment.Alignments.PairwiseSequenceAlignerType;
import org.biojava.nbio.alignment.SimpleGapPenalty;
import org.biojava.nbio.core.alignment.matrices.SubstitutionMatrixHelper;
import org.biojava.nbio.core.alignment.template.SequencePair;
import org.biojava.nbio.core.exceptions.CompoundNotFoundException;
import org.biojava.nbio.core.sequence.compound.AminoAcidCompound;

/**
 * Which residue of a model stands for which of the native. By residue number, as CASP does; where the numbers disagree
 * with the residues, by a local alignment of the two sequences (Smith and Waterman, BLOSUM62, BioJava).
 */
public final class ResidueMatching {

    private static final double AGREEMENT = 0.9;
    private static final int GAP_OPEN = 11;
    private static final int GAP_EXTEND = 1;

    private final List<Pair> pairs;
    private final boolean byNumber;

    /**
     * A pair of residues, by index from 0.
     *
     * @param model     index in the model
     * @param reference index in the native
     */
    public record Pair(int model, int reference) {}

    private ResidueMatching(List<Pair> pairs, boolean byNumber) {
        this.pairs = List.copyOf(pairs);
        this.byNumber = byNumber;
    }

    /** Matches a model with a native; residues that only one of them has are left out. */
    public static ResidueMatching of(ProteinStructure model, ProteinStructure reference) {
        List<Pair> numbered = byNumber(model, reference);
        int identical = identical(numbered, model, reference);
        int shorter = Math.min(model.length(), reference.length());
        if (identical >= AGREEMENT * numbered.size() && 2 * numbered.size() >= shorter) {
            return new ResidueMatching(numbered, true);
        }
        List<Pair> aligned = byAlignment(model.sequence(), reference.sequence());
        boolean better = identical(aligned, model, reference) > identical;
        return better ? new ResidueMatching(aligned, false) : new ResidueMatching(numbered, true);
    }

    /** In the order of the native. */
    public List<Pair> pairs() {
        return pairs;
    }

    /** Whether residue numbers decided; if not, an alignment did. */
    public boolean byNumber() {
        return byNumber;
    }

    private static List<Pair> byNumber(ProteinStructure model, ProteinStructure reference) {
        Map<ResidueNumber, Integer> ofNumber = new HashMap<>();
        for (int i = 0; i < model.length(); i++) {
            ofNumber.put(model.residueNumber(i), i);
        }
        List<Pair> pairs = new ArrayList<>();
        for (int j = 0; j < reference.length(); j++) {
            Integer i = ofNumber.get(reference.residueNumber(j));
            if (i != null) {
                pairs.add(new Pair(i, j));
            }
        }
        return pairs;
    }

    private static List<Pair> byAlignment(ProteinSequence model, ProteinSequence reference) {
        try {
            SequencePair<org.biojava.nbio.core.sequence.ProteinSequence, AminoAcidCompound> alignment =
                    Alignments.getPairwiseAlignment(
                            new org.biojava.nbio.core.sequence.ProteinSequence(model.residues()),
                            new org.biojava.nbio.core.sequence.ProteinSequence(reference.residues()),
                            PairwiseSequenceAlignerType.LOCAL,
                            new SimpleGapPenalty(GAP_OPEN, GAP_EXTEND),
                            SubstitutionMatrixHelper.getBlosum62());
            List<Pair> pairs = new ArrayList<>();
            for (int column = 1; column <= alignment.getLength(); column++) {
                if (!alignment.hasGap(column)) {
                    pairs.add(new Pair(
                            alignment.getIndexInQueryAt(column) - 1, alignment.getIndexInTargetAt(column) - 1));
                }
            }
            return pairs;
        } catch (CompoundNotFoundException e) {
            throw new IllegalStateException("BioJava does not know a letter of our alphabet", e);
        }
    }

    private static int identical(List<Pair> pairs, ProteinStructure model, ProteinStructure reference) {
        int identical = 0;
        for (Pair pair : pairs) {
            AminoAcid a = model.sequence().at(pair.model());
            AminoAcid b = reference.sequence().at(pair.reference());
            identical += a == b || !a.isStandard() || !b.isStandard() ? 1 : 0;
        }
        return identical;
    }
}
