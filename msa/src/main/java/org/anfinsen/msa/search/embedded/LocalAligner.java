package org.anfinsen.msa.search.embedded;

import java.util.Locale;
import org.anfinsen.msa.alignment.ResidueCode;
import org.biojava.nbio.alignment.SimpleGapPenalty;
import org.biojava.nbio.alignment.SmithWaterman;
import org.biojava.nbio.core.alignment.matrices.SubstitutionMatrixHelper;
import org.biojava.nbio.core.alignment.template.SequencePair;
import org.biojava.nbio.core.exceptions.CompoundNotFoundException;
import org.biojava.nbio.core.sequence.ProteinSequence;
import org.biojava.nbio.core.sequence.compound.AminoAcidCompound;

/** Aligns a sequence to the query with BioJava's Smith-Waterman and writes it as a row of an A3M. */
final class LocalAligner {

    private LocalAligner() {}

    /**
     * The row: upper case and {@code -} in the query's columns, lower case for insertions; what lies outside the local
     * alignment is {@code -} in the query and left out of the sequence.
     */
    static String align(byte[] query, byte[] sequence) {
        SequencePair<ProteinSequence, AminoAcidCompound> pair = new SmithWaterman<>(
                        biojava(query),
                        biojava(sequence),
                        new SimpleGapPenalty(KarlinAltschul.GAP_OPEN, KarlinAltschul.GAP_EXTEND),
                        SubstitutionMatrixHelper.getBlosum62())
                .getPair();
        String queryRow = pair.getQuery().getSequenceAsString();
        String sequenceRow = pair.getTarget().getSequenceAsString();
        int before = pair.getIndexInQueryAt(1) - 1;
        StringBuilder row = new StringBuilder("-".repeat(before));
        int columns = before;
        for (int k = 0; k < queryRow.length(); k++) {
            boolean insertion = queryRow.charAt(k) == '-';
            String letter = sequenceRow.substring(k, k + 1);
            row.append(insertion ? letter.toLowerCase(Locale.ROOT) : letter);
            columns += insertion ? 0 : 1;
        }
        return row.append("-".repeat(query.length - columns)).toString();
    }

    private static ProteinSequence biojava(byte[] codes) {
        StringBuilder letters = new StringBuilder(codes.length);
        for (byte code : codes) {
            letters.append(ResidueCode.letter(code));
        }
        try {
            return new ProteinSequence(letters.toString());
        } catch (CompoundNotFoundException e) {
            throw new IllegalStateException("BioJava knows all letters that a ResidueCode has", e);
        }
    }
}
