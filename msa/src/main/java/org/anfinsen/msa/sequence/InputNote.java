package org.anfinsen.msa.sequence;

import java.util.Locale;
import java.util.Objects;

/**
 * One change that reading made to what a user sent, or a warning that does not stop a prediction.
 *
 * @param kind what was done, a stable code
 * @param text the same for people, with numbers
 */
public record InputNote(Kind kind, String text) {

    /** What reading may change. */
    public enum Kind {
        LOWER_CASE,
        TRAILING_STOP,
        WHITESPACE,
        SELENOCYSTEINE,
        PYRROLYSINE,
        UNKNOWN_RESIDUE,
        NAMED,
        REPLACED_LETTERS,
        SKIPPED_RECORDS,
        COPIES_IGNORED;

        /** The stable spelling for programs: {@code lower-case}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public InputNote {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(text, "text");
    }
}
