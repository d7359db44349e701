package org.anfinsen.msa.sequence;

import java.util.List;
import org.anfinsen.protein.ProteinSequence;

/**
 * A record that was accepted.
 *
 * @param sequence    its name (the header up to the first blank) and residues
 * @param description the rest of the header; empty if there is none
 * @param line        line of its header, counted from 1
 * @param notes       what was changed on the way; empty if nothing was
 */
public record FastaRecord(ProteinSequence sequence, String description, int line, List<InputNote> notes) {

    public FastaRecord {
        notes = List.copyOf(notes);
    }
}
