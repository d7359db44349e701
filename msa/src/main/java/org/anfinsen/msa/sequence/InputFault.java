package org.anfinsen.msa.sequence;

import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One thing that is wrong with a user's file, where it is, and what to do about it.
 *
 * @param kind   what is wrong, a stable code
 * @param record number of the record in the file, counted from 1; 0 if the fault is not in one record
 * @param name   name of that record, if it has one
 * @param line   line in the file, counted from 1; 0 if the fault is of the file as a whole
 * @param column character in the line, counted from 1; 0 if the fault is of the line as a whole
 * @param found  what was found there, in words
 * @param remedy what the user can do
 */
public record InputFault(
        Kind kind, int record, @Nullable String name, int line, int column, String found, String remedy) {

    /** What can be wrong with a sequence file or an alignment file. */
    public enum Kind {
        EMPTY_INPUT,
        INPUT_TOO_LARGE,
        NOT_TEXT,
        NOT_UTF8,
        WRONG_FORMAT,
        BROKEN_COMPRESSION,
        TRUNCATED,
        TOO_MANY_RECORDS,
        RECORD_WITHOUT_SEQUENCE,
        NAME_TOO_LONG,
        DUPLICATE_NAME,
        SEQUENCE_TOO_LONG,
        DIGIT_IN_SEQUENCE,
        GAP_IN_SEQUENCE,
        AMBIGUOUS_RESIDUE,
        STOP_INSIDE_SEQUENCE,
        CHAIN_SEPARATOR,
        INVALID_CHARACTER,
        NUCLEOTIDE_SEQUENCE,
        ONLY_UNKNOWN_RESIDUES,
        UNEQUAL_LENGTH,
        INSERTION_IN_QUERY,
        COMPLEX_ALIGNMENT;

        /** The stable spelling for programs: {@code gap-in-sequence}. */
        public String code() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    public InputFault {
        Objects.requireNonNull(kind, "kind");
        Objects.requireNonNull(found, "found");
        Objects.requireNonNull(remedy, "remedy");
        if (record < 0 || line < 0 || column < 0) {
            throw new IllegalArgumentException("record " + record + ", line " + line + ", column " + column);
        }
    }

    /** One sentence for people: where, what, and the remedy. */
    public String message() {
        StringBuilder message = new StringBuilder();
        if (record > 0) {
            message.append("record ").append(record);
            message.append(name == null ? "" : " (" + name + ")").append(", ");
        }
        if (line > 0) {
            message.append("line ").append(line).append(column > 0 ? ", column " + column : "");
            message.append(": ");
        }
        return message.append(found).append(". ").append(remedy).toString();
    }
}
