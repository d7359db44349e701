package org.anfinsen.structure.file;

import java.io.IOException;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/** A file that is no structure file, or a broken one. The message names the file, the line if known, and the fault. */
public final class StructureFormatException extends IOException {

    private static final long serialVersionUID = 1L;

    private final int lineNumber;

    StructureFormatException(String file, String fault, @Nullable Throwable cause) {
        super(file + ": " + fault, cause);
        this.lineNumber = 0;
    }

    StructureFormatException(String file, int lineNumber, String fault) {
        super(file + ", line " + lineNumber + ": " + fault);
        this.lineNumber = lineNumber;
    }

    /** The faulty line, from 1; empty where the fault is not on one line. */
    public OptionalInt lineNumber() {
        return lineNumber == 0 ? OptionalInt.empty() : OptionalInt.of(lineNumber);
    }
}
