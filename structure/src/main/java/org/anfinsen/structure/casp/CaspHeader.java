package org.anfinsen.structure.casp;

import java.util.List;

/**
 * What stands above the models of a submission.
 *
 * @param target such as {@code T1104} or {@code T0968s1}
 * @param author the registration code {@code dddd-dddd-dddd} of a human group, or a server's registered name
 * @param method lines that say how it was made, at least one
 * @throws IllegalArgumentException if one of them is not what CASP takes
 */
public record CaspHeader(String target, String author, List<String> method) {

    /** A target's name, domain endings of benchmarks included. */
    static final String TARGET = "[A-Z][A-Za-z0-9_.-]{1,59}";

    /** A registration code or a name without blanks. */
    static final String AUTHOR = "\\d{4}-\\d{4}-\\d{4}|[A-Za-z][A-Za-z0-9_.-]{0,39}";

    private static final int LINE_MAX = 70;

    public CaspHeader {
        method = List.copyOf(method);
        if (!target.matches(TARGET)) {
            throw new IllegalArgumentException("'" + target + "' is no target of CASP, such as T1104");
        }
        if (!author.matches(AUTHOR)) {
            throw new IllegalArgumentException(
                    "'" + author + "' is neither a registration code (1234-5678-9012) nor the name of a server");
        }
        if (method.isEmpty()) {
            throw new IllegalArgumentException("at least one line of method is needed");
        }
        for (String line : method) {
            if (line.isBlank() || line.length() > LINE_MAX || !line.matches("[ -~]+")) {
                throw new IllegalArgumentException(
                        "method line '" + line + "': 1 to " + LINE_MAX + " printable ASCII characters are needed");
            }
        }
    }

    /** Whether a name may be that of a target. */
    public static boolean isTarget(String name) {
        return name.matches(TARGET);
    }

    /** The lines of the header, each with its end. */
    String lines(String format) {
        StringBuilder text = new StringBuilder("PFRMAT " + format + "\nTARGET " + target + "\nAUTHOR " + author + "\n");
        method.forEach(line -> text.append("METHOD ").append(line).append('\n'));
        return text.toString();
    }
}
