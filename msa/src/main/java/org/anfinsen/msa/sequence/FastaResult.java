package org.anfinsen.msa.sequence;

import java.util.List;

/** What came of reading a FASTA: its records, or everything that is wrong with it. */
public sealed interface FastaResult {

    /**
     * All records are good.
     *
     * @param records at least one
     */
    record Accepted(List<FastaRecord> records) implements FastaResult {
        public Accepted {
            records = List.copyOf(records);
        }
    }

    /**
     * Nothing was taken.
     *
     * @param faults     in the order of the file, at least one, at most {@link FastaReader#FAULTS_MAX}
     * @param faultCount how many there were, those not listed included
     */
    record Refused(List<InputFault> faults, int faultCount) implements FastaResult {
        public Refused {
            faults = List.copyOf(faults);
        }
    }
}
