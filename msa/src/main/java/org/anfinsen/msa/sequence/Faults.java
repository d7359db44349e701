package org.anfinsen.msa.sequence;

import java.util.ArrayList;
import java.util.List;

/** Faults as they are met; all are counted, the first {@link FastaReader#FAULTS_MAX} are kept. */
final class Faults {

    private final List<InputFault> kept = new ArrayList<>();
    private int count;

    void add(InputFault fault) {
        count++;
        if (kept.size() < FastaReader.FAULTS_MAX) {
            kept.add(fault);
        }
    }

    boolean isEmpty() {
        return count == 0;
    }

    FastaResult.Refused refused() {
        return new FastaResult.Refused(kept, count);
    }
}
