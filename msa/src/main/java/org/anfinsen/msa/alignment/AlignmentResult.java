package org.anfinsen.msa.alignment;

import java.io.IOException;
import java.util.List;
import java.util.stream.Collectors;
import org.anfinsen.msa.sequence.InputFault;
import org.anfinsen.msa.sequence.InputNote;

/** What came of reading an alignment. */
public sealed interface AlignmentResult {

    /**
     * A good file.
     *
     * @param notes what was read differently from how it stands in the file; empty if nothing was
     */
    record Accepted(Alignment alignment, List<InputNote> notes) implements AlignmentResult {
        public Accepted {
            notes = List.copyOf(notes);
        }
    }

    /**
     * Nothing was taken.
     *
     * @param source name of the file
     * @param faults in the order of the file, at least one, at most {@link AlignmentReader#FAULTS_MAX}
     */
    record Refused(String source, List<InputFault> faults) implements AlignmentResult {
        public Refused {
            faults = List.copyOf(faults);
        }

        /** All faults in one text, a line each, with the file's name. */
        public String message() {
            return faults.stream().map(fault -> source + ": " + fault.message()).collect(Collectors.joining("\n"));
        }
    }

    /**
     * The alignment, for files that a program wrote and that ought to be good.
     *
     * @throws IOException with all faults if it is not
     */
    default Alignment orElseThrow() throws IOException {
        return switch (this) {
            case Accepted accepted -> accepted.alignment();
            case Refused refused -> throw new IOException(refused.message());
        };
    }
}
