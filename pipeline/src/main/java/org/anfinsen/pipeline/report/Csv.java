package org.anfinsen.pipeline.report;

import java.util.Collection;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Lines of comma-separated values, as RFC 4180 has them. */
final class Csv {

    private Csv() {}

    static String line(Collection<? extends @Nullable Object> values) {
        return values.stream().map(Csv::field).collect(Collectors.joining(",", "", "\n"));
    }

    private static String field(@Nullable Object value) {
        String text = value == null ? "" : value.toString();
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
