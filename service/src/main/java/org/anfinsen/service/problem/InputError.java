package org.anfinsen.service.problem;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.anfinsen.msa.sequence.InputFault;
import org.jspecify.annotations.Nullable;

/**
 * One fault of a request: where it is, what was found there, and the remedy. An element of {@code errors[]}.
 *
 * @param code   stable, in kebab case, such as {@code gap-in-sequence}
 * @param field  option, JSON field or file that holds it; null if the body as a whole is meant
 * @param record number of the record, counted from 1; null if it is not in one record
 * @param name   name of that record, if it has one
 * @param line   line of the text, counted from 1; null if it is not on one line
 * @param column character in the line, counted from 1; null if the whole line is meant
 * @param found  what was found, in words
 * @param remedy what the caller can do
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record InputError(
        String code,
        @Nullable String field,
        @Nullable Integer record,
        @Nullable String name,
        @Nullable Integer line,
        @Nullable Integer column,
        String found,
        String remedy) {

    /** A fault of a sequence or alignment. */
    public static InputError of(@Nullable String field, InputFault fault) {
        return new InputError(
                fault.kind().code(),
                field,
                positive(fault.record()),
                fault.name(),
                positive(fault.line()),
                positive(fault.column()),
                fault.found(),
                fault.remedy());
    }

    /** A fault of an option or field. */
    public static InputError ofField(String code, String field, String found, String remedy) {
        return new InputError(code, field, null, null, null, null, found, remedy);
    }

    /** One sentence for people: where, what, and the remedy. */
    public String message() {
        StringBuilder message = new StringBuilder();
        append(message, field);
        append(message, record == null ? null : "record " + record + (name == null ? "" : " (" + name + ")"));
        append(message, line == null ? null : "line " + line);
        append(message, column == null ? null : "column " + column);
        return message.append(message.isEmpty() ? "" : ": ")
                .append(found)
                .append(". ")
                .append(remedy)
                .append('.')
                .toString();
    }

    private static void append(StringBuilder message, @Nullable String part) {
        if (part != null) {
            message.append(message.isEmpty() ? "" : ", ").append(part);
        }
    }

    private static @Nullable Integer positive(int number) {
        return number > 0 ? number : null;
    }
}
